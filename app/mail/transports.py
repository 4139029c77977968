"""The way out that the settings name: a mail server, a folder, or memory."""

from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from app.mail.delivery import NotDelivered, Transport
from app.mail.folder import FolderTransport, MemoryTransport
from app.mail.smtp import SmtpTransport

__all__ = ["FolderTransport", "MemoryTransport", "NotDelivered", "SmtpTransport", "Transport", "transport"]

_PORTS = {"none": 25, "starttls": 587, "tls": 465}


def transport(url: str) -> Transport:
    """Return the way out for `smtp://user:password@host:port`, `smtps://…`, `folder:PATH` or `memory:`.

    `smtp://…?starttls=1` encrypts after connecting (RFC 3207). A user or password with special characters
    is percent-encoded. Raises ValueError with one sentence; it never repeats a password.
    """
    kind, colon, rest = url.strip().partition(":")
    match kind.lower() if colon else "":
        case "memory":
            return MemoryTransport()
        case "folder":
            if not rest:
                raise ValueError("MAIL_URL names no folder. Write it like this: folder:/var/mail/out")
            return FolderTransport(Path(rest))
        case "smtp" | "smtps":
            return _smtp(url.strip())
    raise ValueError("MAIL_URL must begin with smtp://, smtps://, folder: or memory:")


def _smtp(url: str) -> SmtpTransport:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as fault:
        raise ValueError("MAIL_URL has a wrong port or host.") from fault
    if not host:
        raise ValueError("MAIL_URL names no mail server. Write it like this: smtp://mail.example.fi:25")
    if parts.path not in ("", "/") or parts.fragment:
        raise ValueError(
            "MAIL_URL goes on after the mail server. Encode / ? # @ : in a password as %2F and so on."
        )
    if (parts.username or "") and parts.password is None:
        raise ValueError("MAIL_URL has a user but no password. Write user:password@ before the server.")
    security = _security(parts)
    return SmtpTransport(
        host=host,
        port=port or _PORTS[security],
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _security(parts: SplitResult) -> Literal["none", "starttls", "tls"]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    starttls = options.pop("starttls", "0")
    if options or starttls not in ("0", "1"):
        raise ValueError("MAIL_URL knows one option after the question mark: starttls=1")
    if parts.scheme == "smtps":
        if starttls == "1":
            raise ValueError("MAIL_URL is smtps:// and needs no starttls=1. Take one of the two.")
        return "tls"
    return "starttls" if starttls == "1" else "none"
