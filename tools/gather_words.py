"""Gathers the words of the interface into the catalogues, keeping every translation that is there."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parents[1]
FOLDER = HOUSE / "app" / "translations"
LANGUAGES = ("fi", "sv")
KEYWORDS = ("N_", "_l", "lazy_gettext", "gettext", "ngettext:1,2", "_")


def template() -> Catalog:
    """Return every message of the code and the templates."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as pot:
        words = [part for word in KEYWORDS for part in ("-k", word)]
        subprocess.run(
            [
                Path(sys.executable).with_name("pybabel"), "-q", "extract", "-F", "babel.cfg", *words,
                "--no-wrap", "--sort-output", "--omit-header", "--no-location", "-o", pot.name, ".",
            ],
            cwd=HOUSE,
            check=True,
        )  # fmt: skip
        return read_po(io.BytesIO(Path(pot.name).read_bytes()))


def updated(language: str, messages: Catalog) -> Catalog:
    """Return a language's catalogue with exactly the messages of today."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    old = (
        read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    )
    new = Catalog(locale=language, fuzzy=False)
    for message in messages:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        string = known.string if known is not None and not known.fuzzy else ""
        new.add(message.id, string or ("" if isinstance(message.id, str) else ("", "")), flags=message.flags)
    return new


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file."""
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, sort_output=True, width=0, no_location=True)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def main() -> None:
    """Write both catalogues and say how many words wait for a translation."""
    messages = template()
    for language in LANGUAGES:
        catalogue = updated(language, messages)
        path = FOLDER / language / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        missing = sum(
            1 for one in catalogue if one.id and not all(one.string if one.pluralizable else [one.string])
        )
        print(f"{language}: {len(catalogue)} messages, {missing} without a translation")


if __name__ == "__main__":
    main()
