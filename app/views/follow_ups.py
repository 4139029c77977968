"""Follow-ups: written down at the table, listed for those who look after them, told of until they end."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid, Stale
from app.domain.follow_ups import STATE_WORDS, FollowUpState
from app.domain.permissions import Act
from app.forms.follow_ups import FilterForm, FollowUpForm, ReportForm
from app.forms.live import whole_number
from app.models import FollowUp
from app.services import agreeing, evening, follow_up_lists, follow_ups, plans
from app.services.follow_up_lists import SHOWN, Wish
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("follow_ups", __name__)


@bp.app_template_filter()
def follow_up_word(state: FollowUpState) -> str:
    """Return the state of a follow-up in a word."""
    return str(gettext(STATE_WORDS[state]))


@bp.get("/follow-ups")
@entry(Act.READ_FOLLOW_UPS)
def index() -> ResponseReturnValue:
    """The follow-ups of the visitor's tables."""
    form = FilterForm(request.args)
    form.table.offer(follow_up_lists.tables_of(visitor(), language()), none=gettext("All tables"))
    form.owner.offer(follow_up_lists.owners_of(visitor(), language()), none=gettext("Everybody"))
    form.state.choices = _state_choices()
    if form.state.data not in SHOWN:
        form.state.data = SHOWN[0]
    wish = Wish(
        str(form.state.data),
        form.table.picked(),
        form.owner.picked(),
        whole_number(request.args.get("page", "1")),
    )
    return show("follow_ups/index.html", form=form, wish=wish, listed=follow_up_lists.listed(visitor(), wish))


def _state_choices() -> list[tuple[str, str]]:
    own = [(state.value, gettext(word)) for state, word in STATE_WORDS.items()]
    first = [(follow_up_lists.OPEN, gettext("Open ones")), (follow_up_lists.LATE, gettext("Late ones"))]
    return [*first, *own, (follow_up_lists.ALL, gettext("All"))]


@bp.route("/follow-ups/<id:follow_up_id>", methods=["GET", "POST"])
@entry(Act.READ_FOLLOW_UPS)
def one(follow_up_id: int) -> ResponseReturnValue:
    """One follow-up, and how it goes."""
    row = follow_ups.get(visitor(), follow_up_id)
    form = ReportForm(state=row.state.value, outcome=row.outcome, revision=row.revision)
    status = None
    if form.validate_on_submit():
        try:
            state = FollowUpState(form.state.data)
            follow_ups.report(visitor(), follow_up_id, state, form.outcome.data or "", form.seen())
        except Invalid as error:
            form.take(error)
        except Stale as error:
            form.take(error)
            status = 409
        else:
            return done(".one", gettext("The follow-up is saved."), follow_up_id=follow_up_id)
    row = follow_ups.get(visitor(), follow_up_id)
    if status:
        form.revision.data = row.revision
    return show(
        "follow_ups/follow_up.html",
        form=form,
        status=status,
        row=row,
        may_report=follow_ups.may_report(visitor(), row),
        may_manage=follow_ups.may_manage(visitor(), row),
        late=follow_ups.late(row),
    )


@bp.route("/follow-ups/<id:follow_up_id>/edit", methods=["GET", "POST"])
@entry(Act.ADD_FOLLOW_UP)
def edit(follow_up_id: int) -> ResponseReturnValue:
    """Change what was agreed: who, by when, and which measures."""
    row = follow_ups.get_to_manage(visitor(), follow_up_id)
    form = FollowUpForm(
        text=row.text,
        organisation=row.owner_organisation_id,
        person=row.owner_person_id,
        due_on=row.due_on,
        measures=[one.id for one in row.measures],
        revision=row.revision,
    )
    _offer(form, row.meeting.table_id, row)
    status = None
    if form.validate_on_submit():
        try:
            follow_ups.change(visitor(), follow_up_id, form.agreed(), form.seen())
        except Invalid as error:
            form.take(error)
        except Stale as error:
            form.take(error)
            status = 409
        else:
            return _after_edit(follow_up_id)
    row = follow_ups.get_to_manage(visitor(), follow_up_id)
    if status:
        form.revision.data = row.revision
    return show("follow_ups/edit.html", form=form, status=status, row=row)


def _after_edit(follow_up_id: int) -> ResponseReturnValue:
    row = follow_ups.get(visitor(), follow_up_id)
    sentence = gettext("The follow-up is saved.")
    if row.meeting.memo_published_at is None and row.agenda_item_id:
        return done(
            "live.item",
            sentence,
            meeting_id=row.meeting_id,
            item_id=row.agenda_item_id,
            anchor="follow-ups",
        )
    return done(".one", sentence, follow_up_id=follow_up_id)


@bp.route("/meetings/<id:meeting_id>/live/<id:item_id>/follow-up", methods=["GET", "POST"])
@entry(Act.ADD_FOLLOW_UP)
def add(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Write down what was agreed on an item."""
    here = evening.evening(visitor(), meeting_id, language())
    item = here.items[here.place_of(item_id)]
    form = FollowUpForm()
    _offer(form, here.table_id, None)
    if form.validate_on_submit():
        try:
            follow_ups.add(visitor(), meeting_id, item_id, form.agreed(), form.key())
        except Invalid as error:
            form.take(error)
        else:
            sentence = gettext("The follow-up is saved.")
            return done("live.item", sentence, meeting_id=meeting_id, item_id=item_id, anchor="follow-ups")
    return show("follow_ups/add.html", form=form, evening=here, item=item)


@bp.post("/meetings/<id:meeting_id>/live/<id:item_id>/follow-up/<id:follow_up_id>/remove")
@entry(Act.ADD_FOLLOW_UP)
def remove(meeting_id: int, item_id: int, follow_up_id: int) -> ResponseReturnValue:
    """Take away a follow-up that was written down by mistake."""
    follow_ups.remove(visitor(), meeting_id, item_id, follow_up_id)
    sentence = gettext("The follow-up is removed.")
    return done("live.item", sentence, meeting_id=meeting_id, item_id=item_id, anchor="follow-ups")


def _offer(form: FollowUpForm, table_id: int, row: FollowUp | None) -> None:
    form.organisation.offer(
        *agreeing.organisations(language(), keep=row.owner_organisation_id if row else None),
        none=gettext("Choose"),
    )
    form.person.offer(
        agreeing.people(table_id, keep=row.owner_person_id if row else None),
        none=gettext("No one person"),
    )
    form.measures.offer(plans.measure_choices())
