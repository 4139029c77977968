"""Tells by its words what a column or a chapter holds: objective, measure, indicator, schedule and so on."""

import difflib
import re
from dataclasses import dataclass
from functools import cache

from app.importers.source import one_line

NUMBER, FOCUS, OBJECTIVE, MEASURE = "number", "focus", "objective", "measure"
INDICATORS, SCHEDULE, RESPONSIBLE, MONITORING = "indicators", "schedule", "responsible", "monitoring"
MAIN_GOAL = "main goal"  # a focus area, where there are objectives beside it; an objective where not
_NONE = "none"
OTHER = "other"  # columns that plans have and this system does not keep

# Stems are looked for anywhere in a word, because the last part of a Finnish or Swedish compound says
# what it is (arviointiMITTARI, delMÅL). "=" marks whole words. The stem that ends last wins.
_STEMS: dict[str, str] = {
    FOCUS: "painopist kehittämiskoh kehittämisalue teema osaalue ohjelmaalue kärkitee "
    "tyngdpunkt insatsområd fokusområd utvecklingsområd temaområd =tema =teman prioriter =kärki =kärjet",
    MAIN_GOAL: "päätavoit kärkitavoit strategisettavoit päätavoitt huvudmål strategisktmål",
    OBJECTIVE: "tavoit päämäär =tavoitetila =mål delmål målsättning =målen =målet =målbild tavote",
    MEASURE: "toimenpi toimempi toimenpd keino =toimet =toimi =teot =toimenp åtgärd =insatser =insats "
    "toteutustapa toteutustava toteutustavat =tekeminen =aktiviteter =aktivitet menettelytap "
    "mitätehdään mitäteemme mitenteemme mitenseteh vadgörvi",
    INDICATORS: "mittari mittare indikaattor indikator tunnuslu mätare mätning nyckeltal =mått mitataan",
    SCHEDULE: "aikataul ajankohta määräai toteutusai ajoitus =milloin tidtabell tidsplan tidpunkt tidsram "
    "tidsschema =aika =ajankohdat =deadline =tid =tidsfrist",
    RESPONSIBLE: "vastuu toteuttaj toimija =taho =tahot ansvar aktör genomförare =kuka =ketkä =tekijä "
    "=tekijät =vem =organisaatio",
    MONITORING: "seurant seurann seuraam arvioin raportoin =ohjaus uppfölj utvärder rapporter toteutumi "
    "toteuma =utfall",
    NUMBER: "=nro =nr =no =numero =nummer =nimero =järjnro järjestysnum =tunnus =n",
    # Themes of plans that only sound like columns.
    _NONE: "vastuullisu vastuullinen vastuullise tavoitteelli toimivuu toimijuu",
    OTHER: "resurs kustannu budje määräraha kostnad =tila =status =tilanne huomio huomautu anmärkning "
    "komment lisätie =muuta =muut =övrigt perustelu motivering riski kohderyhm målgrupp lähtöta lähtötilan "
    "nykyti nuläg tavoitetaso tavoitearvo måltal målnivå yhteistyö kumppan samarbet valmiusaste rahoitu "
    "finansier linkit strategialink",
}
# Of two columns for the same thing the stronger word keeps it.
_STRONG = (
    "vastuu",
    "ansvar",
    "toimenpi",
    "åtgärd",
    "mittar",
    "mätare",
    "indika",
    "aikataul",
    "tidtabell",
    "seur",
)
# Against these whole words misspelt headings are compared.
_COMMON = (
    "tavoite tavoitteet välitavoite päätavoite painopiste painopistealue toimenpide toimenpiteet mittari "
    "mittarit aikataulu vastuutaho vastuutahot vastuuhenkilö toimijat toteuttajat seuranta arviointi "
    "tidtabell åtgärd åtgärder mätare uppföljning ansvarig"
)
_FILLERS = (
    "ja sekä tai eli och samt eller and keskeinen keskeiset keskeisimmät konkreettinen konkreettiset "
    "aktiivinen aktiiviset tarvittavat tärkeimmät suunnitellut valitut mahdolliset pää ensisijainen "
    "toteutumisen toteutuksen toteutus instans instanser ansvariga för av viktigaste konkreta "
    "vuosille vuosina vuodelle vuosi år åren t d ien hyvinvoinnin kunnan kaupungin"
)
_WORD = re.compile(r"[^\W\d_]+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s*(?!(?:ja|tai|sekä|och|eller|samt)\b)(?=[^\W\d_])")
_PARTS = re.compile(r"\s*(?:[/,;&+|]|\b(?:ja|sekä|tai|och|samt|eller)\b)\s*")
_COUNTED = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
_QUESTIONS = re.compile(
    r"\?|^\(.*\)$|^(?:esim|t\.?\s?ex|mitä|miten|millä|mikä|mitkä|kuka|ketkä|milloin|millon|missä|minkä|kenen|"
    r"kuinka|kirjaa|kuvaa|kerro|täytä|listaa|vad|hur|vem|vilka|när|var|beskriv|ange|skriv|fyll)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """What a heading means: its role, whether it says nothing else, and how plainly it says it."""

    role: str | None
    pure: bool
    strong: bool


def join_hyphens(text: str) -> str:
    """Join words that a narrow column cut ("AIKA-TAULU", "Vastuu- taho"); for headings only."""
    return _HYPHEN.sub("", text)


@cache
def _stems() -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (stem.lstrip("="), role, stem.startswith("="))
        for role, stems in _STEMS.items()
        for stem in stems.split()
    )


@cache
def _known_words() -> tuple[str, ...]:
    return tuple(_COMMON.split())


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_FILLERS.split())


@cache
def _role_of_word(word: str) -> str | None:
    best: tuple[int, int, str] | None = None
    for stem, role, whole in _stems():
        if (word == stem) if whole else (at := word.rfind(stem)) >= 0:
            found = (len(word) if whole else at + len(stem), len(stem), role)
            best = max(best, found) if best else found
    if best:
        return None if best[2] == _NONE else best[2]
    close = difflib.get_close_matches(word, _known_words(), n=1, cutoff=0.86) if len(word) > 6 else []
    return _role_of_word(close[0]) if close else None


@cache
def heading(text: str) -> Heading:
    """Read a heading by meaning: hyphenation, case, plural, brackets and synonyms do not matter."""
    plain = re.sub(r"\([^)]{0,6}\)", "", one_line(text).casefold()).strip(" :.*")
    if plain in {"#", "n:o", "nro", "nr"}:
        return Heading(NUMBER, True, True)
    if _COUNTED.search(plain):
        return Heading(None, False, False)  # "Toimenpide 12" is one of many, not a column of them
    roles: list[str] = []
    pure = True
    for part in _PARTS.split(join_hyphens(plain)):
        words = _WORD.findall(part)
        known = [(word, _role_of_word(word)) for word in words]
        pure = pure and all(role or word in _fillers() for word, role in known)
        found = [role for _, role in known if role]
        squeezed = _role_of_word("".join(words)) if words and not found else None
        if squeezed:
            roles.append(squeezed)
            pure = True
        elif found:
            roles.append(found[-1])
    kept = [role for role in roles if role != OTHER]
    strong = any(stem in join_hyphens(plain) for stem in _STRONG)
    if not roles:
        return Heading(None, False, False)
    if not kept:
        return Heading(OTHER, pure, strong)
    # One column for indicators and follow-up holds the indicators.
    role = INDICATORS if INDICATORS in kept and set(kept) <= {INDICATORS, MONITORING} else kept[0]
    return Heading(role, pure, strong)


def is_help(text: str) -> bool:
    """Tell whether a cell explains how to fill in a form ("Mitä ja miten se tehdään?", "Esim. ...")."""
    return bool(_QUESTIONS.search(one_line(text)))
