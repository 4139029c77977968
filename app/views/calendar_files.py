"""How a calendar file is answered: with its marks, so that a program that has it already is told so."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.calendar.events import etag
from app.services.calendars import CalendarFile


def calendar_answer(file: CalendarFile, name: str, *, private: bool = False) -> ResponseReturnValue:
    """Answer a calendar file, or 304 where the asker has the same one (RFC 9110, 13.1).

    A `private` one is kept by nobody on the way, and found by no search.
    """
    answer = Response(file.content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer.cache_control.no_cache = True  # keep it, but ask each time
    if private:
        answer.cache_control.private = True
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.set_etag(etag(file.content))
    if file.changed is not None:
        answer.last_modified = file.changed
    return answer.make_conditional(request)
