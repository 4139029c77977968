"""Checks that every word of the interface is in Finnish and in Swedish, with the same values in it."""

import io
import re
import sys

from babel.messages.pofile import read_po

from tools.gather_words import FOLDER, LANGUAGES, template

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def problems() -> list[str]:
    """Return a sentence for each message that is missing, left over or has other values."""
    found = []
    wanted = {(one.id, one.context) for one in template() if one.id}
    for language in LANGUAGES:
        path = FOLDER / language / "LC_MESSAGES" / "messages.po"
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language)
        have = {(one.id, one.context) for one in catalogue if one.id}
        found += [f"{language}: not in the catalogue (run `make fix`): {one[0]!r}" for one in wanted - have]
        found += [f"{language}: no longer used (run `make fix`): {one[0]!r}" for one in have - wanted]
        for one in catalogue:
            if not one.id:
                continue
            ids = [one.id] if isinstance(one.id, str) else list(one.id)
            strings = [one.string] if isinstance(one.string, str) else list(one.string)
            if not all(strings) or one.fuzzy:
                found.append(f"{language}: no translation: {ids[0]!r}")
                continue
            values = {name for text in ids for name in PLACEHOLDER.findall(text)}
            for text in strings:
                if not set(PLACEHOLDER.findall(text)) <= values or (
                    isinstance(one.id, str) and set(PLACEHOLDER.findall(text)) != values
                ):
                    found.append(f"{language}: other values than in {ids[0]!r}: {text!r}")
    return found


def main() -> int:
    """Print the problems; return 1 where there are any."""
    found = problems()
    for line in found[:40]:
        print(line)
    if len(found) > 40:
        print(f"... and {len(found) - 40} more")
    print(f"words: {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
