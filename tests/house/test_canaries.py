"""Nothing inside or unpublished is read by those who may not: a word is planted in every such field.

Every address is fetched by anybody and by each role of both tables, in both formats and more languages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.permissions import ANYBODY, Act, Role, Visitor, may
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, PartnershipTable, Plan, Statement, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.paper import Paper
from tests.two_tables import Filling, Furnished, addresses, furnish, second_people

WORD = re.compile(r"zq(north|south)([a-z]+)", re.IGNORECASE)

# Which acts, at the word's own table, make a person one who may read the field. First match counts.
READERS: tuple[tuple[str, tuple[Act, ...]], ...] = (
    (r"statementtoken.*", (Act.TRIAGE,)),
    (r"statement(answer|name)", (Act.TAKE_NOTES,)),
    (r"statementquestion", (Act.READ_INBOX,)),
    (r"letter.*", (Act.READ_OUTBOX,)),
    (r"organisationemail|personemail|personphone", (Act.CHANGE_SETTINGS,)),
    (r"(mail|attachment)(name|address|subject|text|whole|content|txt).*", (Act.READ_INBOX,)),
    (r"personname", (Act.CHANGE_SETTINGS, Act.READ_FOLLOW_UPS, Act.READ_INSIDE_MEMO)),
    (r"contact.*|reason.*|token.*|topictext", (Act.READ_INBOX,)),
    (r"topictitle", (Act.READ_INBOX, Act.READ_FOLLOW_UPS)),
    (r".*(followup|outcome)", (Act.READ_FOLLOW_UPS, Act.READ_INSIDE_MEMO)),
    (r".*(attendancenames|guestname)", (Act.READ_INSIDE_MEMO,)),
    (r".*(oldnote|removednote)", (Act.TAKE_NOTES,)),
    (r".*note", (Act.READ_INSIDE_MEMO,)),
    (r".*(answerwords|substitute)", (Act.BUILD_AGENDA,)),
    (r".*invitation.*", ()),
    (r"(draft|dropped).*", (Act.BUILD_AGENDA,)),
)
VARIANTS = ("?inside=1", "?paper=1", "?inside=1&paper=1", "?lang=sv", "?lang=en&inside=1")
QUERIES = (
    "/?page=1",
    "/follow-ups?state=all",
    "/follow-ups?state=late&table={other}",
    "/inbox?state=all&table={other}",
    "/inbox?state=",
    "/inbox/mail?outcome=all",
    "/meetings/new?table={slug}",
    "/topics/propose?table={slug}",
    "/outbox?state=queued",
    "/tables/{slug}?page=2",
)
# What those who work at every table certainly read: else this test no longer looks where it stands.
EVERYWHERE = """
contactname contactemail contactphone topictext topictitle reasondecline reasonpostpone
statementquestion statementanswer statementname statementtokenreceived
mailname mailaddress mailsubject mailwhole attachmentname attachmentcontent
letteraddress lettersubject letterbody organisationemail personname personemail personphone
draftplace draftremote draftitemtitle draftpresenter droppeditemtitle droppedcancelreason
opennote openfollowup openoutcome openattendancenames openremovednote openoldnote
openguestname openlateguestname toldguestname
reopenednote reopenedfollowup toldattendancenames
openanswerwords opensubstitute openproposeranswerwords openproposersubstitute
"""


@dataclass(frozen=True)
class House:
    """The two tables, and every address with everything in it, by the act at its door."""

    north: Furnished
    south: Furnished
    doors: tuple[tuple[Act, str], ...]
    doors_of_north: tuple[tuple[Act, str], ...]
    second: dict[tuple[Role, str], str]

    def urls(self, who: Visitor, *, north: bool = False) -> tuple[str, ...]:
        """Return the addresses whose door opens; that the others stay shut has a test of its own."""
        return tuple(url for act, url in (self.doors_of_north if north else self.doors) if may(who, act))


@pytest.fixture
def house(app: Flask, cast: Cast) -> House:
    plan = make.plan()
    measure = db.session.get_one(Plan, plan.id).focus_areas[0].objectives[0].measures[0].id
    north = furnish("north", cast.north, cast.technical, measure)
    south = furnish("south", cast.south, cast.culture, measure)
    shared: list[Filling] = [
        {"plan_id": plan.id},
        {"measure_id": measure},
        {"token": "x" * 43},
        {"session_id": 1},
    ]
    second = second_people({"north": cast.north, "south": cast.south})
    return House(north, south, doors(app, (north, south), shared), doors(app, (north,), shared), dict(second))


def doors(app: Flask, tables: Iterable[Furnished], shared: list[Filling]) -> tuple[tuple[Act, str], ...]:
    """Return every address of some tables with the act at its door, memos and lists in all their forms."""
    fillings = [*(filling for one in tables for filling in one.fillings), *shared]
    found = [(app.view_functions[endpoint].act, url) for endpoint, url in addresses(app, fillings, "GET")]
    more = [f"{url}{variant}" for _, url in found if url.endswith("/memo") for variant in VARIANTS]
    more += [query.format(other=one.table_id, slug=one.slug) for query in QUERIES for one in tables]
    return (*found, *((Act.SEE_PUBLIC, url) for url in more))


def words_read(browser: Browser, urls: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Give (url, table, field) of every planted word that a browser is shown, in headers too."""
    for url in urls:
        answer = browser.raw(url)
        assert answer.status_code < 500, f"{url} answered {answer.status_code}"
        printed = answer.mimetype == "application/pdf"
        seen = Paper(answer.data).text() if printed else answer.get_data(as_text=True)
        seen = seen.replace("\u00ad", "").replace("\r\n ", "")
        for side, name in set(WORD.findall(f"{answer.headers}\n{seen}")):
            yield url, side.lower(), name.lower()


def may_read(who: Visitor, table_id: int, name: str) -> bool:
    acts = next(acts for pattern, acts in READERS if re.fullmatch(pattern, name))
    return any(who.may(act, table_id) for act in acts)


def leaks(house: House, who: Visitor, browser: Browser, north: bool = False) -> tuple[list[str], set[str]]:
    """Return what was read without a right to it, and every field that was read."""
    tables = {"north": house.north.table_id, "south": house.south.table_id}
    found, seen = [], set()
    for url, side, name in words_read(browser, house.urls(who, north=north)):
        seen.add(name)
        if not may_read(who, tables[side], name):
            found.append(f"{who.name or 'anybody'} read {name} of the {side} at {url}")
    return found, seen


def test_anybody_reads_nothing_that_was_not_published(app: Flask, house: House) -> None:
    found, seen = leaks(house, ANYBODY, Browser(app))
    assert found == []
    assert seen == set()
    told = house.north.meetings["told"]["meeting_id"]
    assert "Kerrottiin valoista." in Browser(app).get(f"/meetings/{told}/memo").text


def test_each_role_reads_its_own_table_alone(app: Flask, house: House) -> None:
    found = []
    for (_, side), email in house.second.items():
        if side == "north":
            found += leaks(house, make.visitor(email), Browser(app).sign_in(email))[0]
    assert found == []


def test_the_same_role_of_another_table_reads_nothing(app: Flask, house: House) -> None:
    found = []
    for (_, side), email in house.second.items():
        if side == "south":
            found += leaks(house, make.visitor(email), Browser(app).sign_in(email), north=True)[0]
    assert found == []


def test_people_of_every_table_and_the_words_are_really_there(app: Flask, cast: Cast, house: House) -> None:
    found, read = [], set()
    for email in (cast.maria, cast.kaisa):
        wrong, seen = leaks(house, make.visitor(email), Browser(app).sign_in(email))
        found += wrong
        read |= seen
    assert found == []
    for name in EVERYWHERE.split():
        assert name in read, f"nobody reads {name}"


def test_a_proposer_reads_her_topic_and_nothing_of_the_inside(app: Flask, house: House) -> None:
    """Her page tells the answers, never contact details, drafts, or what is not published."""
    for state in TopicState:
        token = db.session.get_one(Topic, house.north.topics[state]).token
        urls = tuple(
            f"/topics/{token}{ending}" for ending in ("", "/withdraw", "/edit", "?lang=sv", "?new=1")
        )
        seen = {name for _, side, name in words_read(Browser(app), urls)}
        known = {name for name in seen if re.fullmatch("topictext|topictitle|reason.*|token.*", name)}
        assert seen == known, state
        assert "topictext" in seen


def test_a_body_that_is_asked_reads_the_topic_and_not_who_proposed_it(app: Flask, house: House) -> None:
    """Behind the link: the topic in its own words, the question, and the body's own answer."""
    for state in TopicState:
        token = db.session.get_one(Statement, house.north.statements[state]).token
        urls = tuple(f"/statements/{token}{ending}" for ending in ("", "?lang=sv", "?lang=en"))
        seen = {name for _, _, name in words_read(Browser(app), urls)}
        known = {name for name in seen if re.fullmatch("topictext|topictitle|statement.*", name)}
        assert seen == known, state
        assert {"topictext", "statementquestion"} <= seen


def test_whoever_is_asked_reads_the_own_answer_alone(app: Flask, house: House) -> None:
    """Behind the link of one invitation: nothing of the other, and nothing of drafts."""
    read = set()
    for row in db.session.scalars(select(Invitation).order_by(Invitation.id)).all():
        name = "proposer" if row.topic_id else ""
        url = f"/invitations/{row.token}"
        for _, _, seen in words_read(Browser(app), (url, f"{url}?lang=sv", f"{url}?answer=coming&lang=en")):
            assert re.fullmatch(
                rf"[a-z]*?{name}(answerwords|substitute)|personname|[a-z]*invitation[a-z]*", seen
            ), seen
            assert name or "proposer" not in seen
            assert "invitation" in seen or not seen.startswith(("draft", "dropped"))
            read.add(seen)
    assert {"openanswerwords", "opensubstitute", "openproposeranswerwords", "toldanswerwords"} <= read


def test_why_a_draft_was_dropped_stays_inside(app: Flask, cast: Cast, house: House) -> None:
    topic_id = house.north.topics[TopicState.ON_AGENDA]
    token = db.session.get_one(Topic, topic_id).token
    browser = Browser(app).sign_in(cast.maria)
    draft = house.north.meetings["draft"]["meeting_id"]
    browser.get(f"/meetings/{draft}/cancel").submit("Cancel the meeting", reason="zqnorthdraftcancelreason")
    urls = (*house.urls(ANYBODY), f"/topics/{token}")
    anybody = Browser(app)
    assert {name for _, _, name in words_read(anybody, urls) if "cancel" in name} == set()


def test_a_table_that_no_longer_meets_is_offered_to_nobody(app: Flask, cast: Cast) -> None:
    old = db.session.get_one(PartnershipTable, cast.south)
    old.name = "zqsouthtablename"
    old.archived_at = utc_now()
    db.session.commit()
    for browser in (Browser(app), Browser(app).sign_in(cast.maria)):
        urls = ("/", "/topics/propose", "/meetings/new", "/inbox/new", "/inbox", "/meetings")
        assert list(words_read(browser, urls)) == []
