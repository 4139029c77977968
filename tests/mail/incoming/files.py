"""Small files of every kind that people send, and of some that are not taken."""

import io
import zipfile


def packed(**entries: bytes) -> bytes:
    """Return a zip file; a name's "__" is its folder's slash and "_dot_" its dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name.replace("__", "/").replace("_dot_", "."), (2027, 1, 1, 0, 0, 0))
            file.writestr(entry, content)
    return made.getvalue()


def _office(folder: str, **more: bytes) -> bytes:
    entries = {"[Content_Types]_dot_xml": b"<Types/>", f"{folder}__main_dot_xml": b"<a/>"}
    return packed(**entries, **more)


def _open(kind: str, **more: bytes) -> bytes:
    entries = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content_dot_xml": b"<a/>"}
    return packed(**entries, **more)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
DOCX = _office("word")

TAKEN = {
    "kutsu.pdf": PDF,
    "Kuva.JPG": JPEG,
    "kuva.jpeg": JPEG,
    "kartta.png": PNG,
    "liike.gif": b"GIF89a" + bytes(50),
    "kuva.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "IMG_1234.HEIC": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "kirje.docx": DOCX,
    "taulukko.xlsx": _office("xl"),
    "esitys.pptx": _office("ppt"),
    "kirje.odt": _open("text"),
    "taulukko.ods": _open("spreadsheet"),
    "esitys.odp": _open("presentation"),
    "muistiinpano.txt": "Äänekosken tie".encode("cp1252"),
    "lista.csv": "nimi;määrä\n".encode(),
}
REFUSED = {
    "sivu.html": b"<html><script>alert(1)</script></html>",
    "kuva.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "ohjelma.exe": b"MZ" + bytes(100),
    "komento.bat": b"del *.*",
    "skripti.js": b"alert(1)",
    "paketti.zip": packed(a=b"a"),
    "makro.docm": _office("word", word__vbaProject_dot_bin=b"x"),
    "makro.docx": _office("word", word__vbaProject_dot_bin=b"x"),
    "makro.odt": _open("text", Basic__script_dot_xml=b"x"),
    "kirje.rtf": b"{\\rtf1 hei}",
    "kirje.doc": b"\xd0\xcf\x11\xe0" + bytes(100),
    "ohjelma.pdf": b"MZ" + bytes(100),
    "sivu.txt": b"<html><script>alert(1)</script>",
    "sivu.png": b"<html></html>",
    "kuva.pdf": PNG,
    "kuva\u202efdp.exe": b"MZ" + bytes(100),
    "winmail.dat": b"x\x9f>\x22" + bytes(100),
    "ilman": b"vain tavuja",
    "rikki.docx": b"PK\x03\x04" + bytes(40),
}
