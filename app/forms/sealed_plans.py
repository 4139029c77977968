"""A plan that was previewed travels in the page itself, sealed so that nobody can alter it on the way."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.domain.errors import Refused
from app.domain.plans import WelfarePlan, canonical, from_canonical
from app.domain.words import N_

LONGEST = 500_000  # characters of the hidden field; a form may hold a megabyte
_BROKEN = N_("The preview was changed on the way or is not yours. Read the plan again.")


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="previewed-plan")


def seal(plan: WelfarePlan, source_name: str | None, person_id: int | None) -> str:
    """Return the plan and its file's name, packed and signed for one person.

    Raises Refused where the plan is too large to travel in a page.
    """
    text = str(_sealer().dumps({"for": person_id, "source": source_name, "plan": canonical(plan)}))
    if len(text) > LONGEST:
        raise Refused(N_("The plan is too large to be imported on a page. Import it in parts."))
    return text


def unseal(sealed: str, person_id: int | None) -> tuple[WelfarePlan, str | None]:
    """Return what `seal` packed for this person; raise Refused for anything else."""
    try:
        opened = _sealer().loads(sealed)
    except BadData as error:
        raise Refused(_BROKEN) from error
    if opened["for"] != person_id:
        raise Refused(_BROKEN)
    return from_canonical(opened["plan"]), opened["source"]
