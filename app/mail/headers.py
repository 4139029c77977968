"""How the head of a message is written, so that every mail program reads it as it was meant."""

import re
from email.header import Header
from email.policy import SMTP, EmailPolicy

_LONGEST = 76  # of an encoded line (RFC 2047, 2) and of a quoted-printable one (RFC 2045, 6.7)
_MAILBOXES = {"from", "reply-to", "to"}
_SHORT = 40  # characters of a plain name that surely fits on the line with its quotes
_UNBROKEN = {"message-id", "in-reply-to", "references", "list-unsubscribe"}

_NEXT_FIELD = re.compile("\r(?!\n)|\n(?![ \t])")

_AT_76 = SMTP.clone(max_line_length=_LONGEST)
_AT_998 = SMTP.clone(max_line_length=998)  # the longest line of all (RFC 5322, 2.1.1)


class _LetterPolicy(EmailPolicy):
    """Python's own folding, mended where it fails.

    It loses a space between two encoded words now and then ("PöytäPöytä") and breaks a long plain name so
    that the address is lost: Finnish subjects and names, and long names, are encoded whole. Its 78
    characters a line are two or three too many for encoded text. And identifiers, links and addresses over
    78 characters it encodes into words that no program reads: they stay on one line.
    """

    def fold(self, name: str, value: str) -> str:
        """Return the field with its line ends; raises ValueError where its text would begin another field."""
        folded = self._folded(name, value)
        if _NEXT_FIELD.search(folded.removesuffix("\r\n")):
            raise ValueError(f"{name} has a line break in it")
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return what `fold` does, in bytes."""
        return self.fold(name, value).encode("ascii")

    def _folded(self, name: str, value: str) -> str:
        lowered = name.lower()
        if lowered in _UNBROKEN:
            return str(_AT_998.fold(name, value))
        if lowered == "subject" and (not value.isascii() or "?=" in value):  # what looks encoded is encoded
            return f"{name}: {_encoded(name, value)}\r\n"
        if lowered in _MAILBOXES and len(value.addresses) == 1:  # type: ignore[attr-defined]  # str by its type
            return self._mailbox(name, value)
        return str(_AT_76.fold(name, value))

    def _mailbox(self, name: str, value: str) -> str:
        (mailbox,) = value.addresses  # type: ignore[attr-defined]  # a header object in fact
        shown = mailbox.display_name
        if not shown or (shown.isascii() and len(shown) <= _SHORT):
            return str(_AT_998.fold(name, value))
        return f"{name}: {_encoded(name, shown)}\r\n <{mailbox.addr_spec}>\r\n"


def _encoded(name: str, text: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LONGEST, header_name=name).encode(linesep="\r\n")


LETTER_POLICY = _LetterPolicy(linesep="\r\n", max_line_length=_LONGEST)
