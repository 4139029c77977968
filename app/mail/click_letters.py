"""The letter that asks for an answer by its link, where a calendar's reply could not be taken."""

from datetime import date, time

from app.mail.composing import Letter, Signature, compose, known
from app.mail.dates import day_and_hours, short_day


def answer_needs_click(
    table: str,
    day: date,
    starts: time,
    ends: time,
    url: str,
    *,
    language: str,
    signed: Signature,
) -> Letter:
    """Ask the invited to answer by the link; nothing of what came by mail is repeated.

    Whoever sent the reply may be somebody else.
    """
    language = known(language)
    return compose(
        "answer_needs_click",
        language,
        signed,
        table=table,
        day=short_day(day, language),
        when=day_and_hours(day, starts, ends, language),
        url=url,
    )
