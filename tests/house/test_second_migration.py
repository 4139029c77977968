"""The second step of the tables with rows in them, up and down: what was published stays readable."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.extensions import db
from app.factory import create_app
from config import Config
from tests.conftest import ENGINE
from tests.databases import database_url

NOW = "'2027-02-01 12:00:00'"
ROWS = f"""
    INSERT INTO partnership_tables (id, slug, name, kind, minutes, meetings_a_year, languages)
        VALUES (1, 'pohjoinen', 'Pohjoinen', 'area', 90, 4, 'fi sv');
    INSERT INTO organisations (id, kind, name) VALUES (1, 'village', 'Koivuranta');
    INSERT INTO people (id, name, language) VALUES (1, 'Aino Edustaja', 'fi');
    INSERT INTO meetings (id, uid, table_id, state, day, starts, zone, minutes, place, revision, sequence,
            created_at, changed_at, published_at)
        VALUES (1, 'a', 1, 'published', '2027-03-28', '18:00', 'Europe/Helsinki', 90, 'Koulu', 3, 0,
            {NOW}, {NOW}, {NOW}),
        (2, 'b', 1, 'draft', '2027-05-01', '18:00', 'Europe/Helsinki', 90, NULL, 1, 0, {NOW}, {NOW}, NULL),
        (3, 'c', 1, 'cancelled', '2027-04-01', '18:00', 'Europe/Helsinki', 90, NULL, 1, 1, {NOW}, {NOW},
            {NOW});
    INSERT INTO topics (id, year, running, token, table_id, state, title, text, language, channel,
            created_at, changed_at)
        VALUES (1, 2027, 1, 't1', 1, 'on_agenda', 'Kylätie', 'Kylätie on pimeä', 'fi', 'web', {NOW}, {NOW}),
        (2, 2027, 2, 't2', 1, 'accepted', 'Laituri', 'Laituri on rikki', 'fi', 'web', {NOW}, {NOW}),
        (3, 2027, 3, 't3', 1, 'received', 'Ranta', 'Ranta on likainen', 'fi', 'web', {NOW}, {NOW});
    INSERT INTO agenda_items (id, meeting_id, topic_id, kind, title, minutes, position, standing)
        VALUES (5, 1, NULL, 'opening', 'Avaus', 5, 0, true), (9, 1, 1, 'topic', 'Kylätie', 20, 1, false),
        (7, 1, NULL, 'closing', 'Lopetus', 5, 2, true), (11, 2, NULL, 'opening', 'Avaus', 5, 0, true);
    INSERT INTO notes (id, agenda_item_id, operation, text, html, revision, created_at, changed_at)
        VALUES (1, 9, 'o1', 'Valot tulevat', '<p>Valot tulevat</p>', 1, {NOW}, {NOW});
    INSERT INTO invitations (id, meeting_id, person_id, token, created_at) VALUES (1, 1, 1, 'i1', {NOW})
"""
LATER = f"""
    INSERT INTO invitations (id, meeting_id, organisation_id, token, created_at, told_at)
        VALUES (2, 1, 1, 'i2', {NOW}, {NOW});
    UPDATE topics SET state = 'merged', merged_into_id = 1 WHERE id = 2;
    UPDATE topics SET state = 'handed_on', late_for_id = 1 WHERE id = 3;
    INSERT INTO topic_steps (topic_id, act, words, at) VALUES (1, 'carry_over', '', {NOW}),
        (1, 'let_rest', 'Ei ehditty', {NOW}), (2, 'merge', '', {NOW}), (2, 'separate', '', {NOW}),
        (3, 'hand_on', 'Tekninen johtaja vastaa', {NOW}), (3, 'answer', 'Valo korjataan', {NOW});
    INSERT INTO agenda_item_officials (agenda_item_id, person_id) VALUES (9, 1);
    INSERT INTO attendance_windows (meeting_id, person_id, arrives) VALUES (1, 1, '18:10');
    INSERT INTO presences (meeting_id, person_id, state, changed_at) VALUES (1, 1, 'present', {NOW})
"""
# The words that the first version of the code knows.
STATES = {"received", "asked", "accepted", "postponed", "declined", "on_agenda", "discussed", "withdrawn"}
ACTS = {"accept", "ask", "reply", "postpone", "decline", "withdraw", "put_on_agenda", "take_off_agenda"} | {
    "discuss",
    "return",
}


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Flask]:
    """The app over a database of the first version that has been in use."""
    with database_url(ENGINE, tmp_path, "second") as url:
        app = create_app(
            Config(
                secret_key="a key for tests only, long enough to be one",
                public_url="http://127.0.0.1:5000",
                database_url=url,
                mail_url="memory:",
                instance_dir=tmp_path,
                testing=True,
            )
        )
        with app.app_context():
            upgrade(revision="0001")
            run(ROWS)
            yield app
            db.session.remove()
            db.engine.dispose()


def run(statements: str) -> None:
    with db.engine.begin() as connection:
        for one in statements.split(";\n"):
            connection.execute(text(one))


def ask(query: str) -> list[tuple]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_what_was_published_is_its_first_release(old: Flask) -> None:
    upgrade()
    assert ask("SELECT meeting_id, number, minutes FROM releases ORDER BY meeting_id") == [
        (1, 1, 90),
        (3, 1, 90),
    ]
    assert ask(
        "SELECT item_id, topic_id, position, starts_after, minutes FROM released_items ORDER BY position"
    ) == [
        (5, None, 0, 0, 5),
        (9, 1, 1, 5, 20),
        (7, None, 2, 25, 5),
    ]
    assert ask("SELECT count(*) FROM notes") == [(1,)]
    assert ask("SELECT count(*) FROM invitations WHERE told_at = created_at") == [(1,)]


@pytest.mark.skipif(ENGINE != "sqlite", reason="a sequence never gives an id twice")
def test_an_item_gets_no_id_that_was_given_before(old: Flask) -> None:
    upgrade()
    run("DELETE FROM agenda_items WHERE id = 11")
    run(
        "INSERT INTO agenda_items (meeting_id, kind, title, minutes, position, standing)"
        " VALUES (2, 'opening', 'Avaus', 5, 0, true)"
    )
    assert ask("SELECT max(id) FROM agenda_items") == [(12,)]


def test_the_way_back_keeps_what_the_first_version_knows(old: Flask) -> None:
    upgrade()
    run(LATER)
    downgrade(revision="0001")
    assert ask("SELECT id, person_id FROM invitations") == [(1, 1)]
    assert {state for (state,) in ask("SELECT state FROM topics")} <= STATES
    assert {act for (act,) in ask("SELECT act FROM topic_steps")} <= ACTS
    assert ("Valo korjataan",) in ask("SELECT words FROM topic_steps")
    assert ask("SELECT count(*) FROM agenda_items") == [(4,)]
    assert ask("SELECT count(*) FROM notes") == [(1,)]
    upgrade()
    assert ask("SELECT count(*) FROM releases") == [(2,)]
