"""The settings: the municipality, its tables, the organisations, and the people with their roles."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid, Stale
from app.domain.organisations import KIND_WORDS as ORGANISATION_WORDS
from app.domain.organisations import OrganisationKind
from app.domain.permissions import Act
from app.domain.reminders import DEFAULT as DEFAULT_REMINDERS
from app.domain.tables import DEFAULT_MINUTES, MEETINGS_A_YEAR, TableKind
from app.domain.tables import KIND_WORDS as TABLE_WORDS
from app.forms.settings import (
    MunicipalityForm,
    OrganisationForm,
    PersonForm,
    RoleForm,
    SeenForm,
    TableForm,
)
from app.models import Organisation
from app.services import organisations, people, settings
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language
from app.views.roles import role_in_words

bp = Blueprint("settings", __name__)


def _saved(form: SeenForm, save: Callable[[], object], mark: Callable[[], str] | None = None) -> bool:
    """Check the form and do the act; a refusal is shown at its field, with the mark of what is stored now."""
    if not form.validate_on_submit():
        return False
    try:
        save()
    except Stale as error:
        form.take(error)
        form.seen.data = mark() if mark else None
    except Invalid as error:
        form.take(error)
    else:
        return True
    return False


@bp.get("/settings")
@entry(Act.CHANGE_SETTINGS)
def index() -> ResponseReturnValue:
    """Lead to the parts of the settings."""
    return show("settings/index.html")


@bp.route("/settings/municipality", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def municipality() -> ResponseReturnValue:
    """Change the municipality."""
    row = settings.municipality()
    form = MunicipalityForm.of(row, settings.municipality_mark(row))
    if _saved(
        form,
        lambda: settings.change_municipality(visitor(), form.facts(), form.saw()),
        lambda: settings.municipality_mark(settings.municipality()),
    ):
        return done("settings.index", gettext("The municipality is saved."))
    return show("settings/municipality.html", form=form)


@bp.get("/settings/tables")
@entry(Act.CHANGE_SETTINGS)
def tables() -> ResponseReturnValue:
    """List the tables."""
    return show("settings/tables.html", tables=settings.tables(), kind_words=TABLE_WORDS)


@bp.route("/settings/tables/add", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def add_table() -> ResponseReturnValue:
    """Open a table."""
    kind = TableKind.LOCAL
    form = TableForm(
        kind=kind.value,
        minutes=DEFAULT_MINUTES,
        meetings_a_year=MEETINGS_A_YEAR[kind],
        languages=["fi"],
        reminders=DEFAULT_REMINDERS,
    )
    form.offer(organisations.in_use(), language())
    if _saved(form, lambda: settings.add_table(visitor(), form.facts(), form.key())):
        return done("settings.tables", gettext("The table is added."))
    return show("settings/table.html", form=form, table=None)


@bp.route("/settings/tables/<id:table_id>", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def table(table_id: int) -> ResponseReturnValue:
    """Change a table."""
    row = settings.get_table(table_id)
    form = TableForm.of(row, settings.table_mark(row))
    members = {one.id for one in row.organisations}
    offered = [
        one for one in organisations.all_organisations() if one.archived_at is None or one.id in members
    ]
    form.offer(offered, language())
    if _saved(
        form,
        lambda: settings.change_table(visitor(), table_id, form.facts(), form.saw()),
        lambda: settings.table_mark(settings.get_table(table_id)),
    ):
        return done("settings.tables", gettext("The table is saved."))
    return show("settings/table.html", form=form, table=settings.get_table(table_id))


@bp.get("/settings/organisations")
@entry(Act.CHANGE_SETTINGS)
def organisation_list() -> ResponseReturnValue:
    """List the organisations."""
    rows = organisations.all_organisations()
    return show("settings/organisations.html", rows=rows, kind_words=ORGANISATION_WORDS)


def _villages(of: Organisation | None = None) -> list[Organisation]:
    """Return the villages that an organisation can belong to; its own stays, also when it is archived."""
    own, parent = (of.id, of.parent_id) if of else (None, None)
    return [
        one
        for one in organisations.all_organisations()
        if one.kind is OrganisationKind.VILLAGE
        and one.id != own
        and (one.archived_at is None or one.id == parent)
    ]


@bp.route("/settings/organisations/add", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def add_organisation() -> ResponseReturnValue:
    """Add an organisation."""
    form = OrganisationForm()
    form.offer(_villages(), language())
    if _saved(form, lambda: organisations.add_organisation(visitor(), form.facts(), form.key())):
        return done("settings.organisation_list", gettext("The organisation is added."))
    return show("settings/organisation.html", form=form, organisation=None)


@bp.route("/settings/organisations/<id:organisation_id>", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def organisation(organisation_id: int) -> ResponseReturnValue:
    """Change an organisation."""
    row = organisations.get_organisation(organisation_id)
    form = OrganisationForm.of(row, organisations.organisation_mark(row))
    form.offer(_villages(row), language())
    if _saved(
        form,
        lambda: organisations.change_organisation(visitor(), organisation_id, form.facts(), form.saw()),
        lambda: organisations.organisation_mark(organisations.get_organisation(organisation_id)),
    ):
        return done("settings.organisation_list", gettext("The organisation is saved."))
    row = organisations.get_organisation(organisation_id)
    return show("settings/organisation.html", form=form, organisation=row)


@bp.post("/settings/organisations/<id:organisation_id>/archive")
@entry(Act.CHANGE_SETTINGS)
def archive(organisation_id: int) -> ResponseReturnValue:
    """Take an organisation out of the lists."""
    organisations.archive(visitor(), organisation_id)
    return done("settings.organisation_list", gettext("The organisation is no longer in the lists."))


@bp.post("/settings/organisations/<id:organisation_id>/restore")
@entry(Act.CHANGE_SETTINGS)
def restore(organisation_id: int) -> ResponseReturnValue:
    """Put an organisation back into the lists."""
    organisations.archive(visitor(), organisation_id, archived=False)
    return done("settings.organisation_list", gettext("The organisation is in the lists again."))


@bp.get("/settings/people")
@entry(Act.CHANGE_SETTINGS)
def people_list() -> ResponseReturnValue:
    """List the people with their roles."""
    rows = [(one, [role_in_words(role, language()) for role in one.roles]) for one in people.all_people()]
    return show("settings/people.html", rows=rows)


@bp.route("/settings/people/add", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def add_person() -> ResponseReturnValue:
    """Add a person; the roles come next."""
    form = PersonForm()
    form.offer(organisations.in_use(), language())
    added: list[int] = []
    if _saved(form, lambda: added.append(people.add_person(visitor(), form.facts(), form.key()))):
        return done(
            "settings.roles", gettext("The person is added. Now choose the role."), person_id=added[0]
        )
    return show("settings/person.html", form=form, person=None)


@bp.route("/settings/people/<id:person_id>", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def person(person_id: int) -> ResponseReturnValue:
    """Change what is kept of a person."""
    row = people.get_person(person_id)
    form = PersonForm.of(row, people.seen_mark(row))
    offered = organisations.all_organisations()
    form.offer([one for one in offered if not one.archived_at or one.id == row.organisation_id], language())
    if _saved(
        form,
        lambda: people.change_person(visitor(), person_id, form.facts(), form.saw()),
        lambda: people.seen_mark(people.get_person(person_id)),
    ):
        return done("settings.people_list", gettext("The person is saved."))
    return show("settings/person.html", form=form, person=people.get_person(person_id))


@bp.route("/settings/people/<id:person_id>/roles", methods=["GET", "POST"])
@entry(Act.CHANGE_SETTINGS)
def roles(person_id: int) -> ResponseReturnValue:
    """Give a person a role, and show those that she has."""
    form = RoleForm()
    form.offer(settings.tables(), language())
    if form.validate_on_submit():
        people.give_role(visitor(), person_id, *form.chosen())
        return done("settings.roles", gettext("The role is given."), person_id=person_id)
    row = people.get_person(person_id)
    held = [(role.id, role_in_words(role, language())) for role in row.roles]
    return show("settings/roles.html", form=form, person=row, held=held)


@bp.post("/settings/people/<id:person_id>/roles/<id:role_id>/take")
@entry(Act.CHANGE_SETTINGS)
def take_role(person_id: int, role_id: int) -> ResponseReturnValue:
    """Take a role away."""
    people.take_role(visitor(), person_id, role_id)
    return done("settings.roles", gettext("The role is taken away."), person_id=person_id)


@bp.post("/settings/people/<id:person_id>/deactivate")
@entry(Act.CHANGE_SETTINGS)
def deactivate(person_id: int) -> ResponseReturnValue:
    """Let a person no longer sign in."""
    people.deactivate(visitor(), person_id)
    return done("settings.people_list", gettext("The person can no longer sign in."))


@bp.post("/settings/people/<id:person_id>/let-in")
@entry(Act.CHANGE_SETTINGS)
def let_in(person_id: int) -> ResponseReturnValue:
    """Let a person sign in again."""
    people.let_in_again(visitor(), person_id)
    return done("settings.people_list", gettext("The person can sign in again."))
