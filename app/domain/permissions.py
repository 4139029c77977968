"""Who may do what: one table of acts and roles, asked by every page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.errors import Forbidden
from app.domain.words import N_


class Role(StrEnum):
    """What a person is at one table, or at every table of the municipality."""

    COORDINATOR = "coordinator"
    CHAIR = "chair"
    SECRETARY = "secretary"
    VILLAGE_LIAISON = "village_liaison"
    REPRESENTATIVE = "representative"
    OFFICIAL = "official"
    READER = "reader"


ROLE_WORDS = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.CHAIR: N_("Chair"),
    Role.SECRETARY: N_("Secretary"),
    Role.VILLAGE_LIAISON: N_("Village ombudsman"),
    Role.REPRESENTATIVE: N_("Representative"),
    Role.OFFICIAL: N_("Official"),
    Role.READER: N_("Reader"),
}


class Act(StrEnum):
    """What can be done, in the words of the table."""

    SEE_PUBLIC = "see_public"
    HOLD_PRIVATE_LINK = "hold_private_link"  # the token in the address is the key
    BE_SIGNED_IN = "be_signed_in"
    READ_INBOX = "read_inbox"
    ENTER_TOPIC = "enter_topic"
    TRIAGE = "triage"
    BUILD_AGENDA = "build_agenda"
    RUN_EVENING = "run_evening"
    TAKE_NOTES = "take_notes"
    ADD_FOLLOW_UP = "add_follow_up"
    READ_FOLLOW_UPS = "read_follow_ups"
    READ_INSIDE_MEMO = "read_inside_memo"
    PUBLISH_MEMO = "publish_memo"
    LINK_MEASURE = "link_measure"
    IMPORT_PLAN = "import_plan"
    READ_OUTBOX = "read_outbox"
    CHANGE_SETTINGS = "change_settings"


OPEN_TO_ALL = frozenset({Act.SEE_PUBLIC, Act.HOLD_PRIVATE_LINK})
EVERY_ROLE = frozenset(Role)

MAY: dict[Act, frozenset[Role]] = {
    Act.BE_SIGNED_IN: EVERY_ROLE,
    Act.READ_INBOX: frozenset({Role.COORDINATOR, Role.CHAIR, Role.SECRETARY, Role.VILLAGE_LIAISON}),
    Act.ENTER_TOPIC: frozenset({Role.COORDINATOR, Role.CHAIR, Role.SECRETARY, Role.VILLAGE_LIAISON}),
    Act.TRIAGE: frozenset({Role.COORDINATOR}),
    Act.BUILD_AGENDA: frozenset({Role.COORDINATOR}),
    Act.RUN_EVENING: frozenset({Role.COORDINATOR, Role.CHAIR, Role.SECRETARY}),
    Act.TAKE_NOTES: frozenset({Role.COORDINATOR, Role.SECRETARY}),
    Act.ADD_FOLLOW_UP: frozenset({Role.COORDINATOR, Role.SECRETARY}),
    Act.READ_FOLLOW_UPS: frozenset({Role.COORDINATOR, Role.CHAIR, Role.SECRETARY, Role.OFFICIAL}),
    Act.READ_INSIDE_MEMO: frozenset({Role.COORDINATOR, Role.CHAIR, Role.SECRETARY}),
    Act.PUBLISH_MEMO: frozenset({Role.COORDINATOR}),
    Act.LINK_MEASURE: frozenset({Role.COORDINATOR, Role.SECRETARY}),
    Act.IMPORT_PLAN: frozenset({Role.COORDINATOR}),
    Act.READ_OUTBOX: frozenset({Role.COORDINATOR}),
    Act.CHANGE_SETTINGS: frozenset({Role.COORDINATOR}),
}

# These concern the whole municipality: a role at one table is not enough.
WHOLE_MUNICIPALITY = frozenset({Act.IMPORT_PLAN, Act.CHANGE_SETTINGS})


@dataclass(frozen=True)
class Seat:
    """One role of a person; `table_id` None means every table of the municipality."""

    role: Role
    table_id: int | None = None


@dataclass(frozen=True)
class Visitor:
    """Whoever asks for a page: a person who has signed in, or anybody at all."""

    person_id: int | None = None
    name: str = ""
    language: str = "fi"
    seats: frozenset[Seat] = field(default_factory=frozenset)
    session_id: int | None = None

    @property
    def signed_in(self) -> bool:
        """True for a person, False for anybody at all."""
        return self.person_id is not None

    def may(self, act: Act | str, table_id: int | None = None) -> bool:
        """Whether an act is allowed, at one table or (without `table_id`) at any table at all."""
        return may(self, Act(act), table_id)

    def tables(self, act: Act) -> set[int] | None:
        """Tables where the act is allowed; None means every table."""
        seats = [seat for seat in self.seats if seat.role in MAY[act]]
        if any(seat.table_id is None for seat in seats):
            return None
        return {seat.table_id for seat in seats if seat.table_id is not None}


ANYBODY = Visitor()
SYSTEM = Visitor(name="system", seats=frozenset({Seat(Role.COORDINATOR)}))


def may(visitor: Visitor, act: Act, table_id: int | None = None) -> bool:
    """Answer from the table MAY; a seat at table None counts at every table."""
    if act in OPEN_TO_ALL:
        return True
    if act is Act.BE_SIGNED_IN:
        return visitor.signed_in
    seats: Iterable[Seat] = (seat for seat in visitor.seats if seat.role in MAY[act])
    if act in WHOLE_MUNICIPALITY:
        return any(seat.table_id is None for seat in seats)
    return any(table_id is None or seat.table_id in (None, table_id) for seat in seats)


def check_may(visitor: Visitor, act: Act, table_id: int | None = None) -> None:
    """Raise Forbidden when the act is not allowed."""
    if not may(visitor, act, table_id):
        raise Forbidden(N_("Your role does not allow this."))
