"""The topics that a message is split into: what each is called."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Topic
from app.services.splitting import split
from tests import make
from tests.cast import Cast

TITLES = {
    "a subject stays with the first": ({"title": "Kylätien valot"}, "Kylätien valot"),
    "without one the first line is it": ({}, "Katuvalot puuttuvat"),
}


@pytest.mark.parametrize(("fields", "title"), TITLES.values(), ids=TITLES)
def test_the_first_keeps_a_title_of_its_own(cast: Cast, fields: dict[str, str], title: str) -> None:
    topic = make.topic(cast.north, "Hei!\n\nKatuvalot puuttuvat.\n\nBussi ei kulje.", **fields)
    parts = ["Katuvalot puuttuvat.", "Bussi ei kulje."]
    split(make.visitor(cast.maria), topic.id, parts, seen=None, key=None)
    titles = list(db.session.scalars(select(Topic.title).order_by(Topic.id)))
    assert titles == [title, "Bussi ei kulje"]
