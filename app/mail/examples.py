"""One example of every letter, of a municipality that does not exist: for the previews and the tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from app.domain.topics import TopicAct
from app.mail import letters
from app.mail.agenda_letters import Mine, Occasion
from app.mail.composing import Letter, Signature
from app.mail.statement_letters import Asked

SITE = "https://kumppanuus.lehmijarvi.fi"
SIGNED = {
    "fi": Signature("Lehmijärven kunta", "040 123 4567"),
    "sv": Signature("Lehmijärvi kommun", "040 123 4567"),
    "en": Signature("Municipality of Lehmijärvi", "040 123 4567"),
}
TOPIC = f"{SITE}/topics/k7q2m9"
NUMBER = "2027-014"
TITLE = "Kylätien valaistus välillä Kirkkotie–Rantala"
TABLE = "Jäppilän kumppanuuspöytä"
DAY = date(2027, 2, 11)
HOURS = (time(18, 0), time(19, 30))
PLACE = "Jäppilän koulu, Koulutie 2"
MEETING = f"{SITE}/meetings/14"
OCCASION = Occasion(
    TABLE,
    DAY,
    *HOURS,
    MEETING,
    f"{MEETING}.ics",
    PLACE,
    "https://meet.example.org/jappila",
    "Helmikuun ilta",
    f"{SITE}/invitations/z4t8r2",
)

BODY = "Tekninen toimi"
OFFICIAL = "Pekka Niemi, tekninen johtaja"
ASKED = Asked(
    NUMBER,
    TITLE,
    "Kylätie on syksyisin aivan pimeä.\nLapset kävelevät sitä kouluun.",
    "Milloin valaisimet korjataan?\n\nMuutama lause riittää.",
    date(2027, 1, 29),
    f"{SITE}/statements/p8w3x5",
)
ANSWER = "Kuusi valaisinta korjataan maaliskuussa.\n\nLoput ovat ensi vuoden talousarviossa."

Example = Callable[[str, Signature], Letter]

EXAMPLES: dict[str, Example] = {
    "sign_in_link": lambda language, signed: letters.sign_in_link(
        "Maija Koivu", f"{SITE}/sign-in/3fQ9", 30, language=language, signed=signed
    ),
    "topic_received": lambda language, signed: letters.topic_received(
        NUMBER, TOPIC, language=language, signed=signed
    ),
    "topic_accepted": lambda language, signed: letters.topic_accepted(
        NUMBER,
        TITLE,
        TOPIC,
        reason="Pyysin teknisen johtajan paikalle.\n\nTuotko kartan mukanasi?",
        language=language,
        signed=signed,
    ),
    "topic_asked": lambda language, signed: letters.topic_asked(
        NUMBER, TITLE, "Mitkä valaisimet ovat pimeinä?", TOPIC, language=language, signed=signed
    ),
    "topic_postponed": lambda language, signed: letters.topic_postponed(
        NUMBER, TITLE, "Helmikuun ilta on jo täynnä.", TOPIC, language=language, signed=signed
    ),
    "topic_declined": lambda language, signed: letters.topic_declined(
        NUMBER,
        TITLE,
        "Tie on valtion. Autamme sinua kirjoittamaan sen hoitajalle.",
        TOPIC,
        language=language,
        signed=signed,
    ),
    "topics_answered": lambda language, signed: letters.topics_answered(
        [
            letters.Answered(NUMBER, TITLE, TopicAct.ACCEPT, "", TOPIC),
            letters.Answered(
                "2027-015",
                "Laiturin korjaus",
                TopicAct.POSTPONE,
                "Helmikuun ilta on jo täynnä.",
                f"{TOPIC}-2",
            ),
            letters.Answered(
                "2027-016",
                "Valtatien liittymä",
                TopicAct.DECLINE,
                "Tie on valtion.\n\nAutamme sinua kirjoittamaan sen hoitajalle.",
                f"{TOPIC}-3",
            ),
        ],
        language=language,
        signed=signed,
    ),
    "topic_joined": lambda language, signed: letters.topic_joined(
        NUMBER, TITLE, "Teiden valaistus", TOPIC, language=language, signed=signed
    ),
    "topic_separated": lambda language, signed: letters.topic_separated(
        NUMBER, TITLE, TOPIC, language=language, signed=signed
    ),
    "topic_split": lambda language, signed: letters.topic_split(
        [
            letters.SplitPart(NUMBER, TITLE, TOPIC),
            letters.SplitPart("2027-015", "Bussi lauantaisin", f"{TOPIC}-2"),
        ],
        language=language,
        signed=signed,
    ),
    "topic_on_agenda": lambda language, signed: letters.topic_on_agenda(
        OCCASION,
        [Mine(TITLE, (time(18, 5), time(18, 20)), number=NUMBER, url=TOPIC)],
        language=language,
        signed=signed,
    ),
    "official_invited": lambda language, signed: letters.official_invited(
        OCCASION,
        [Mine(TITLE, (time(18, 5), time(18, 20))), Mine("Linja-autovuorot", (time(18, 45), time(19, 0)))],
        language=language,
        signed=signed,
    ),
    "agenda_changed": lambda language, signed: letters.agenda_changed(
        OCCASION,
        replace(OCCASION, starts=time(17, 30), ends=time(19), place="Kirjasto", remote_url=""),
        [
            Mine(TITLE, (time(18, 20), time(18, 35)), (time(17, 35), time(17, 50)), number=NUMBER, url=TOPIC),
            Mine("Linja-autovuorot", None, (time(18, 0), time(18, 15)), waits=True),
            Mine("Uimaranta", (time(18, 45), time(19, 0))),
        ],
        comment="Koululla on remontti.\n\nTervetuloa silti!",
        language=language,
        signed=signed,
    ),
    "topic_discussed": lambda language, signed: letters.topic_discussed(
        NUMBER, TITLE, TOPIC, language=language, signed=signed
    ),
    "agenda_published": lambda language, signed: letters.agenda_published(
        TABLE,
        DAY,
        *HOURS,
        PLACE,
        "https://meet.example.org/jappila",
        [(time(18, 0), "Tervetuloa", 5), (time(18, 5), TITLE, 15), (time(19, 20), "Lopuksi", 10)],
        MEETING,
        f"{MEETING}.ics",
        yours=[Mine(TITLE, (time(18, 5), time(18, 20)), number=NUMBER, url=TOPIC)],
        answer_url=OCCASION.answer_url,
        language=language,
        signed=signed,
    ),
    "meeting_cancelled": lambda language, signed: letters.meeting_cancelled(
        TABLE,
        DAY,
        *HOURS,
        PLACE,
        MEETING,
        reason="Koululla on vesivahinko.",
        called_off=True,
        language=language,
        signed=signed,
    ),
    "answer_needs_click": lambda language, signed: letters.answer_needs_click(
        TABLE,
        DAY,
        *HOURS,
        f"{SITE}/invitations/z4t8r2",
        language=language,
        signed=signed,
    ),
    "meeting_reminder": lambda language, signed: letters.meeting_reminder(
        OCCASION,
        [Mine(TITLE, (time(18, 5), time(18, 20)))],
        f"{SITE}/invitations/z4t8r2",
        comes=True,
        language=language,
        signed=signed,
    ),
    "memo_published": lambda language, signed: letters.memo_published(
        TABLE, DAY, f"{MEETING}/memo", language=language, signed=signed
    ),
    "follow_up_given": lambda language, signed: letters.follow_up_given(
        "Lasketaan hinta kuudelle valaisimelle",
        date(2027, 4, 30),
        ["Turvalliset liikkumisreitit", "Esteettömät kulkuväylät"],
        TABLE,
        f"{SITE}/follow-ups",
        language=language,
        signed=signed,
    ),
    "statement_asked": lambda language, signed: letters.statement_asked(
        ASKED, language=language, signed=signed
    ),
    "statement_reminder": lambda language, signed: letters.statement_reminder(
        ASKED, language=language, signed=signed
    ),
    "statement_answered": lambda language, signed: letters.statement_answered(
        NUMBER,
        TITLE,
        BODY,
        OFFICIAL,
        ANSWER,
        f"{SITE}/inbox/14",
        proposer_told=True,
        language=language,
        signed=signed,
    ),
    "topic_handed_on": lambda language, signed: letters.topic_handed_on(
        ASKED,
        contact=("Eeva Koski", "040 765 4321", "eeva@koivuranta.example"),
        language=language,
        signed=signed,
    ),
    "topic_handed_on_told": lambda language, signed: letters.topic_handed_on_told(
        NUMBER,
        TITLE,
        BODY,
        "Valaisimista vastaa tekninen toimi. Siksi vastaus tulee sieltä nopeammin.",
        date(2027, 1, 29),
        TOPIC,
        language=language,
        signed=signed,
    ),
    "topic_body_answered": lambda language, signed: letters.topic_body_answered(
        NUMBER, TITLE, BODY, OFFICIAL, ANSWER, TOPIC, language=language, signed=signed
    ),
    "digest": lambda language, signed: letters.digest(
        [
            letters.Told("memo_published", f"{TABLE}, 14.1.2027", f"{SITE}/meetings/13/memo"),
            letters.Told("topic_discussed", f"{NUMBER}: {TITLE}", TOPIC),
            letters.Told("topic_accepted", "2027-015: Laiturin korjaus", f"{TOPIC}-2"),
            letters.Told("topic_accepted", "2027-016: Uimarannan opaste", f"{TOPIC}-3"),
        ],
        DAY,
        language=language,
        signed=signed,
    ),
}
