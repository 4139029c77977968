"""No check is switched off without its reason beside it."""

import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
BARE = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^\]]*\])?)\s*$")
FOLDERS = ("app", "tools", "migrations", "tests")


def test_every_exception_says_why() -> None:
    files = [HOUSE / "config.py", HOUSE / "wsgi.py"]
    files += [file for folder in FOLDERS for file in (HOUSE / folder).rglob("*.py")]
    assert len(files) > 200
    bare = [
        f"{file.relative_to(HOUSE)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if BARE.search(line)
    ]
    assert bare == []
