"""What of a message is not kept: signs that no database has, and personal identity codes."""

from dataclasses import replace

from app.domain.incoming import Why
from app.domain.writing import printable, without_identity_codes
from app.mail.incoming import Incoming, IncomingFile


def savable(message: Incoming) -> Incoming:
    """Return the message without what no database keeps."""
    return replace(
        message,
        message_id=printable(message.message_id),
        references=tuple(printable(one) for one in message.references),
        from_address=printable(message.from_address),
        recipients=tuple(printable(one) for one in message.recipients),
        from_name=" ".join(printable(message.from_name).split()),
        subject=" ".join(printable(message.subject).split()),
        text=printable(message.text),
        whole=printable(message.whole),
        files=tuple(replace(one, name=printable(one.name)) for one in message.files),
    )


def has_codes(message: Incoming) -> bool:
    """Whether a message or a text that came with it has a personal identity code."""
    said = (message.text, message.whole, message.subject, message.from_name)
    return any(without_identity_codes(one) != one for one in said) or any(map(_has_code, message.files))


def _has_code(file: IncomingFile) -> bool:
    if file.content is None or not file.content_type.startswith("text/"):
        return False
    text = file.content.decode("latin-1")
    return without_identity_codes(text) != text


def without_codes(message: Incoming) -> Incoming:
    """Hide personal identity codes: neither a page nor the database has them."""
    return replace(
        message,
        from_name=without_identity_codes(message.from_name),
        subject=without_identity_codes(message.subject),
        text=without_identity_codes(message.text),
        whole=without_identity_codes(message.whole),
        files=tuple(
            replace(one, content=None, refused=Why.IDENTITY_CODE.value) if _has_code(one) else one
            for one in message.files
        ),
    )
