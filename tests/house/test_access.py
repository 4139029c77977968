"""Every address has its act, and lets in exactly those whom the table of permissions names."""

from flask import Flask
from werkzeug.routing import Rule

from app.domain.permissions import ANYBODY, OPEN_TO_ALL, Act, Visitor, may
from app.extensions import db
from app.views.access import entry
from tests import make
from tests.cast import PEOPLE, Cast
from tests.page import Browser

HOME = "http://127.0.0.1:5000"

# What may stand in an address; whether there is such a thing is asked after who may come in.
FILLING = {"token": "x" * 43, "slug": "pohjoinen", "mark": "abc", "name": "style.css", "act": "ask"}


def unmarked(app: Flask) -> list[str]:
    """Addresses whose endpoint has no act."""
    return [
        f"{rule} ({rule.endpoint}) has no @entry(Act.…) in app/views"
        for rule in app.url_map.iter_rules()
        if not isinstance(getattr(app.view_functions[rule.endpoint], "act", None), Act)
    ]


def test_every_address_has_its_act(app: Flask) -> None:
    assert unmarked(app) == []


def test_an_address_without_an_act_is_named() -> None:
    forgetful = Flask("forgetful", static_folder=None)
    forgetful.add_url_rule("/secret", "secret", lambda: "hello")
    forgetful.add_url_rule("/marked", "marked", entry(Act.SEE_PUBLIC)(lambda: "hello"))
    assert unmarked(forgetful) == ["/secret (secret) has no @entry(Act.…) in app/views"]


def address(app: Flask, rule: Rule) -> str:
    """The address of a rule, its gaps filled with ids and names."""
    with app.test_request_context(base_url=HOME):
        values = {name: FILLING.get(name, 1) for name in rule.arguments}
        return app.url_map.bind("127.0.0.1:5000").build(
            rule.endpoint, values, method=sorted(rule.methods or ())[0]
        )


def everyone(app: Flask) -> list[tuple[str, Visitor, Browser]]:
    """Anybody, and each person of the cast: all seven roles, at one table and at every one."""
    people = [("anybody", ANYBODY, Browser(app))]
    for name, email, role, table in PEOPLE:
        seat = f"{name}, {role} at {table or 'every table'}"
        people.append((seat, make.visitor(email), Browser(app).sign_in(email)))
    db.session.remove()
    return people


def wrong(act: Act, visitor: Visitor, status: int, location: str) -> bool:
    """Whether an answer is not the one that the table of permissions gives."""
    if act in OPEN_TO_ALL or may(visitor, act):
        return status == 403 or "/sign-in?" in location or status >= 500
    if visitor.signed_in:
        return status != 403
    return status != 303 or not location.startswith("/sign-in")


def test_each_page_answers_each_role_as_the_table_says(app: Flask, cast: Cast) -> None:
    rules = [one for one in app.url_map.iter_rules() if "GET" in (one.methods or ()) and not one.arguments]
    assert len(rules) > 20
    mismatches = []
    for who, visitor, browser in everyone(app):
        for rule in rules:
            act = app.view_functions[rule.endpoint].act
            answer = browser.client.get(address(app, rule), base_url=HOME)
            if wrong(act, visitor, answer.status_code, answer.headers.get("Location", "")):
                mismatches.append(f"{who}: {rule} needs {act}, answered {answer.status_code}")
    assert mismatches == []


def test_whoever_may_not_is_stopped_at_the_door_of_every_address_and_button(
    app: Flask, cast: Cast, monkeypatch
) -> None:
    """Addresses with ids too, by GET and by POST: nobody learns there whether the thing exists."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)  # so that the answer is that of the door
    mismatches = []
    tried = 0
    for who, visitor, browser in everyone(app):
        for rule in app.url_map.iter_rules():
            act = app.view_functions[rule.endpoint].act
            if act in OPEN_TO_ALL or may(visitor, act):
                continue
            for method in {"GET", "POST"} & (rule.methods or set()):
                tried += 1
                answer = browser.client.open(address(app, rule), method=method, base_url=HOME)
                if wrong(act, visitor, answer.status_code, answer.headers.get("Location", "")):
                    mismatches.append(f"{who}: {method} {rule} needs {act}, answered {answer.status_code}")
    assert mismatches == []
    assert tried > 300
