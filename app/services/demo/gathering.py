"""Puts the municipality in place: organisations, tables, people with their roles, and the plan."""

from datetime import timedelta

from app.extensions import db
from app.models import Measure, Municipality, Organisation, PartnershipTable, Person, PersonRole
from app.services.demo.people import PEOPLE
from app.services.demo.places import BODIES, MUNICIPALITY, TABLES
from app.services.demo.plan import key_of, welfare_plan
from app.services.demo.stage import Stage
from app.services.plan_rows import rows_of

BEGAN = 760  # days ago


def gather(stage: Stage) -> None:
    """Store everything that meetings and topics stand on."""
    db.session.add(Municipality(id=1, demo=True, **MUNICIPALITY))
    _organisations(stage)
    _tables(stage)
    _people(stage)
    _plan(stage)


def _organisations(stage: Stage) -> None:
    for key, body in BODIES.items():
        stage.bodies[key] = Organisation(
            kind=body.kind, name=body.name, name_sv=body.name_sv, email=body.email
        )
    for key, body in BODIES.items():
        stage.bodies[key].parent = stage.bodies[body.parent] if body.parent else None
    db.session.add_all(stage.bodies.values())
    db.session.flush()


def _tables(stage: Stage) -> None:
    for key, table in TABLES.items():
        stage.tables[key] = PartnershipTable(
            slug=key,
            name=table.name,
            name_sv=table.name_sv,
            kind=table.kind,
            minutes=90,
            meetings_a_year=table.meetings_a_year,
            area=table.area,
            description=table.description,
            place=table.place,
            languages=table.languages,
            organisations=[stage.bodies[body] for body in table.bodies],
        )
    db.session.add_all(stage.tables.values())
    db.session.flush()


def _people(stage: Stage) -> None:
    began = stage.at_office(stage.today - timedelta(days=BEGAN))
    for key, known in PEOPLE.items():
        stage.people[key] = Person(
            name=known.name,
            title=known.title,
            email=known.email,
            phone=known.phone,
            language=known.language,
            organisation=stage.bodies[known.body],
            deactivated_at=began + timedelta(days=300) if known.left else None,
            roles=[
                PersonRole(role=role, table=stage.tables[table] if table else None)
                for role, table in known.roles
            ],
        )
    db.session.add_all(stage.people.values())
    db.session.flush()
    for key, known in PEOPLE.items():
        row = stage.people[key]
        stage.log(began, "riikka", "person.add", "person", row.id)
        for held in row.roles:
            stage.log(
                began, "riikka", "person.give_role", "person", row.id, role=held.role, table=held.table_id
            )
        if known.left and row.deactivated_at:
            stage.log(row.deactivated_at, "riikka", "person.deactivate", "person", row.id)


def _plan(stage: Stage) -> None:
    plan = rows_of(welfare_plan(stage.today), "hyvinvointisuunnitelma.docx")
    plan.imported_at = stage.at_office(stage.today - timedelta(days=BEGAN - 5))
    db.session.add(plan)
    db.session.flush()
    keys = key_of()
    measures: list[Measure] = [
        measure for area in plan.focus_areas for goal in area.objectives for measure in goal.measures
    ]
    stage.measures = {keys[measure.text]: measure for measure in measures}
    stage.log(plan.imported_at, "riikka", "plan.import", "plan", plan.id, measures=len(measures))
