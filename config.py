"""Settings from the environment: one class, and a plain sentence for each that is missing or wrong."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOUSE = Path(__file__).resolve().parent
SHORTEST_KEY = 32
LONGEST_MAILBOX = 34
LARGEST_REQUEST = 6 * 1024 * 1024  # a plan document of 5 MB and its form


class WrongSetting(Exception):
    """A setting is missing or wrong; the sentence names it and says what would be right."""


@dataclass(frozen=True)
class Config:
    """What an installation decides; `.env.example` explains each."""

    secret_key: str
    public_url: str
    database_url: str
    mail_url: str
    mail_in_url: str | None = None
    mail_from: str = ""
    mail_in_address: str = ""
    mail_subaddress: str = "+"
    instance_dir: Path = HOUSE / "instance"
    port: int = 5000
    proxies: int = 0
    testing: bool = False
    extra: dict[str, object] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Config:
        """Read and check every setting; raise WrongSetting for the first that cannot be used."""
        env = os.environ if environment is None else environment
        instance = Path(env.get("INSTANCE_DIR") or HOUSE / "instance").expanduser().resolve()
        port = _whole_number(env, "PORT", 5000, 1, 65535)
        return cls(
            secret_key=_secret_key(env),
            public_url=_public_url(env, port),
            database_url=_database_url(env, instance),
            mail_url=_mail_url(env, instance),
            mail_in_url=_mail_in_url(env),
            mail_from=env.get("MAIL_FROM", ""),
            mail_in_address=_mail_in_address(env),
            mail_subaddress=_mail_subaddress(env),
            instance_dir=instance,
            port=port,
            proxies=_whole_number(env, "PROXIES", 0, 0, 5),
        )

    @property
    def https(self) -> bool:
        """True where people reach the pages by https."""
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        """The name in the public address, without a port."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def mail_domain(self) -> str:
        """The domain of message ids and of the sender."""
        return self.sender.rpartition("@")[2]

    @property
    def sender(self) -> str:
        """The address that letters come from."""
        host = self.host if "." in self.host and not self.host[-1].isdigit() else "kumppanuuspoyta.invalid"
        return self.mail_from or f"kumppanuuspoyta@{host}"

    @property
    def intake(self) -> str:
        """The address where topics and answers come in by mail; "" where nothing is taken in."""
        if self.mail_in_address or self.mail_in_url is None:
            return self.mail_in_address
        user = unquote(urlsplit(self.mail_in_url).username or "")
        return user if "@" in user else self.sender

    def flask(self) -> dict[str, object]:
        """Return the settings by the names that Flask and its extensions read."""
        hosts = [self.host, "localhost", "127.0.0.1"]
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
            "TRUSTED_HOSTS": hosts,
            "SESSION_COOKIE_NAME": "__Host-form" if self.https else "form",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
            "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
            "MAX_FORM_PARTS": 1000,
            "WTF_CSRF_SSL_STRICT": False,  # private pages send no Referer; the token and SameSite still guard
            "WTF_CSRF_TIME_LIMIT": None,  # a page may lie open over a long meeting
            "BABEL_DEFAULT_LOCALE": "fi",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Helsinki",
            "TESTING": self.testing,
            "HOUSE": self,
            **self.extra,
        }


def _secret_key(env: Mapping[str, str]) -> str:
    key = env.get("SECRET_KEY", "")
    if not key:
        raise WrongSetting(
            "SECRET_KEY is missing. Run `make setup`, or set it to 32 random characters or more."
        )
    if len(key) < SHORTEST_KEY:
        raise WrongSetting(
            f"SECRET_KEY is too short: {len(key)} characters. Set at least {SHORTEST_KEY} random ones."
        )
    return key


def _public_url(env: Mapping[str, str], port: int) -> str:
    url = env.get("PUBLIC_URL", "").rstrip("/")
    if not url:
        raise WrongSetting(
            f"PUBLIC_URL is missing. Set the address people use, for example http://127.0.0.1:{port}."
        )
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:  # brackets or a port that cannot be read
        whole = False
    if not whole or parts.path or parts.query or parts.fragment:
        raise WrongSetting(
            f"PUBLIC_URL is {url!r}. It begins with http:// or https://, then a host, and nothing after it."
        )
    return url


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("DATABASE_URL", "")
    if not url:
        return f"sqlite:///{instance / 'kumppanuuspoyta.db'}"
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        return "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _mail_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("MAIL_URL", "")
    if not url:
        return f"folder:{instance / 'mail'}"
    if not url.startswith(("smtp://", "smtps://", "folder:", "memory:")):
        raise WrongSetting("MAIL_URL must begin with smtp://, smtps:// or folder:.")
    return url


def _mail_in_url(env: Mapping[str, str]) -> str | None:
    url = env.get("MAIL_IN_URL", "")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        whole = (
            parts.scheme in ("imap", "imaps") and parts.hostname and parts.username and (parts.port or True)
        )
    except ValueError:  # brackets or a port that cannot be read
        whole = False
    starttls = parts.scheme == "imap" and parts.query == "starttls=1" if whole else False
    if not whole or (parts.query and not starttls):  # never repeated here: it holds a password
        raise WrongSetting(
            "MAIL_IN_URL must look like imaps://user:password@host/folder, or imap://… with ?starttls=1. "
            "Write @ as %40 and / as %2F in the user and the password."
        )
    return url


def _mail_in_address(env: Mapping[str, str]) -> str:
    address = env.get("MAIL_IN_ADDRESS", "").strip()
    local, at, domain = address.rpartition("@")
    # A mark of 28 characters and its separator stand behind the local part (RFC 5321, 4.5.3.1.1: 64 in all).
    if address and (not at or not domain or not 1 <= len(local) <= LONGEST_MAILBOX or " " in address):
        raise WrongSetting(
            f"MAIL_IN_ADDRESS is {address!r}. It is one address, at most {LONGEST_MAILBOX} before @."
        )
    return address


def _mail_subaddress(env: Mapping[str, str]) -> str:
    said = env.get("MAIL_SUBADDRESS", "") or "+"
    if said not in ("+", "-", "none"):
        raise WrongSetting(f"MAIL_SUBADDRESS is {said!r}. It is +, - or none.")
    return "" if said == "none" else said


def _whole_number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    said = env.get(name) or str(default)
    if not said.isdecimal() or not least <= int(said) <= most:
        raise WrongSetting(f"{name} is {said!r}. It must be a whole number from {least} to {most}.")
    return int(said)
