"""The pages: one file per word of the address."""

from flask import Flask

from app.views import (
    agenda,
    assets,
    attachments,
    calendars,
    composing,
    context,
    errors,
    filters,
    follow_ups,
    headers,
    inbox,
    incoming,
    invitations,
    invited,
    languages,
    letter_choices,
    letter_previews,
    live,
    live_clock,
    measures,
    memos,
    merging,
    outbox,
    pages,
    papers,
    plans,
    presences,
    publishing,
    reminders,
    screen,
    settings,
    sign_in,
    splitting,
    statements,
    tables,
    topics,
    unread,
    untold,
)

BLUEPRINTS = (
    assets.bp,
    pages.bp,
    tables.bp,
    calendars.bp,
    topics.bp,
    publishing.bp,  # that of meetings, with the page of publishing
    invited.bp,
    reminders.bp,
    invitations.bp,
    papers.bp,
    agenda.bp,
    composing.bp,
    live.bp,
    live_clock.bp,
    presences.bp,
    screen.bp,
    memos.bp,
    plans.bp,
    measures.bp,
    inbox.bp,
    untold.bp,
    unread.bp,
    merging.bp,
    incoming.bp,
    attachments.bp,
    splitting.bp,
    statements.bp,
    follow_ups.bp,
    outbox.bp,
    letter_choices.bp,
    letter_previews.bp,
    settings.bp,
    sign_in.bp,
)


def init_app(app: Flask) -> None:
    """Put the pages, and what all pages share, into the app."""
    for part in (assets, context, errors, filters, headers, languages):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
