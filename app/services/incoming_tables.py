"""Whether the table of a topic that came by mail is a guess, for nobody and nothing named it."""

from sqlalchemy import exists, or_, select

from app.domain.topics import Channel, TopicState
from app.extensions import db, site
from app.models import IncomingMail, Organisation, PartnershipTable, Person, Topic


def table_is_guess(topic: Topic, mail: IncomingMail) -> bool:
    """Whether a new topic went to the first table only because its message told nothing of another.

    Where there is one table there is nothing to guess; a topic that has an organisation, or that somebody
    took to another table, has been looked at.
    """
    new = topic.channel is Channel.EMAIL and topic.state is TopicState.RECEIVED
    if not new or topic.organisation_id is not None or site().behind_separator(mail.to_address):
        return False
    live = select(PartnershipTable.id).where(PartnershipTable.archived_at.is_(None))
    tables = list(db.session.scalars(live.order_by(PartnershipTable.id).limit(2)))
    if len(tables) < 2 or tables[0] != topic.table_id:
        return False
    known = or_(
        exists().where(Person.email == mail.from_address),
        exists().where(Organisation.email == mail.from_address),
    )
    return not db.session.scalar(select(known))
