"""What a document says of the plan as a whole: its title, municipality, years, approval and follow-up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.plans import Period, find_period
from app.importers import headings
from app.importers.places import find_municipality
from app.importers.source import one_line

_PLAN_WORD = re.compile(
    r"(?:\w*(?:suunnitelma|ohjelma|strategia|hyvinvointikertomus)(?:n|t)?|"
    r"\w*(?:välfärdsplan|välfärdsprogram|välfärdsberättelse|välfärdsstrategi|serviceprogram)\w*|"
    r"\bplan\s+för\b.*|\bvälfärds\w*plan\w*)(?![\w-])",
    re.IGNORECASE,
)
_CONTAINER_END = re.compile(
    r"\s*[:–-]?\s*\b(?:painopistealueet|painopisteet|kärkitavoitteet|päätavoitteet|tavoitteet(?:\s+ja\s+toimenpiteet)?|"
    r"toimenpiteet|insatsområden|tyngdpunkter|mål\s+och\s+åtgärder)\s*:?$",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\w*(?:tavoitteet|painopisteet|painopistealueet|toimenpiteet|päämäärät|teemat|kehittämiskohteet|"
    r"tyngdpunkter|tyngdpunktsområden|insatsområden|huvudmål|åtgärder)"
    r"(?:\s+(?:vuosille|vuosina|vuonna|kaudelle|kaudella|valtuustokaudelle|valtuustokaudella|åren|för)\b.*"
    r"|\s*\d{4}.*)?\s*:?$",
    re.IGNORECASE,
)
_NOMINATIVE = re.compile(r"(suunnitelma|ohjelma|strategia)n\b|(kertomu)ksen\b", re.IGNORECASE)
_APPROVED = re.compile(
    r"(?:^|[\s(:;,])(?:hyväksytty|hyväksynyt|hyväksyminen|godkänd|godkänt|antagen)\b", re.IGNORECASE
)
_OTHER_APPROVAL = re.compile(r"strategia|turvallisuus|talousarvio|pohjalla|strategi\b", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_FOLLOW_UP = re.compile(
    r"raportoidaan|seurataan|raportoi\b|rapporteras|följs\s+upp|utvärderas", re.IGNORECASE
)
_FOLLOW_UP_KEY = re.compile(
    r"^(?:suunnitelman\s+)?(?:seuranta|uppföljning)(?:\s+ja\s+\w+|\s+och\s+\w+)?\s*:\s*(?=\S)", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_PERIOD_WORD = re.compile(r"kausi|vuosina|vuosille|vuodet|toteutetaan|period|åren", re.IGNORECASE)
_CONTAINER_WORDS = (
    "suunnitelman ohjelman strategian hyvinvointisuunnitelman hyvinvointiohjelman palveluohjelman "
    "kertomuksen toimenpideohjelma toimenpidesuunnitelma toimintasuunnitelma suunnitelma ohjelma "
    "ja sekä och samt "
    "asetetut valitut yhteiset luvulle valtuustokauden valtuustokaudelle kaudelle kauden valtuustokausi "
    "hyvinvointityön hyvinvoinnin edistämisen laaja"
)


@dataclass(frozen=True)
class Facts:
    """What was found; None where the document does not say."""

    title: str | None = None
    municipality: str | None = None
    period: Period | None = None
    approved: str | None = None
    monitoring: str | None = None


@dataclass(frozen=True)
class Said:
    """One line outside the measures: a `title` is a heading or a cover line.

    `follow_up` marks a chapter on how the plan is followed up.
    """

    text: str
    title: bool = False
    follow_up: bool = False


def is_plan_title(text: str) -> bool:
    """Tell whether a line names a whole plan ("Ruskon hyvinvointiohjelma 2023–2025")."""
    return len(text) <= 160 and any(
        match[0].casefold() not in ("suunnitelma", "ohjelma", "strategia", "toimenpideohjelma")
        for match in _PLAN_WORD.finditer(one_line(text))
    )


def is_container(text: str) -> bool:
    """Tell whether a heading only announces focus areas or measures ("Kärkitavoitteet ja toimenpiteet")."""
    words = re.findall(r"[^\W\d_]+", headings.join_hyphens(one_line(text).casefold()))
    roles = [headings.heading(word).role for word in words]
    if not any(
        role in (headings.FOCUS, headings.MAIN_GOAL, headings.OBJECTIVE, headings.MEASURE) for role in roles
    ):
        return False
    return all(
        headings.heading(word).pure or word in _CONTAINER_WORDS.split() or bool(_PLAN_WORD.fullmatch(word))
        for word in words
    )


def announces(text: str) -> bool:
    """Tell whether a heading ends as one that announces others ("Perusturvan kärkitavoitteet 2019–2021")."""
    return len(text) < 120 and (is_container(text) or bool(_ANNOUNCES.search(one_line(text))))


def title_of(text: str) -> str | None:
    """Return the plan's name in the nominative, without an announcing last word."""
    text = one_line(text)
    short = _CONTAINER_END.sub("", text)
    if short and short != text and _PLAN_WORD.search(short):
        text = _NOMINATIVE.sub(lambda match: match[1] or match[2] + "s", short)
    return text or None


def find_facts(lines: Iterable[Said]) -> Facts:
    """Gather the facts from the lines of a document in their order; measures are not among them."""
    said = list(lines)
    titles = [one_line(line.text) for line in said if line.title]
    named = next((text for text in titles if is_plan_title(text) and not text.endswith((".", "?"))), None)
    return Facts(
        title=title_of(named) if named else None,
        municipality=_municipality(named, titles, said),
        period=_period(named, titles, said),
        approved=_approved(said),
        monitoring=_monitoring(said),
    )


def _municipality(named: str | None, titles: Sequence[str], said: Sequence[Said]) -> str | None:
    for text in (named or "", *titles):
        if found := find_municipality(text):
            return found
    for text in (named or "", *(text for text in titles if len(text) < 60)):
        if found := find_municipality(text, alone=True):
            return found
    return next((found for line in said if (found := find_municipality(line.text))), None)


def _period(named: str | None, titles: Sequence[str], said: Sequence[Said]) -> Period | None:
    for text in (named or "", *titles):
        if found := find_period(text):
            return found
    for line in said:
        for sentence in _SENTENCE.split(one_line(line.text)):
            if _PERIOD_WORD.search(sentence) and (found := find_period(sentence)):
                return found
    return None


def _approved(said: Sequence[Said]) -> str | None:
    """The day of approval, where a short line says that; running text tells of other plans too."""
    for line in said:
        text = one_line(line.text)
        if len(text) > 120 or not _APPROVED.search(text) or _OTHER_APPROVAL.search(text):
            continue
        match = _DATE.search(text)
        if match:
            try:
                return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
            except ValueError:
                return None
    return None


def _monitoring(said: Sequence[Said]) -> str | None:
    chapter = [one_line(line.text) for line in said if line.follow_up and not line.title]
    if chapter:
        return "\n".join(chapter)
    for line in said:
        text = one_line(line.text)
        if match := _FOLLOW_UP_KEY.match(text):
            return text[match.end() :]
    sentences = [
        sentence
        for line in said
        if not line.title
        for sentence in _SENTENCE.split(one_line(line.text))
        if _FOLLOW_UP.search(sentence) and len(sentence) > 30
    ]
    return " ".join(sentences) or None
