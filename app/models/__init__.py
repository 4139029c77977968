"""The tables: what is remembered, one file per noun."""

from app.models.agenda_change import AgendaChange
from app.models.base import Base
from app.models.event import Event
from app.models.follow_up import FollowUp, follow_up_measures, topic_measures
from app.models.heartbeat import Heartbeat
from app.models.incoming_mail import Attachment, IncomingMail
from app.models.invitation import AttendanceWindow, Invitation
from app.models.mail_choice import MailChoice
from app.models.meeting import AgendaItem, Attendance, Meeting, agenda_item_officials
from app.models.municipality import Municipality
from app.models.note import Note, NoteRevision
from app.models.organisation import Organisation
from app.models.outgoing_mail import OutgoingMail
from app.models.person import Person, PersonRole
from app.models.plan import FocusArea, Indicator, Measure, Objective, Plan, ResponsibleParty
from app.models.presence import Presence
from app.models.release import Release, ReleasedItem
from app.models.reminder import Reminder
from app.models.sign_in import Knock, RepeatKey, SignInLink, SignInSession
from app.models.statement import Statement
from app.models.table import PartnershipTable, table_organisations
from app.models.topic import Topic, TopicStep

__all__ = [
    "AgendaChange",
    "AgendaItem",
    "Attachment",
    "Attendance",
    "AttendanceWindow",
    "Base",
    "Event",
    "FocusArea",
    "FollowUp",
    "Heartbeat",
    "IncomingMail",
    "Indicator",
    "Invitation",
    "Knock",
    "MailChoice",
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
    "Presence",
    "Release",
    "ReleasedItem",
    "Reminder",
    "RepeatKey",
    "ResponsibleParty",
    "SignInLink",
    "SignInSession",
    "Statement",
    "Topic",
    "TopicStep",
    "agenda_item_officials",
    "follow_up_measures",
    "table_organisations",
    "topic_measures",
]
