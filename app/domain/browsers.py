"""Names browsers as people know them, from what a browser says of itself."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(said: str) -> str:
    """Return `Firefox, Android` or the like; "" where neither browser nor device is known."""
    found = (next((name for mark, name in names if mark in said), "") for names in (BROWSERS, DEVICES))
    return ", ".join(name for name in found if name)
