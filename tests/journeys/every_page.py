"""Which pages there are: each address that can be visited, filled in from the demo municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from sqlalchemy import Select, select

from app.domain.clock import today
from app.domain.follow_ups import FollowUpState
from app.domain.incoming import Outcome
from app.domain.meetings import MeetingState
from app.domain.organisations import OrganisationKind
from app.domain.outbox import MailState
from app.domain.permissions import OPEN_TO_ALL
from app.domain.topics import OPEN, UNTRIAGED, TopicAct, TopicState
from app.extensions import db
from app.models import (
    AgendaItem,
    FollowUp,
    IncomingMail,
    Invitation,
    Meeting,
    Organisation,
    OutgoingMail,
    PartnershipTable,
    Person,
    Plan,
    Statement,
    Topic,
)
from app.services import asking, letter_choices, notes, topics, transactions
from app.services.asking import Question
from tests.make import visitor

NOT_A_PAGE = {
    "assets.file": "a style sheet, script or picture",
    "attachments.file": "a file to download",
    "meetings.calendar": "a calendar file",
    "tables.calendar": "a calendar file",
    "tables.all_calendar": "a calendar file",
    "calendars.organisation": "a calendar file",
    "calendars.own": "a calendar file",
    "papers.agenda": "a PDF",
    "papers.invitation": "a PDF",
    "papers.table_notice": "a PDF",
    "papers.meeting_notice": "a PDF",
    "papers.blank_form": "a PDF",
    "pages.healthz": "read by machines",
    "live_clock.fragment": "a piece of a page",
    "topics.index": "leads on to topics.find",
    "plans.current": "leads on to the plan in force",
    "plans.store": "stands behind the form of plans.import_plan",
    "sign_in.use_link": "works once; the sign-in journeys open it",
}
OF_A_MEMO = ("memos.memo", "memos.reopen", "meetings.show_meeting")
OF_A_DRAFT = ("agenda.edit", "composing.compose", "meetings.publish", "meetings.cancel", "meetings.details")
MORE = (  # variants: pages that look otherwise in another state
    ("meetings.show_meeting", "coming", {}),
    ("meetings.show_meeting", "draft", {}),
    ("agenda.edit", "coming", {}),
    ("meetings.publish", "coming", {}),
    ("memos.memo", "held", {"paper": 1}),
    ("memos.memo", "held", {"inside": 1}),
    ("memos.memo", "coming", {}),
    ("topics.show_topic", "held", {"new": 1}),
    ("outbox.index", "coming", {"show": "failed"}),
    ("outbox.index", "coming", {"show": "sent"}),
)


@dataclass(frozen=True)
class Kind:
    """One kind of page, an address of that kind, who may open it, and whether it is one more state of it."""

    endpoint: str
    address: str
    public: bool
    variant: bool


def _first(statement: Select[Any]) -> Any:
    found = db.session.scalars(statement.limit(1)).first()
    assert found is not None, f"the demo has no row for {statement}"
    return found


def _values(who: str) -> dict[str, Any]:
    """Return an id for each part of an address; three meetings stand under their state."""
    by_day = select(Meeting.id).order_by(Meeting.day)
    coming = _first(by_day.where(Meeting.state == MeetingState.PUBLISHED))
    item = _first(
        select(AgendaItem.id).where(AgendaItem.meeting_id == coming, AgendaItem.topic_id.is_not(None))
    )
    promised = select(FollowUp).where(FollowUp.topic_id.is_not(None), FollowUp.measures.any())
    follow_up: FollowUp = _first(promised.where(FollowUp.state == FollowUpState.OPEN))
    received = _first(select(Topic.id).where(Topic.state == TopicState.RECEIVED))
    same_table = select(Topic.table_id).where(Topic.id == received).scalar_subquery()
    waiting = select(Topic.id).where(Topic.table_id == same_table, Topic.state.in_(OPEN))
    body = _first(select(Organisation.id).where(Organisation.kind == OrganisationKind.OUTSIDE_BODY))
    asked = asking.ask(visitor(who), received, Question(body, "Miten on?", today()))
    return {
        "coming": coming,
        "held": _first(by_day.where(Meeting.state == MeetingState.MEMO_PUBLISHED)),
        "draft": _first(by_day.where(Meeting.state == MeetingState.DRAFT)),
        "item_id": item,
        "note_id": notes.add(visitor(who), coming, item, "Puhuttiin **asiasta**.", "a-key-for-this-one-note"),
        "topic_id": received,
        "other_id": _first(waiting.where(Topic.id != received)),
        "follow_up_id": follow_up.id,
        "measure_id": follow_up.measures[0].id,
        "token": topics.token_of(follow_up.topic_id or 0),
        "new_token": topics.token_of(received),
        "untouched_token": _first(
            select(Topic.token).where(
                Topic.state.in_(UNTRIAGED),
                Topic.id.not_in(select(Statement.topic_id)),
                ~Topic.merged.any(),
            )
        ),
        "asked": _first(
            select(Invitation)
            .join(Invitation.meeting)
            .where(Meeting.state == MeetingState.PUBLISHED, Meeting.day > today())
        ),
        "statement_id": asked,
        "statement_token": _first(select(Statement.token).where(Statement.id == asked)),
        "plan_id": _first(select(Plan.id)),
        "letter_id": _first(select(OutgoingMail.id).where(OutgoingMail.state == MailState.DRAFT)),
        "mail_id": _first(select(IncomingMail.id).where(IncomingMail.outcome == Outcome.HELD)),
        "organisation_id": _first(select(Organisation.id)),
        "person_id": _first(select(Person.id)),
        "table_id": _first(select(PartnershipTable.id)),
        "slug": _first(select(PartnershipTable.slug)),
        "act": TopicAct.POSTPONE.value,
        "kind": "memo_published",
        "letters_token": transactions.act(letter_choices.token_for)("maija@kuovinsalmi.example"),
    }


def kinds(app: Flask, who: str) -> list[Kind]:
    """Return every kind of page with an address that shows something; new endpoints come in by themselves."""
    values = _values(who)
    found = []
    with app.test_request_context(base_url="http://127.0.0.1:5000"):

        def add(
            endpoint: str, meeting: str, arguments: set[str], more: dict[str, Any], variant: bool
        ) -> None:
            own = {**values, "meeting_id": values[meeting]}
            if endpoint == "topics.withdraw":
                own["token"] = values["new_token"]
            if endpoint == "topics.edit":
                own["token"] = values["untouched_token"]
            if endpoint == "statements.answer":
                own["token"] = values["statement_token"]
            if endpoint in ("invitations.answer", "invited.write_down"):
                asked = values["asked"]
                own |= {"token": asked.token, "meeting_id": asked.meeting_id, "invitation_id": asked.id}
            if endpoint.startswith("letter_choices."):
                own["token"] = values["letters_token"]
            if endpoint == "letter_choices.stop":
                more = {"group": "memos", **more}
            address = url_for(endpoint, **{name: own[name] for name in sorted(arguments)}, **more)
            public = app.view_functions[endpoint].act in OPEN_TO_ALL
            hidden = (
                endpoint == "screen.show_screen"  # its key is in the address; those who take notes need none
                or meeting == "draft"
                or "inside" in more
                or (endpoint == "memos.memo" and meeting == "coming")
            )
            found.append(Kind(endpoint, address, public and not hidden, variant))

        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_A_PAGE:
                meeting = "held" if rule.endpoint in OF_A_MEMO else "coming"
                meeting = "draft" if rule.endpoint in OF_A_DRAFT else meeting
                add(rule.endpoint, meeting, rule.arguments, {}, variant=False)
        for endpoint, meeting, more in MORE:
            add(endpoint, meeting, next(app.url_map.iter_rules(endpoint)).arguments, more, variant=True)
    return found
