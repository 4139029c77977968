"""Files that came with messages: saved by the reader, never opened on our pages."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.mail.attachments import CONTENT_TYPES
from app.services import attachments
from app.views.access import entry, visitor

bp = Blueprint("attachments", __name__)

UNKNOWN = "application/octet-stream"


@bp.get("/attachments/<id:attachment_id>")
@entry(Act.READ_INBOX)
def file(attachment_id: int) -> ResponseReturnValue:
    """Hand out one file to be saved (RFC 6266): a stranger sent it, so no browser shows it as our page."""
    found = attachments.get(visitor(), attachment_id)
    kind = found.content_type if found.content_type in CONTENT_TYPES else UNKNOWN
    answer = send_file(
        io.BytesIO(found.content or b""), mimetype=kind, as_attachment=True, download_name=found.name
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
