"""Messages that came by mail: a topic with its history and a file, and one that waits to be looked at."""

from collections.abc import Iterable
from datetime import timedelta

from app.domain.incoming import Outcome, Why
from app.domain.topics import Channel, TopicState
from app.extensions import db, site
from app.models import Attachment, IncomingMail, Topic
from app.services.demo.stage import Stage, moment

HISTORY = (
    "{text}\n\nTerveisin\n{name}\n\nLähetetty puhelimestani\n\n"
    "{day} klo 9.12 Kumppanuuspöytä ({ours}) kirjoitti:\n"
    "> Hei!\n> Kumppanuuspöytä kokoontuu taas. Mistä haluaisit puhua?\n> Voit vastata tähän viestiin."
)
LINES = ("Koulutuspaiva jarjestoille", "1. Some", "2. Laskutus", "3. Vuosi-ilmoitukset")


def write(stage: Stage, topics: Iterable[Topic]) -> None:
    """Keep the message of the newest topic that came by mail and waits to be read, and one without words."""
    by_mail = [one for one in topics if one.channel is Channel.EMAIL and one.state is TopicState.RECEIVED]
    for topic in sorted(by_mail, key=lambda one: one.created_at)[-1:]:
        sent = topic.created_at - timedelta(days=1)
        row = IncomingMail(
            key="demo-topic",
            from_address=topic.contact_email or "",
            from_name=topic.contact_name or "",
            to_address=site().intake or site().sender,
            subject="VS: Mistä puhutaan?",
            text=topic.text,
            whole=HISTORY.format(
                text=topic.text,
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
