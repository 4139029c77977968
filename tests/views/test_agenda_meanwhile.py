"""Two at one agenda: what others changed meanwhile stays, and who comes later is told."""

from app.extensions import db
from app.models import Meeting
from tests.cast import Cast
from tests.page import Browser
from tests.views.agenda_stage import evening, ids, order


def test_two_coordinators_change_different_rows_and_both_stay(cast: Cast, app) -> None:
    meeting = evening(cast)
    first, second, third = ids(meeting)
    one, other = Browser(app).sign_in(cast.maria), Browser(app).sign_in(cast.maria)
    here = one.get(f"/meetings/{meeting}/edit")
    there = other.get(f"/meetings/{meeting}/edit")
    there.submit("Move down: Avaus", **{f"item-{second}-minutes": "25"})
    page = here.submit("Save minutes", **{f"item-{third}-minutes": "15"})
    assert order(page)[0] == "18:00 1. Mitä tapahtui edellisestä"
    assert {i.id: i.minutes for i in db.session.get_one(Meeting, meeting).items} == {
        first: 5,
        second: 25,
        third: 15,
    }


def test_two_coordinators_change_the_same_box_and_the_later_is_told(cast: Cast, app) -> None:
    meeting = evening(cast)
    first, second, _ = ids(meeting)
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    there = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    there.submit("Save minutes", **{f"item-{second}-minutes": "25", f"item-{first}-minutes": "6"})
    page = here.submit("Save minutes", 422, **{f"item-{second}-minutes": "30"})
    assert "Somebody else changed this to “25” meanwhile. Check it and save again." in page.text
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert boxes[f"item-{second}-minutes"] == "30"
    assert boxes[f"item-{first}-minutes"] == "6"
    page.submit("Save minutes")
    assert [one.minutes for one in db.session.get_one(Meeting, meeting).items] == [6, 30, 5]


def test_a_conflict_is_not_forgotten_while_another_box_is_wrong(cast: Cast, app) -> None:
    meeting = evening(cast)
    first, second, _ = ids(meeting)
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    there = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    there.submit("Save minutes", **{f"item-{second}-minutes": "25"})
    page = here.submit(
        "Save minutes", 422, **{f"item-{second}-minutes": "30", f"item-{first}-minutes": "abc"}
    )
    page = page.submit("Save minutes", 422, **{f"item-{first}-minutes": "5"})
    assert "Somebody else changed this to “25” meanwhile." in page.text


def test_an_item_taken_off_meanwhile_is_told_and_the_page_is_new(cast: Cast, app) -> None:
    meeting = evening(cast)
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit").submit("Remove: Avaus")
    page = here.submit("Move down: Avaus", 422)
    assert "Somebody else took the item off the agenda meanwhile." in page.text
    assert len(order(page)) == 2
