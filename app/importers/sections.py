"""Knows the chapters of a plan document that hold no measures: introduction, state, promises, follow-up."""

import re

from app.importers.headings import INDICATORS, MONITORING, heading
from app.importers.source import one_line

# A chapter's name says what it is by its first or its last word; in between, the same words belong
# to objectives ("Yhdenvertaiset mahdollisuudet tavata").
_FIRST = re.compile(
    r"(?:johdan|johdatus|alkusan|esipuhe|sisällys|sisältö|tausta|lähtökoh|nykyti|toimintaympäris|hyvää|"
    r"haaste(?:et|ita|ena)|vahvuud|vahvuuksia|heikkoud|uhat|uhkat|mahdollisuudet$|kehitettävää|kehittämistarpe|"
    r"huolenai|onnistumi|missä onnistu|arvot$|arvomme|visio|missio|toiminta-ajatus|\w*lupau|lupaamme|lähteet|"
    r"liit(?:e|teet)\b|valmistelu$|suunnitelman valmistelu|laatimi|määritelm|käsitteet|keskeiset käsitteet|"
    r"väestö(?:$|raken)|lainsäädän|laki$|lait$|organisaatio|työryhmä|yhteenveto|lopuksi|tiivistelmä|resurssit|"
    r"tulokset|inledning|innehåll|bakgrund|nuläge|styrkor|svagheter|utmaningar|värdering|vision|löfte|"
    r"servicelöfte|källor|bilag|sammanfattning|beredning|lagstiftning|arbetsgrupp)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:johdanto|nykytila|tilanne|\w*lupaukset|haasteet|vahvuudet|arvot|visio|lähteet|liitteet|tausta|"
    r"lähtökohdat|yhteenveto|tulokset|toimintaympäristö|laatiminen|nuläge|bakgrund|utmaningar|styrkor|löften)$",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"^(?:\w*(?:suunnitelman|ohjelman|strategian|toteutumisen)\s+)*(?:toteutumisen\s+)?"
    r"(?:seuranta|seurannasta|raportointi|arviointi|uppföljning|rapportering|utvärdering)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s+")


def without_number(text: str) -> str:
    """Return a heading without the number of its chapter."""
    return _NUMBER.sub("", one_line(text))


def is_aside(text: str) -> bool:
    """Tell whether a heading opens a chapter without measures."""
    title = without_number(text).strip(" :?")
    return bool(_FIRST.match(title) or (len(title) < 80 and _LAST.search(title))) or is_follow_up(text)


def is_follow_up(text: str) -> bool:
    """Tell whether a heading opens the chapter on how the plan is followed up."""
    title = without_number(text).strip(" :")
    found = heading(title)
    named = (found.role == MONITORING and found.pure) or bool(_FOLLOW_UP.match(title))
    return len(title) < 80 and named and not is_indicators(title)


def is_indicators(text: str) -> bool:
    """Tell whether a heading or a leading line announces indicators ("Mittarit:")."""
    words = one_line(text)
    return len(words) < 160 and any(
        heading(word).role == INDICATORS for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words)
    )
