"""Messages that came by mail: a topic with its history and a file, and one that waits to be looked at."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from app.domain.incoming import Outcome, Why
from app.domain.topics import Channel, TopicAct, TopicState, title_of
from app.extensions import db, site
from app.models import Attachment, IncomingMail, Topic, TopicStep
from app.services.demo.stage import Stage, moment

HISTORY = (
    "{text}\n\nTerveisin\n{name}\n\nLähetetty puhelimestani\n\n"
    "{day} klo 9.12 Kumppanuuspöytä ({ours}) kirjoitti:\n"
    "> Hei!\n> Kumppanuuspöytä kokoontuu taas. Mistä haluaisit puhua?\n> Voit vastata tähän viestiin."
)
SECOND = "Lisäksi keittiömme Spovsundissa jää remontin alle. Mistä löytyisi toinen tila syksyksi?"
LINES = ("Koulutuspaiva jarjestoille", "1. Some", "2. Laskutus", "3. Vuosi-ilmoitukset")


def write(stage: Stage, topics: Iterable[Topic]) -> int:
    """Keep the message of the newest topic that came by mail and waits to be read, and one without words.

    Returns how many more topics the message was made into.
    """
    made = 0
    by_mail = [one for one in topics if one.channel is Channel.EMAIL and one.state is TopicState.RECEIVED]
    for topic in sorted(by_mail, key=lambda one: one.created_at)[-1:]:
        sent = topic.created_at - timedelta(days=1)
        row = IncomingMail(
            key="demo-topic",
            from_address=topic.contact_email or "",
            from_name=topic.contact_name or "",
            to_address=site().intake or site().sender,
            subject="VS: Mistä puhutaan?",
            text=f"{topic.text}\n\n{SECOND}",
            whole=HISTORY.format(
                text=f"{topic.text}\n\n{SECOND}",
                name=topic.contact_name,
                day=f"{sent.day}.{sent.month}.{sent.year}",
                ours=site().intake or site().sender,
            ),
            language=topic.language,
            outcome=Outcome.TOPIC,
            why=Why.UNVERIFIED,
            table_id=topic.table_id,
            topic_id=topic.id,
            size=6_200,
            received_at=topic.created_at,
        )
        content = one_page(LINES)
        row.attachments = [
            _file(row, "koulutuspäivän ohjelma.pdf", "application/pdf", content),
            _file(row, "kutsu.zip", "application/octet-stream", None),
        ]
        db.session.add(row)
        made += _split(stage, topic)
        _more(stage, topic, row)
    held = IncomingMail(
        key="demo-held",
        from_address="eero@vaarakangas.example",
        from_name="Eero Vaara",
        to_address=site().intake or site().sender,
        subject="Kuva rummusta",
        outcome=Outcome.HELD,
        why=Why.EMPTY,
        table_id=stage.tables["tuohikorpi"].id,
        size=2_900_000,
        received_at=moment(stage.today - timedelta(days=1), 17 * 60 + 40),
    )
    held.attachments = [_file(held, "rumpu.pdf", "application/pdf", one_page(("Rumpu on tukossa.",)))]
    db.session.add(held)
    db.session.flush()
    return made


def _split(stage: Stage, topic: Topic) -> int:
    """Make the second matter of the message a topic of its own, some hours after it came."""
    at = topic.created_at + timedelta(hours=3)
    running = db.session.scalar(select(func.max(Topic.running)).where(Topic.year == topic.year)) or 0
    other = Topic(
        year=topic.year,
        running=running + 1,
        token=secrets.token_urlsafe(18),
        table_id=topic.table_id,
        state=TopicState.RECEIVED,
        title=title_of(SECOND),
        text=SECOND,
        language=topic.language,
        organisation_id=topic.organisation_id,
        channel=topic.channel,
        contact_name=topic.contact_name,
        contact_email=topic.contact_email,
        split_from_id=topic.id,
        created_at=topic.created_at,
        changed_at=topic.created_at,
    )
    db.session.add(other)
    db.session.flush()
    who = stage.people["riikka"].id
    words = f"{topic.text}\n\n{SECOND}"
    topic.steps.append(TopicStep(act=TopicAct.SPLIT, words=words, person_id=who, at=at))
    log = {"before": topic.state, "after": topic.state}
    stage.log(at, "riikka", "topic.split", "topic", topic.id, **log)
    stage.log(at, "riikka", "topic.split_into", "topic", topic.id, topics=str(other.id))
    stage.log(at, "riikka", "topic.propose", "topic", other.id, channel=other.channel)
    return 1


def _more(stage: Stage, topic: Topic, first: IncomingMail) -> None:
    """Let the proposer write more on the next day; the coordinator has not read it yet."""
    words = "Unohdin kertoa: meitä olisi tulossa ainakin kaksitoista."
    at = topic.created_at + timedelta(days=1)
    row = IncomingMail(
        key="demo-more",
        from_address=first.from_address,
        from_name=first.from_name,
        to_address=first.to_address,
        subject="VS: Aiheesi on tullut perille",
        text=words,
        whole=f"{words}\n\nTerveisin\n{first.from_name}",
        language=topic.language,
        outcome=Outcome.REPLY,
        why=Why.VERIFIED,
        table_id=topic.table_id,
        topic_id=topic.id,
        size=1_900,
        received_at=at,
    )
    db.session.add(row)
    db.session.flush()
    topic.steps.append(TopicStep(act=TopicAct.WRITE, words=words, incoming_mail_id=row.id, at=at))
    topic.changed_at = topic.unread_at = at
    stage.log(at, None, "topic.write", "topic", topic.id, before=topic.state, after=topic.state)


def _file(mail: IncomingMail, name: str, kind: str, content: bytes | None) -> Attachment:
    return Attachment(
        topic_id=mail.topic_id,
        name=name,
        content_type=kind,
        size=len(content) if content else 48_000,
        content=content,
        refused=None if content else "type",
        created_at=mail.received_at,
    )


def one_page(lines: Iterable[str]) -> bytes:
    """Return a PDF of one page with some lines of plain letters (ISO 32000-1, 7.5)."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 18 Tf 24 TL 72 770 Td {shown} ET"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{made.rindex('xref')}\n%%EOF\n"
    return made.encode("ascii")
