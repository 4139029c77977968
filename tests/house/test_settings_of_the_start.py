"""A wrong setting stops the start with a sentence that names it."""

import pytest

from config import Config, WrongSetting

GOOD = {"SECRET_KEY": "k" * 32, "PUBLIC_URL": "https://kumppanuus.lehmijarvi.example"}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short: 5"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL is missing"),
        ({"PUBLIC_URL": "lehmijarvi.example"}, "PUBLIC_URL is 'lehmijarvi.example'"),
        ({"PUBLIC_URL": "ftp://lehmijarvi.example"}, "It begins with http"),
        ({"PUBLIC_URL": "http://[x"}, "PUBLIC_URL is"),
        ({"PUBLIC_URL": "http://lehmijarvi.example:abc"}, "PUBLIC_URL is"),
        ({"PUBLIC_URL": "https://lehmijarvi.example/poyta"}, "and nothing after it"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must begin with"),
        ({"MAIL_URL": "localhost:25"}, "MAIL_URL must begin with"),
        ({"PORT": "abc"}, "PORT is 'abc'"),
        ({"PORT": "0"}, "PORT is '0'"),
        ({"PORT": "70000"}, "from 1 to 65535"),
        ({"PROXIES": "-1"}, "PROXIES is '-1'"),
    ],
)
def test_wrong_settings_are_told_in_words(change: dict[str, str], names: str) -> None:
    with pytest.raises(WrongSetting, match=names.replace("(", r"\(")):
        Config.from_environment({**GOOD, **change})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("postgres://u:p@db/x", "postgresql+psycopg://u:p@db/x"),
        ("postgresql://u@db/x", "postgresql+psycopg://u@db/x"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_the_database_address_is_taken_as_administrators_write_it(said: str, meant: str) -> None:
    assert Config.from_environment({**GOOD, "DATABASE_URL": said}).database_url == meant


def test_without_a_database_address_sqlite_stands_in_the_instance_folder() -> None:
    config = Config.from_environment({**GOOD, "INSTANCE_DIR": "/srv/kp"})
    assert config.database_url == "sqlite:////srv/kp/kumppanuuspoyta.db"
    assert config.mail_url == "folder:/srv/kp/mail"


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("https://kumppanuus.lehmijarvi.example", "kumppanuuspoyta@kumppanuus.lehmijarvi.example"),
        ("http://127.0.0.1:5000", "kumppanuuspoyta@kumppanuuspoyta.invalid"),
        ("http://localhost:5000", "kumppanuuspoyta@kumppanuuspoyta.invalid"),
    ],
)
def test_the_sender_is_an_address_of_the_public_host(url: str, sender: str) -> None:
    assert Config.from_environment({**GOOD, "PUBLIC_URL": url}).sender == sender
