"""Knows the chapters of a plan document that hold no measures: introduction, state, promises, follow-up."""

import re

from app.importers.headings import INDICATORS, MONITORING, heading
from app.importers.source import one_line

_ASIDE = re.compile(
    r"johdan|johdatus|alkusan|esipuhe|sisäll|sisältö|tausta|lähtökoh|nykyti|tilanne|toimintaympäris|hyvää|"
    r"haaste|vahvuu|heikkou|uhat|mahdollisuu|kehitettävää|huolen|onnistum|arvot\b|arvomme|visio|missio|"
    r"toiminta-ajatus|lupau|lupaa|lähteet|liite|liitteet|"
    r"valmistelu|laatimi|laadin|määritel|käsittee|käsitte\b|väestö|lainsäädän|laki|säädö|organisaatio|työryhmä|jäsenet|"
    r"yhteenveto|lopuksi|tiivistelmä|resurs|talous\b|tuloks|"
    r"inledning|innehåll|bakgrund|nuläge|styrk|svaghet|utmaning|värdering|vision|löfte|källor|bilag|"
    r"sammanfattning|beredning|lagstift|arbetsgrupp",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"\b(?:seuranta|seurannasta|raportointi|uppföljning|rapportering|arviointi)\b", re.IGNORECASE
)


def is_aside(text: str) -> bool:
    """Tell whether a heading opens a chapter without measures."""
    return bool(_ASIDE.search(one_line(text))) or is_follow_up(text)


def is_follow_up(text: str) -> bool:
    """Tell whether a heading opens the chapter on how the plan is followed up."""
    found = heading(text)
    return (
        len(text) < 80
        and (found.role == MONITORING or bool(_FOLLOW_UP.search(one_line(text))))
        and not is_indicators(text)
    )


def is_indicators(text: str) -> bool:
    """Tell whether a heading or a leading line announces indicators ("Mittarit:")."""
    words = one_line(text)
    return len(words) < 160 and any(
        heading(word).role == INDICATORS for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words)
    )
