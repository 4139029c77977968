"""The tables: what is remembered, one file per noun."""

from app.models.base import Base
from app.models.event import Event
from app.models.follow_up import FollowUp, follow_up_measures, topic_measures
from app.models.meeting import AgendaItem, Attendance, Invitation, Meeting
from app.models.municipality import Municipality
from app.models.note import Note, NoteRevision
from app.models.organisation import Organisation
from app.models.outgoing_mail import OutgoingMail
from app.models.person import Person, PersonRole
from app.models.plan import FocusArea, Indicator, Measure, Objective, Plan, ResponsibleParty
from app.models.sign_in import Knock, RepeatKey, SignInLink, SignInSession
from app.models.table import PartnershipTable, table_organisations
from app.models.topic import Topic, TopicStep

__all__ = [
    "AgendaItem",
    "Attendance",
    "Base",
    "Event",
    "FocusArea",
    "FollowUp",
    "Indicator",
    "Invitation",
    "Knock",
    "Measure",
    "Meeting",
    "Municipality",
    "Note",
    "NoteRevision",
    "Objective",
    "Organisation",
    "OutgoingMail",
    "PartnershipTable",
    "Person",
    "PersonRole",
    "Plan",
    "RepeatKey",
    "ResponsibleParty",
    "SignInLink",
    "SignInSession",
    "Topic",
    "TopicStep",
    "follow_up_measures",
    "table_organisations",
    "topic_measures",
]
