"""Who was marked by name at the latest evening of each table; what everybody reads has numbers only."""

from datetime import time

from app.domain.attendance import PresenceState as State
from app.services.demo.values import Here


def guest(name: str, body: str | None = None, state: State = State.PRESENT, left: time | None = None) -> Here:
    """Return somebody whose name was asked at the door."""
    return Here(name, state, left=left, guest=True, body=body)


NORTH = (
    Here("riikka"),
    Here("tiina"),
    Here("oona"),
    Here("aune"),
    Here("reijo", came=time(18, 20)),
    Here("kari", left=time(19, 15)),
    Here("petri"),
    Here("nina", State.REMOTE),
    Here("mika"),
    Here("martti", State.EXCUSED),
    guest("Mirja Sysikangas", "tuohikorpi_ry"),
    guest("Kauko Myllykivi", "tiekunta"),
    guest("Pasi Kierrätyslahti", "jateyhtio", left=time(19)),
)

COAST = (
    Here("jonas"),
    Here("tiina"),
    Here("riikka", came=time(18, 25)),
    Here("borje"),
    Here("gunvor", State.REMOTE),
    Here("martti", State.EXCUSED),
    Here("johanna", State.EXCUSED),
    guest("Anu Tienlinja", "elinvoimakeskus", left=time(19)),
    guest("Essi Kauppaluoto", "elinvoima"),
    guest("Lasse Särkivainio", "sarkiflada", State.REMOTE),
)

CHURCH = (
    Here("riikka"),
    Here("tiina"),
    Here("martti"),
    Here("pirjo"),
    Here("kari"),
    Here("nina", left=time(19, 10)),
    Here("petri", State.EXCUSED),
    guest("Minna Pikkuharju", "varhaiskasvatus"),
    guest("Matti Kellotapuli", "kirkonkyla", left=time(18, 40)),
)

SERVICES = (
    Here("riikka"),
    Here("tiina"),
    Here("leena"),
    Here("oona"),
    Here("anneli"),
    Here("mika", came=time(17, 20)),
    Here("nina", State.EXCUSED),
    guest("Sari Lähivaara", "ystavaapu"),
    guest("Helena Kirkkoharju", "seurakunta"),
    guest("Satu Hoitokallio", "hyvinvointialue", State.REMOTE),
    guest("Aino Laiturinpää"),
)
