"""The first coordinator of an installation, and a link for somebody whose letters do not come."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.models import Person, PersonRole
from tests.cast import Cast
from tests.page import Browser


def say(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def test_an_empty_installation_gets_its_coordinator_who_signs_in(app: Flask, browser: Browser) -> None:
    said = say(
        app, "add-person", "Maria.Sund@lehmijarvi.example", "--name", "Maria Sund", "--role", "coordinator"
    )
    assert (said.exit_code, said.output) == (0, "Added person 1: coordinator at every table.\n")
    said = say(app, "sign-in-link", "maria.sund@LEHMIJARVI.example")
    assert said.exit_code == 0
    assert said.output.startswith("http://127.0.0.1:5000/sign-in/")
    page = browser.get(said.output.strip().removeprefix("http://127.0.0.1:5000"))
    page.submit("Sign in")
    assert browser.get("/settings").url.startswith("/settings")


def test_a_known_person_gets_one_more_role_once(app: Flask, cast: Cast) -> None:
    words = ("add-person", cast.timo, "--name", "Timo", "--role", "chair", "--table", "etela")
    for _ in range(2):
        said = say(app, *words)
        assert said.exit_code == 0
        assert said.output.startswith("Known already: person ")
    roles = select(func.count()).select_from(PersonRole).join(Person).where(Person.email == cast.timo)
    assert db.session.scalar(roles) == 2
    assert db.session.scalar(select(Person.name).where(Person.email == cast.timo)) == "Timo Harju"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("sign-in-link", "stranger@x.example"),
            "Nobody who may sign in has the address stranger@x.example.",
        ),
        (("sign-in-link", "abc"), "Check the e-mail address. It looks like this: name@example.fi"),
        (("sign-in-link", ""), "Write an e-mail address."),
        (
            ("add-person", "abc", "--name", "A", "--role", "chair"),
            "Check the e-mail address. It looks like this: name@example.fi",
        ),
        (("add-person", "a@x.example", "--name", " ", "--role", "chair"), "Write the name."),
        (
            ("add-person", "a@x.example", "--name", "a\x07", "--role", "chair"),
            "The text has characters that cannot be saved. Type it again instead of pasting.",
        ),
        (
            ("add-person", "a@x.example", "--name", "x" * 300, "--role", "chair"),
            "The text is too long: 300 characters. At most 200 fit.",
        ),
        (
            ("add-person", "a@x.example", "--name", "A", "--role", "chair", "--table", "lansi"),
            "There is no table lansi.",
        ),
    ],
)
def test_a_refusal_is_one_sentence(app: Flask, cast: Cast, words: tuple[str, ...], sentence: str) -> None:
    said = say(app, *words)
    assert (said.exit_code, said.output) == (1, f"{sentence}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("add-person", "a@x.example"),
        ("add-person", "a@x.example", "--name", "A", "--role", "king"),
        ("sign-in-link",),
    ],
)
def test_wrong_usage_ends_with_two(app: Flask, words: tuple[str, ...]) -> None:
    assert say(app, *words).exit_code == 2
