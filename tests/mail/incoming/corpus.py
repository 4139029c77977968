"""Five hundred messages, the same in every run: people, machines, forgeries and broken ones.

For each: what it is (`nature`) and what receiving makes of it (`outcome`), when the table takes mail in at
BOX and the messages come in this order, in hours of their own (AN_HOUR of them within one). One that is
`again` was sent before: it makes nothing new.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr

from app.domain.incoming import Outcome
from app.mail.incoming import Nature
from tests.mail.incoming.files import JPEG, PDF, REFUSED, TAKEN
from tests.mail.incoming.layouts import NEW, layouts

BOX = "poyta@kunta.example"
OWN_DOMAIN = "kunta.example"
OWN_ID = f"<{'0123456789abcdef' * 2}@{OWN_DOMAIN}>"
OFFICIAL = "pekka.niemi@lehmijarvi.example"  # whom anybody can claim to be
MANY = 500

MATTERS = (
    ("fi", "Tievalot puuttuvat", "Hei! Näätävaaran tiellä ei ole valoja, ja lapset kävelevät pimeässä."),
    ("sv", "Båtbryggan", "Hej! Bryggan på Björkö är rasig och håller inte för barnen längre."),
    ("en", "A bus on Saturdays", "Hello! There is no bus to our village on Saturdays. Could there be one?"),
)


@dataclass(frozen=True)
class Sample:
    """One message and what is right for it; `text` is what must be among its new words."""

    name: str
    make: Callable[[], bytes]
    nature: Nature = Nature.PERSON
    outcome: Outcome = Outcome.TOPIC
    text: str = ""
    damaged: bool = False
    again: bool = False

    @property
    def raw(self) -> bytes:
        """The message as it comes; the large ones are made when they are asked for."""
        return self.make()


def _head(number: int, subject: str, **fields: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = formataddr(("Kyläläinen Ärölä", f"kylalainen{number}@kyla{number % 7}.example"))
    mail["To"], mail["Subject"] = BOX, subject
    mail["Date"], mail["Message-ID"] = "Sun, 14 Feb 2027 09:12:00 +0200", f"<m{number}@kyla.example>"
    for name, value in fields.items():
        field = name.replace("_", "-")
        del mail[field]
        mail[field] = value
    return mail


def _built(number: int, subject: str, text: str, **fields: str) -> Callable[[], bytes]:
    def make() -> bytes:
        mail = _head(number, subject, **fields)
        mail.set_content(text)
        return mail.as_bytes()

    return make


def raw_message(number: int, body: bytes, *fields: str, subject: str = "Asia") -> bytes:
    """Return a message whose body and more fields stand as they are given, right or wrong."""
    head = [f"From: kylalainen{number}@kyla.example", f"To: {BOX}", f"Subject: {subject}"]
    head += [f"Message-ID: <m{number}@kyla.example>", *fields]
    return "\r\n".join([*head, "", ""]).encode() + body


def _plain(first: int) -> Iterator[Sample]:
    for at in range(60):
        language, subject, text = MATTERS[at % 3]
        yield Sample(f"plain {language} {at}", _built(first + at, subject, text), text=text)


def _charsets(first: int) -> Iterator[Sample]:
    wrong = [
        "",
        "us-ascii",
        "iso-8859-1",
        "iso-8859-15",
        "windows-1252",
        "utf-8",
        "unknown-8bit",
        "x-fantasia",
    ]
    cases = [(real, label) for real in ("utf-8", "cp1252") for label in wrong] + [("latin-1", "iso-8859-1")]
    for at in range(70):
        real, label = cases[at % len(cases)]
        text = MATTERS[at % 2][2] + " Määrä: 1 – 2."
        text = text if real != "latin-1" else text.replace("–", "-")
        field = f"Content-Type: text/plain; charset={label}" if label else "Content-Type: text/plain"
        raw = raw_message(first + at, text.encode(real), field, "Content-Transfer-Encoding: 8bit")
        yield Sample(f"{real} labelled {label or 'nothing'} {at}", lambda raw=raw: raw, text=text)


def _laid_out(first: int) -> Iterator[Sample]:
    for at in range(54):
        layout = layouts()[at % len(layouts())]

        def make(number: int = first + at, plain: str = layout.plain, html: str = layout.html) -> bytes:
            mail = _head(number, "VS: Kokous")
            mail.set_content(plain or html, subtype="plain" if plain else "html")
            if plain and html:
                mail.add_alternative(html, subtype="html")
                mail.set_boundary(f"b{number}")
            return mail.as_bytes()

        text = NEW[layout.language].split("! ")[1]
        yield Sample(f"{layout.program} {layout.language} {at}", make, text=text)


def _with_files(first: int) -> Iterator[Sample]:
    files = [*TAKEN.items(), *REFUSED.items(), ("iso.pdf", PDF + bytes(6_000_000))]
    for at, (name, content) in enumerate(files):

        def make(number: int = first + at, name: str = name, content: bytes = content) -> bytes:
            mail = _head(number, "Liite")
            mail.set_content(MATTERS[0][2])
            kind = ("application", "ms-tnef") if name == "winmail.dat" else ("application", "octet-stream")
            mail.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
            mail.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="kuva.jpg")
            mail.set_boundary(f"b{number}")
            return mail.as_bytes()

        yield Sample(f"with {name}", make, text=MATTERS[0][2])


MACHINES = (
    ("auto-replied", {"Auto_Submitted": "auto-replied"}),
    ("auto-generated", {"Auto_Submitted": "auto-generated; type=x"}),
    ("bulk", {"Precedence": "bulk"}),
    ("junk", {"Precedence": "junk"}),
    ("auto_reply", {"Precedence": "auto_reply"}),
    ("autoreply", {"X_Autoreply": "yes"}),
    ("autorespond", {"X_Autorespond": "Poissa"}),
    ("absent", {"Subject": "Automaattinen vastaus: Kokous", "X_Auto_Response_Suppress": "All"}),
    ("absent sv", {"Subject": "Autosvar: Möte", "X_Auto_Response_Suppress": "All"}),
    ("absent en", {"Subject": "Automatic reply: Meeting", "Return_Path": "<>"}),
)
LISTS = (
    {"List_Id": "<kylat.lista.example>"},
    {"List_Unsubscribe": "<mailto:pois@lista.example>", "Precedence": "bulk"},
    {"Precedence": "list"},
    {"List_Post": "<mailto:kylat@lista.example>"},
)
LOOPS = (
    {"Message_ID": OWN_ID},
    {"Message_ID": OWN_ID.upper().replace("ABCDEF", "abcdef").replace(OWN_DOMAIN.upper(), OWN_DOMAIN)},
    {"From": BOX},
    {"From": f"Kumppanuuspöytä <{BOX.upper()}>"},
)


def _machines(first: int) -> Iterator[Sample]:
    for at in range(60):
        name, fields = MACHINES[at % len(MACHINES)]
        make = _built(first + at, fields.get("Subject", "Kokous"), "Olen lomalla.", **fields)
        yield Sample(f"machine {name} {at}", make, Nature.AUTO_REPLY, Outcome.SET_ASIDE)
    for at in range(40):
        make = _built(first + 60 + at, "Uutiskirje", "Kylien kuulumisia.", **LISTS[at % len(LISTS)])
        yield Sample(f"list {at}", make, Nature.LIST, Outcome.SET_ASIDE)
    for at in range(40):
        make = _built(first + 100 + at, "Aiheesi", "Kiitos aiheestasi.", **LOOPS[at % len(LOOPS)])
        yield Sample(f"loop {at}", make, Nature.LOOP, Outcome.SET_ASIDE)


def _bounces(first: int) -> Iterator[Sample]:
    report = (
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; eeva@kyla.example\r\nAction: {}\r\n"
        "Status: {}\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"From: {BOX}\r\nMessage-ID: {OWN_ID}\r\nSubject: Kutsu\r\n\r\nTervetuloa\r\n--b--\r\n"
    )
    for at in range(50):
        kind = at % 3
        if kind < 2:
            action, status = (("failed", "5.1.1"), ("delayed", "4.4.1"))[kind]
            body = report.format(action, status).encode()
            field = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"
        else:
            body = f"<eeva@kyla.example>:\r\n550 5.1.1 unknown\r\n\r\nMessage-ID: {OWN_ID}\r\n".encode()
            field = "Return-Path: <>"
        raw = raw_message(first + at, body, field, subject="Undelivered Mail Returned to Sender")
        raw = raw.replace(f"From: kylalainen{first + at}@".encode(), b"From: MAILER-DAEMON@", 1)
        yield Sample(f"bounce {at}", lambda raw=raw: raw, Nature.BOUNCE, Outcome.BOUNCE)


def _forged(first: int) -> Iterator[Sample]:
    forms = (OFFICIAL, f'"{OFFICIAL}" <vieras@paha.example>', f"Maria Sund <{OFFICIAL}>")
    for at in range(30):
        make = _built(first + at, "Muuta muistio", f"Julkaise muistio heti, {at}.", From=forms[at % 3])
        yield Sample(f"forged {at}", make, text="Julkaise muistio heti")


def _broken(first: int) -> Iterator[Sample]:
    text = MATTERS[0][2].encode()
    mixed = "Content-Type: multipart/mixed; boundary=b"
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(200)
    )
    held = {"damaged": True, "outcome": Outcome.HELD}
    empty = {"outcome": Outcome.HELD}  # nothing of it can be read: a person looks
    cases: list[tuple[str, Callable[[int], bytes], dict[str, object]]] = [
        ("200 deep", lambda n: raw_message(n, nested + b"--b200\r\n\r\n" + text, mixed + "0"), empty),
        ("900 deep", lambda n: raw_message(n, nested * 5 + text, mixed + "0"), held),
        ("40 MB", lambda n: raw_message(n, b"a" * 76 + (b"\r\n" + b"a" * 76) * 530_000), held),
        ("no boundary", lambda n: raw_message(n, text, "Content-Type: multipart/mixed"), empty),
        ("a lost boundary", lambda n: raw_message(n, text, mixed), empty),
        ("empty identifier", lambda n: raw_message(n, text, "Message-ID: <>"), {}),
        ("two of each", lambda n: raw_message(n, text, "From: b@c.example", "Subject: Toinen"), {}),
        ("nothing but NUL", lambda n: raw_message(n, b"\x00" * 99 + text), {}),
        ("a huge head", lambda n: raw_message(n, text, "X-Huge: " + "a" * 900_000), {}),
        ("broken base64", lambda n: raw_message(n, b"SGVpISDvv", "Content-Transfer-Encoding: base64"), {}),
        ("false base64", lambda n: raw_message(n, text, "Content-Transfer-Encoding: base64"), {}),
        ("no date", lambda n: raw_message(n, text, "Date: eilen"), {}),
    ]
    for at in range(36):
        name, make, more = cases[at % len(cases)]
        yield Sample(f"{name} {at}", lambda make=make, n=first + at: make(n), **more)  # type: ignore[arg-type]  # any


def corpus() -> list[Sample]:
    """Return the five hundred."""
    kinds = (_plain, _charsets, _laid_out, _with_files, _machines, _bounces, _forged, _broken)
    found: list[Sample] = []
    for kind in kinds:
        found.extend(kind(1 + 1000 * kinds.index(kind)))
    twice = [one for one in found if one.outcome is Outcome.TOPIC][: MANY - len(found)]
    found.extend(Sample(f"{one.name} again", one.make, one.nature, one.outcome, again=True) for one in twice)
    return found
