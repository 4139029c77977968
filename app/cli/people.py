"""Commands about people: the first coordinator of an installation, and a sign-in link by hand."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.cli.answers import HouseCommand
from app.domain.errors import NotFound
from app.domain.permissions import SYSTEM, Role
from app.extensions import db, site
from app.mail.messages import address
from app.models import PartnershipTable
from app.services import people, sign_in_links
from app.services.people import PersonFacts


@click.command("sign-in-link", cls=HouseCommand)
@click.argument("email")
@with_appcontext
def sign_in_link(email: str) -> None:
    """Print a link that signs the person with this address in, once."""
    link = sign_in_links.make_link(address(email))
    if link is None:
        raise NotFound("Nobody who may sign in has the address %(email)s.", email=email)
    click.echo(site().sign_in(link.secret))


@click.command("add-person", cls=HouseCommand)
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What she is.")
@click.option("--table", "slug", help="At this table only; without it at every table.")
@with_appcontext
def add_person(email: str, name: str, role: str, slug: str | None) -> None:
    """Add a person with a role; one who is known already gets the role."""
    person_id, new = people.add_with_role(
        SYSTEM, PersonFacts(name=name, email=email), Role(role), _table(slug)
    )
    at = f"at the table {slug}" if slug else "at every table"
    click.echo(f"{'Added' if new else 'Known already:'} person {person_id}: {role} {at}.")


def _table(slug: str | None) -> int | None:
    if slug is None:
        return None
    found = db.session.scalar(select(PartnershipTable.id).where(PartnershipTable.slug == slug))
    if found is None:
        raise NotFound("There is no table %(slug)s.", slug=slug)
    return found
