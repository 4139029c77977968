"""A reason that is written and not told yet is read by nobody outside, its proposer included."""

from flask import Flask

from app.domain.clock import utc_now
from app.domain.permissions import ANYBODY, may
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import OutgoingMail, Plan, Topic, TopicStep
from tests import make
from tests.cast import Cast
from tests.house.test_canaries import doors, words_read
from tests.page import Browser
from tests.two_tables import furnish

WORD = "zqnorthreasonheld"


def test_a_held_reason_is_seen_by_nobody_outside(app: Flask, cast: Cast) -> None:
    plan = make.plan().id
    measure = db.session.get_one(Plan, plan).focus_areas[0].objectives[0].measures[0].id
    north = furnish("north", cast.north, cast.technical, measure)
    topic = db.session.get_one(Topic, north.topics[TopicState.RECEIVED])
    topic.state, token = TopicState.DECLINED, topic.token
    answer = TopicStep(
        topic_id=topic.id, act=TopicAct.DECLINE, words=WORD, held_from=TopicState.RECEIVED, at=utc_now()
    )
    follower = db.session.get_one(Topic, north.topics[TopicState.WITHDRAWN])
    follower.state, follower.merged_into_id = TopicState.MERGED, topic.id
    follower.steps.append(TopicStep(act=TopicAct.MERGE, at=utc_now()))
    follower_token = follower.token
    db.session.add(answer)
    db.session.commit()
    topic_id = north.topics[TopicState.RECEIVED]
    private = tuple(
        f"/topics/{one}{ending}" for one in (token, follower_token) for ending in ("", "?lang=sv", "?new=1")
    )
    shared = [{"plan_id": plan}, {"measure_id": measure}, {"token": token}, {"session_id": 1}]
    every = doors(app, [north], shared)
    for email in (None, cast.aino, cast.pekka, cast.veikko):
        who = make.visitor(email) if email else ANYBODY
        browser = Browser(app).sign_in(email) if email else Browser(app)
        urls = (*private, *(url for act, url in every if may(who, act)))
        read = [url for url, _, name in words_read(browser, urls) if name == "reasonheld"]
        assert read == [], email or "anybody"
    assert not [one for one in db.session.query(OutgoingMail) if WORD in one.body]
    # And this test looks where it stands: she who answers topics reads it.
    inside = ("/inbox/untold", f"/inbox/{topic_id}")
    seen = [
        url for url, _, name in words_read(Browser(app).sign_in(cast.maria), inside) if name == "reasonheld"
    ]
    assert seen == list(inside)
