"""The outbox: drafts that wait for a press, letters on their way, and what the mail servers said."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.clock import local, utc_now
from app.domain.errors import Invalid, Refused, Stale
from app.domain.outbox import SHELF_WORDS, MailState, Shelf
from app.domain.permissions import Act
from app.extensions import site
from app.forms.outbox import LetterForm, SendAllForm, SendForm
from app.mail.html import paragraphs
from app.services import drafts, letters
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.filters import clock
from app.views.languages import language
from app.views.outbox_words import KIND_WORDS as KIND_WORDS
from app.views.outbox_words import in_words, kind_in_words, occasion_in_words

bp = Blueprint("outbox", __name__)


def _shelf() -> Shelf:
    asked = request.args.get("show", "")
    return Shelf(asked) if asked in set(Shelf) else Shelf.DRAFTS


def _number(name: str) -> int | None:
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 10 else None


@bp.route("/outbox", methods=["GET", "POST"])
@entry(Act.READ_OUTBOX)
def index() -> ResponseReturnValue:
    """Show one shelf of the outbox, drafts first; a press sends drafts of one occasion."""
    form = SendForm()
    if form.is_submitted():
        return _send(form)
    shelf = _shelf()
    if shelf is Shelf.DRAFTS:
        return _drafts(form)
    table = _number("table")
    found = letters.letters(visitor(), shelf, _number("page") or 1, table)
    return show(
        "outbox/index.html",
        found=found,
        rows=[(row, in_words(row)) for row in found.rows],
        **_around(shelf, table),
    )


def _around(shelf: Shelf, table: int | None) -> dict[str, Any]:
    counts = letters.counts(visitor(), table)
    shelves = [
        (one, gettext(words), counts[one], one is shelf, url_for("outbox.index", show=one.value, table=table))
        for one, words in SHELF_WORDS.items()
        if counts[one] or one in (shelf, Shelf.DRAFTS, Shelf.WAITING, Shelf.FAILED, Shelf.SENT)
    ]
    return {
        "shelf": shelf,
        "shelves": shelves,
        "heading": gettext(SHELF_WORDS[shelf]),
        "table": table,
        "tables": [(one.id, one.name_in(language())) for one in letters.tables_of(visitor())],
        "page_url": url_for("outbox.index", page="__page__", show=shelf.value, table=table),
    }


def _drafts(
    form: SendForm, status: int | None = None, changed: list[letters.LetterRow] | None = None
) -> ResponseReturnValue:
    """Show the drafts; after a press that was refused for its number, what was ticked stays ticked."""
    table = _number("table")
    found = drafts.drafts(visitor(), _number("page") or 1, table)
    ticked = set(form.letters.data or ()) if status == 409 and not changed else set()
    bundles = []
    for bundle in found.bundles:
        here = ticked & {one.id for one in bundle.drafts} if bundle.key == form.bundle.data else set()
        chosen = here or {one.id for one in bundle.drafts}
        bundles.append((bundle, occasion_in_words(bundle), chosen))
    return show(
        "outbox/drafts.html",
        form=form,
        status=status,
        found=found,
        bundles=bundles,
        kinds={one.kind: kind_in_words(one.kind) for bundle in found.bundles for one in bundle.drafts},
        changed=[(row, in_words(row)) for row in changed or ()],
        **_around(Shelf.DRAFTS, table),
    )


def _send(form: SendForm) -> ResponseReturnValue:
    if not form.validate():
        return _drafts(form)
    chosen = form.letters.data or {}
    try:
        number = letters.send(visitor(), chosen, form.number_said(), form.key())
    except Invalid as error:
        form.take(error)
        return _drafts(form)
    except Stale as error:
        form.take(error)
        now = letters.rows_of(visitor(), chosen)
        changed = [row for row in now if row.state != "draft" or row.revision != chosen[row.id]]
        return _drafts(form, 409, changed)
    return _after_sending(chosen, number, table=_number("table"))


def _after_sending(chosen: Collection[int], number: int, **where: Any) -> ResponseReturnValue:
    """Say what became of the letters: some wait a while for further changes, some are not wanted."""
    rows = letters.rows_of(visitor(), chosen)
    skipped = sum(one.state is MailState.SKIPPED for one in rows)
    gathered = sum(one.state is MailState.GATHERED for one in rows)
    later = [one for one in rows if one.state is MailState.QUEUED and one.due_at > utc_now()]
    now = number - skipped - gathered - len(later)
    said = []
    if now > 0 or not rows:
        said.append(ngettext("%(num)d letter leaves now.", "%(num)d letters leave now.", now))
    if later:
        at = clock(local(max(one.due_at for one in later)).time())
        said.append(
            ngettext(
                "%(num)d letter leaves at %(clock)s. Until then you can still stop it.",
                "%(num)d letters leave at %(clock)s. Until then you can still stop them.",
                len(later),
                clock=at,
            )
        )
    if gathered:
        said.append(
            ngettext(
                "%(num)d letter waits for its reader’s digest.",
                "%(num)d letters wait for their readers’ digests.",
                gathered,
            )
        )
    if skipped:
        said.append(
            ngettext(
                "%(num)d reader does not want such letters.",
                "%(num)d readers do not want such letters.",
                skipped,
            )
        )
    if unsent := sum(one.state is MailState.PARKED for one in rows):
        said.append(
            ngettext(
                "%(num)d letter is not sent, as it does not hold any more.",
                "%(num)d letters are not sent, as they do not hold any more.",
                unsent,
            )
        )
    return done("outbox.index", " ".join(said), **where)


@bp.route("/outbox/send-all", methods=["GET", "POST"])
@entry(Act.READ_OUTBOX)
def send_all() -> ResponseReturnValue:
    """Say how many drafts there are and of what; a press sends them all."""
    form, table = SendAllForm(), _number("table")
    every = drafts.all_drafts(visitor(), table)
    status = None
    if form.validate_on_submit():
        try:
            number = drafts.send_all(visitor(), form.seen.data or "", table, form.key())
            return _after_sending(every, number, table=table)
        except (Stale, Invalid) as error:
            form.take(error)
            status = 409 if isinstance(error, Stale) else 422
            every = drafts.all_drafts(visitor(), table)
    form.seen.data = drafts.mark_of(every)
    found = drafts.drafts(visitor(), 1, table)
    return show(
        "outbox/send_all.html",
        form=form,
        status=status,
        number=len(every),
        bundles=[(occasion_in_words(one), one.total) for one in found.bundles],
        table=table,
    )


@bp.get("/outbox/<id:letter_id>")
@entry(Act.READ_OUTBOX)
def show_letter(letter_id: int) -> ResponseReturnValue:
    """Show one letter whole: as its reader sees it, and as plain text."""
    letter = letters.letter(visitor(), letter_id)
    return show(
        "outbox/letter.html",
        letter=letter,
        row=letter.row,
        words=in_words(letter.row),
        paragraphs=paragraphs(letter.body, site().url),
    )


@bp.route("/outbox/<id:letter_id>/edit", methods=["GET", "POST"])
@entry(Act.READ_OUTBOX)
def edit(letter_id: int) -> ResponseReturnValue:
    """Mend the subject and the text of a draft; where somebody else did too, both texts are shown."""
    form, status, conflict = LetterForm(), None, False
    if form.validate_on_submit():
        try:
            drafts.mend(
                visitor(), letter_id, form.subject.data or "", form.text.data or "", form.revision_seen()
            )
            return done("outbox.show_letter", gettext("The letter is saved."), letter_id=letter_id)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            form.take(error)
            status, conflict = 409, True
    letter = letters.letter(visitor(), letter_id)
    if letter.row.state != "draft":
        raise Refused(drafts.NOT_A_DRAFT)
    if not form.is_submitted():
        form.subject.data, form.text.data = letter.row.subject, letter.body.strip("\n")
    if conflict or not form.is_submitted():
        form.revision.data = str(letter.row.revision)
    return show("outbox/edit.html", form=form, status=status, letter=letter, conflict=conflict)


@bp.post("/outbox/<id:letter_id>/send")
@entry(Act.READ_OUTBOX)
def send_letter(letter_id: int) -> ResponseReturnValue:
    """Send one draft as it was seen."""
    seen = request.form.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 7 else 0
    return _after_sending([letter_id], drafts.send(visitor(), {letter_id: revision}, 1))


@bp.post("/outbox/<id:letter_id>/again")
@entry(Act.READ_OUTBOX)
def again(letter_id: int) -> ResponseReturnValue:
    """Try a letter again."""
    letters.try_again(visitor(), letter_id)
    return done("outbox.show_letter", gettext("The letter is tried again in a moment."), letter_id=letter_id)


@bp.post("/outbox/again")
@entry(Act.READ_OUTBOX)
def all_again() -> ResponseReturnValue:
    """Try all letters again that could not be sent."""
    table = _number("table")
    number = letters.try_all_again(visitor(), table)
    sentence = ngettext(
        "%(num)d letter is tried again in a moment.", "%(num)d letters are tried again in a moment.", number
    )
    return done("outbox.index", sentence, show=Shelf.WAITING.value, table=table)


@bp.post("/outbox/<id:letter_id>/stop")
@entry(Act.READ_OUTBOX)
def stop(letter_id: int) -> ResponseReturnValue:
    """Leave a letter unsent."""
    drafts.stop(visitor(), letter_id)
    return done("outbox.show_letter", gettext("The letter is not sent."), letter_id=letter_id)


@bp.post("/outbox/<id:letter_id>/back")
@entry(Act.READ_OUTBOX)
def bring_back(letter_id: int) -> ResponseReturnValue:
    """Make a draft again of a letter that was stopped."""
    drafts.bring_back(visitor(), letter_id)
    return done("outbox.show_letter", gettext("The letter is a draft again."), letter_id=letter_id)
