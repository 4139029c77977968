"""The evening: the agenda with its clock, one item open at a time, and its notes."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid, Refused, Stale
from app.domain.permissions import Act
from app.forms.live import ChangeNoteForm, NewItemForm, NoteForm, SettleForm, whole_number
from app.services import agreeing, ending, evening, follow_ups, notes, screen, since_last, statements
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("live", __name__)


@bp.route("/meetings/<id:meeting_id>/live", methods=["GET", "POST"])
@entry(Act.RUN_EVENING)
def index(meeting_id: int) -> ResponseReturnValue:
    """The agenda of the evening, and a new item."""
    form = NewItemForm()
    if form.validate_on_submit():
        try:
            item_id = evening.add_item(
                visitor(), meeting_id, form.title.data or "", form.minutes.data or 0, form.key()
            )
        except (Invalid, Refused) as error:
            form.take(error)
        else:
            return _added(meeting_id, item_id)
    here = evening.evening(visitor(), meeting_id, language())
    opened = screen.opened(visitor(), meeting_id)
    return show(
        "live/index.html", form=form, evening=here, opened=opened, last_way=ending.last_way(meeting_id)
    )


def _added(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Lead to the notes of a new item; a chair, who writes none, back to the evening."""
    sentence = gettext("The item is on the agenda.")
    table_id = evening.evening(visitor(), meeting_id, language()).table_id
    if visitor().may(Act.TAKE_NOTES, table_id):
        return done(".item", sentence, meeting_id=meeting_id, item_id=item_id)
    return done(".index", sentence, meeting_id=meeting_id)


@bp.route("/meetings/<id:meeting_id>/live/<id:item_id>", methods=["GET", "POST"])
@entry(Act.TAKE_NOTES)
def item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """One item: what was proposed, its notes, and what was agreed."""
    form = NoteForm()
    form.said_by.offer(*agreeing.organisations(language()), none=gettext("Nobody in particular"))
    if form.validate_on_submit():
        try:
            notes.add(
                visitor(),
                meeting_id,
                item_id,
                form.text.data or "",
                form.operation.data or "",
                form.said_by.picked(),
            )
        except Invalid as error:
            form.take(error)
        else:
            return _back(meeting_id, item_id, gettext("The note is saved."))
    here = evening.evening(visitor(), meeting_id, language())
    row = evening.get_item(meeting_id, item_id)
    answers = statements.answers_of([row.topic_id]) if row.topic_id else {}
    return show(
        "live/item.html",
        form=form,
        evening=here,
        place=here.place_of(item_id),
        beside=here.beside(item_id),
        row=row,
        answers=answers.get(row.topic_id or 0, []),
        since=since_last.at_item(row.meeting, [row.kind], language()),
        notes=notes.of_item(item_id),
        follow_ups=follow_ups.of_item(item_id),
        last_way=ending.last_way(meeting_id),
    )


def _back(meeting_id: int, item_id: int, sentence: str) -> ResponseReturnValue:
    return done(".item", sentence, meeting_id=meeting_id, item_id=item_id, anchor="notes")


@bp.route("/meetings/<id:meeting_id>/live/<id:item_id>/notes/<id:note_id>", methods=["GET", "POST"])
@entry(Act.TAKE_NOTES)
def change_note(meeting_id: int, item_id: int, note_id: int) -> ResponseReturnValue:
    """Change a note; where somebody saved another text meanwhile, both are shown."""
    here = evening.evening(visitor(), meeting_id, language())
    here.place_of(item_id)
    note = notes.get_note(item_id, note_id)
    form = ChangeNoteForm(text=note.text, said_by=note.said_by_id, revision=note.revision)
    form.said_by.offer(
        *agreeing.organisations(language(), keep=note.said_by_id), none=gettext("Nobody in particular")
    )
    if form.validate_on_submit():
        seen, text = whole_number(form.revision.data), form.text.data or ""
        try:
            notes.change(visitor(), meeting_id, item_id, note_id, text, seen, form.said_by.picked())
        except Invalid as error:
            form.take(error)
        except Stale:
            return _both_texts(meeting_id, item_id, note_id, SettleForm(formdata=None, text=text))
        else:
            return _back(meeting_id, item_id, gettext("The note is saved."))
    here = evening.evening(visitor(), meeting_id, language())
    note = notes.get_note(item_id, note_id)
    return show("live/note.html", form=form, evening=here, item=here.items[here.place_of(item_id)], note=note)


def _both_texts(meeting_id: int, item_id: int, note_id: int, form: SettleForm) -> ResponseReturnValue:
    here = evening.evening(visitor(), meeting_id, language())
    note = notes.get_note(item_id, note_id)
    form.revision.data = note.revision
    item = here.items[here.place_of(item_id)]
    return show("live/both_texts.html", form=form, status=409, evening=here, item=item, note=note)


@bp.post("/meetings/<id:meeting_id>/live/<id:item_id>/notes/<id:note_id>/settle")
@entry(Act.TAKE_NOTES)
def settle_note(meeting_id: int, item_id: int, note_id: int) -> ResponseReturnValue:
    """End a conflict of two texts as its writer chose."""
    form = SettleForm()
    if form.validate_on_submit():
        seen, text = whole_number(form.revision.data), form.text.data or ""
        try:
            notes.settle(visitor(), meeting_id, item_id, note_id, text, seen, form.chosen())
        except (Invalid, Stale) as error:
            form.take(error)
        else:
            return _back(meeting_id, item_id, gettext("The note is saved."))
    return _both_texts(meeting_id, item_id, note_id, form)


@bp.post("/meetings/<id:meeting_id>/live/<id:item_id>/notes/<id:note_id>/remove")
@entry(Act.TAKE_NOTES)
def remove_note(meeting_id: int, item_id: int, note_id: int) -> ResponseReturnValue:
    """Take a note away; the page has a button to bring it back."""
    seen = whole_number(request.form.get("revision", ""))
    notes.remove(visitor(), meeting_id, item_id, note_id, seen)
    return _back(meeting_id, item_id, gettext("The note is removed. You can bring it back below."))


@bp.post("/meetings/<id:meeting_id>/live/<id:item_id>/notes/<id:note_id>/bring-back")
@entry(Act.TAKE_NOTES)
def bring_back_note(meeting_id: int, item_id: int, note_id: int) -> ResponseReturnValue:
    """Bring a removed note back."""
    notes.bring_back(visitor(), meeting_id, item_id, note_id)
    return _back(meeting_id, item_id, gettext("The note is back."))
