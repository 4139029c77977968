"""The welfare plan as residents read it, and its import from the municipality's document."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid, Refused
from app.domain.permissions import Act
from app.domain.plans import counts
from app.forms.plans import ImportPlanForm, StorePlanForm
from app.forms.sealed_plans import seal, unseal
from app.importers.reading import Reading
from app.services import measures, plans
from app.views.access import entry, visitor
from app.views.answers import done, say, show

bp = Blueprint("plans", __name__)


@bp.get("/plans")
@entry(Act.SEE_PUBLIC)
def current() -> ResponseReturnValue:
    """Lead to the plan that is in force, or say that there is none yet."""
    plan_id = plans.current_plan_id()
    if plan_id is None:
        return show("plans/none.html")
    return redirect(url_for("plans.show_plan", plan_id=plan_id), 302)


@bp.get("/plans/all")
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Show every plan that has been imported."""
    return show("plans/all.html", listed=plans.all_plans())


@bp.get("/plans/<id:plan_id>")
@entry(Act.SEE_PUBLIC)
def show_plan(plan_id: int) -> ResponseReturnValue:
    """Show one plan: focus areas, objectives, measures, and how much came to each from the tables."""
    plan = plans.get_plan(plan_id)
    return show("plans/plan.html", plan=plan, tallies=measures.tallies(visitor(), plan_id))


@bp.route("/plans/import", methods=["GET", "POST"])
@entry(Act.IMPORT_PLAN)
def import_plan() -> ResponseReturnValue:
    """Read a file or a paste and show what was found; nothing is stored yet."""
    form = ImportPlanForm()
    if form.validate_on_submit():
        try:
            return _preview(_read(form), form.source_name())
        except (Invalid, Refused) as error:
            form.take(error)
    return show("plans/import.html", form=form)


def _read(form: ImportPlanForm) -> Reading:
    if form.file.data is None:
        return plans.read_paste(visitor(), form.text.data, **form.said())
    return plans.read_document(visitor(), form.source_name() or "", form.file.data.read(), **form.said())


def _preview(reading: Reading, source_name: str | None) -> ResponseReturnValue:
    form = StorePlanForm(formdata=None)
    form.sealed.data = seal(reading.plan, source_name, visitor().person_id)
    return show(
        "plans/preview.html",
        form=form,
        plan=reading.plan,
        counts=counts(reading.plan),
        problems=[(one, gettext(one.message, **one.values)) for one in reading.problems],
        obstacles=[say(one) for one in plans.obstacles(reading.plan)],
    )


@bp.route("/plans/import/store", methods=["GET", "POST"])
@entry(Act.IMPORT_PLAN)
def store() -> ResponseReturnValue:
    """Store the plan whose preview was accepted."""
    form = StorePlanForm()
    if not form.validate_on_submit():
        return redirect(url_for("plans.import_plan"), 303)
    plan, source_name = unseal(form.sealed.data or "", visitor().person_id)
    plan_id = plans.store(visitor(), plan, source_name, form.key())
    return done(
        "plans.show_plan", gettext("The plan is imported, and everybody can read it."), plan_id=plan_id
    )
