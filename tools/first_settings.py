"""Writes an .env with a random key for this installation; leaves one that is there as it is."""

import os
import secrets
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def main() -> None:
    """Fill the example's key and address."""
    target = HOUSE / ".env"
    if target.exists():
        return
    port = os.environ.get("PORT", "5000")
    text = (HOUSE / ".env.example").read_text(encoding="utf-8")
    text = text.replace("SECRET_KEY=\n", f"SECRET_KEY={secrets.token_urlsafe(48)}\n")
    text = text.replace("PUBLIC_URL=http://127.0.0.1:5000", f"PUBLIC_URL=http://127.0.0.1:{port}")
    target.write_text(text, encoding="utf-8")
    target.chmod(0o600)
    print(f"Settings written to {target}")


if __name__ == "__main__":
    main()
