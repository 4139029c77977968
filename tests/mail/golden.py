"""Golden letters: each letter as it was when somebody last read it.

A wanted change renews them: `GOLDEN=write .venv/bin/python -m pytest tests/mail`, then read the diff.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden" / "mail"


def check_golden(name: str, content: bytes) -> None:
    """Compare byte by byte with the kept file, or keep these bytes when GOLDEN=write."""
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert content == path.read_bytes(), f"{name} differs: see how to renew it in {__name__}"
