"""Files of strangers are saved, never shown as pages of ours, and only by those of their table."""

import pytest

from app.extensions import db
from tests import make
from tests.cast import Cast
from tests.mail.incoming.files import PDF
from tests.mail_stage import attach, mail, topic_by_mail
from tests.page import Browser
from tests.topic_stage import stored


def test_a_file_is_handed_out_to_be_saved(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    file = attach(mail_id, topic_id, 'näkymä "1".pdf')
    answer = browser.sign_in(cast.maria).raw(f"/attachments/{file}")
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "filename*=UTF-8''n%C3%A4kym%C3%A4%20%221%22.pdf" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/x-msdownload", ""])
def test_a_type_that_is_not_on_our_list_is_bytes(browser: Browser, cast: Cast, kind: str) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    file = attach(mail_id, topic_id, content_type=kind)
    answer = browser.sign_in(cast.maria).raw(f"/attachments/{file}")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_another_table_s_file_is_not_found(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    files = [attach(mail_id, topic_id), attach(mail(cast.north).id, None), attach(mail(None).id, None)]
    browser.sign_in(cast.olli)
    assert [browser.raw(f"/attachments/{one}").status_code for one in files] == [404] * 3
    browser.sign_in(cast.maria)
    assert [browser.raw(f"/attachments/{one}").status_code for one in files] == [200] * 3


def test_a_file_follows_its_topic_to_another_table(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    file = attach(mail_id, topic_id)
    stored(topic_id).table_id = cast.south
    db.session.commit()
    assert browser.sign_in(cast.olli).raw(f"/attachments/{file}").status_code == 200
    assert browser.sign_in(cast.sari).raw(f"/attachments/{file}").status_code == 404


def test_a_file_can_be_read_from_every_topic_of_its_message(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    file = attach(mail_id, topic_id)
    make.topic(cast.south, split_from_id=topic_id)
    assert browser.sign_in(cast.olli).raw(f"/attachments/{file}").status_code == 200


def test_what_was_refused_or_never_was_is_not_found(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    refused = attach(mail_id, topic_id, "a.exe", content=None, refused="type")
    browser.sign_in(cast.maria)
    for one in (refused, refused + 1):
        assert browser.raw(f"/attachments/{one}").status_code == 404


def test_a_stranger_signs_in_first_and_an_official_has_no_inbox(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    file = attach(mail_id, topic_id)
    assert browser.raw(f"/attachments/{file}").status_code == 303
    assert browser.sign_in(cast.pekka).raw(f"/attachments/{file}").status_code == 403
