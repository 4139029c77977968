"""The agenda and the evening.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_agenda_changes_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_agenda_changes_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_changes")),
    )
    with op.batch_alter_table("agenda_changes", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_changes_meeting_person", ["meeting_id", "person_id"], unique=False)

    op.create_table(
        "attendance_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("arrives", sa.Time(), nullable=True),
        sa.Column("leaves", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_attendance_windows_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendance_windows_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_windows")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_attendance_windows_meeting_id_person_id")
        ),
    )
    with op.batch_alter_table("attendance_windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_windows_person_id"), ["person_id"], unique=False)

    op.create_table(
        "presences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("came_at", sa.Time(), nullable=True),
        sa.Column("left_at", sa.Time(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (name IS NULL)", name=op.f("ck_presences_one_who")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_presences_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_presences_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_presences_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_presences_meeting_id_person_id")),
    )
    with op.batch_alter_table("presences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presences_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_presences_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_presences_person_id"), ["person_id"], unique=False)

    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=1000), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("remote_url", sa.String(length=500), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_releases_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_releases_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_releases_meeting_id_number")),
    )
    op.create_table(
        "released_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_sv", sa.String(length=200), nullable=True),
        sa.Column("presenter", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_after", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["releases.id"],
            name=op.f("fk_released_items_release_id_releases"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_released_items_topic_id_topics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_items")),
        sa.UniqueConstraint("release_id", "item_id", name=op.f("uq_released_items_release_id_item_id")),
    )
    with op.batch_alter_table("released_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_released_items_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("handed_on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_statements_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_statements_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_statements_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("token", name=op.f("uq_statements_token")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "agenda_item_officials",
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_items.id"],
            name=op.f("fk_agenda_item_officials_agenda_item_id_agenda_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_agenda_item_officials_person_id_people")
        ),
        sa.PrimaryKeyConstraint("agenda_item_id", "person_id", name=op.f("pk_agenda_item_officials")),
    )
    with op.batch_alter_table("agenda_item_officials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_officials_person_id"), ["person_id"], unique=False)

    # Rebuilt on SQLite so that no id is given twice: releases know an item that was taken off by its id.
    sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table(
        "agenda_items",
        recreate="always" if sqlite else "auto",
        table_kwargs={"sqlite_autoincrement": True},
    ) as batch_op:
        batch_op.add_column(sa.Column("fixed_start", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("buffer_minutes", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("planned_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("started_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("resumed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("spent_seconds", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("put_off_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_invitations_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_invitations_meeting_id_organisation_id"), ["meeting_id", "organisation_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_invitations_organisation_id_organisations"),
            "organisations",
            ["organisation_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_invitations_one_invited"), "(person_id IS NULL) <> (organisation_id IS NULL)"
        )

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topics_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("screen_token", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("begun_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_meetings_screen_token"), ["screen_token"])

    with op.batch_alter_table("topic_steps", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_from", sa.String(length=32), nullable=True))

    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.add_column(sa.Column("granted_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("recurring", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("late_for_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_topics_late_for_id"), ["late_for_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topics_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_topics_merged_into_id_topics"), "topics", ["merged_into_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_topics_late_for_id_meetings"), "meetings", ["late_for_id"], ["id"]
        )

    release_what_is_published()


def release_what_is_published() -> None:
    """Give every agenda that people can read its first release, as it stands."""
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE invitations SET told_at = created_at"))
    connection.execute(
        sa.text(
            "INSERT INTO releases (meeting_id, number, day, starts, minutes, place, remote_url, at)"
            " SELECT id, 1, day, starts, minutes, place, remote_url, published_at FROM meetings"
            " WHERE published_at IS NOT NULL"
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO released_items (release_id, item_id, topic_id, kind, title, title_sv, presenter,"
            " position, starts_after, minutes)"
            " SELECT r.id, i.id, i.topic_id, i.kind, i.title, i.title_sv, i.presenter, i.position,"
            " COALESCE((SELECT SUM(b.minutes) FROM agenda_items b WHERE b.meeting_id = i.meeting_id"
            " AND (b.position < i.position OR (b.position = i.position AND b.id < i.id))), 0), i.minutes"
            " FROM agenda_items i JOIN releases r ON r.meeting_id = i.meeting_id"
        )
    )


def say_it_in_the_first_words() -> None:
    """Leave only what the first version can read: its words, and invitations of people who are invited."""
    op.execute("UPDATE topics SET state = 'received' WHERE state = 'merged'")
    op.execute("UPDATE topics SET state = 'accepted' WHERE state = 'handed_on'")
    op.execute("DELETE FROM topic_steps WHERE act IN ('merge', 'separate')")
    op.execute("UPDATE topic_steps SET act = 'put_on_agenda' WHERE act = 'carry_over'")
    op.execute("UPDATE topic_steps SET act = 'discuss' WHERE act = 'let_rest'")
    # The proposer goes on reading what was answered.
    op.execute("UPDATE topic_steps SET act = 'accept' WHERE act IN ('hand_on', 'answer')")
    op.execute("DELETE FROM invitations WHERE person_id IS NULL OR withdrawn_at IS NOT NULL")


def downgrade() -> None:
    say_it_in_the_first_words()
    with op.batch_alter_table("topic_steps", schema=None) as batch_op:
        batch_op.drop_column("held_from")

    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_topics_late_for_id_meetings"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_topics_merged_into_id_topics"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_topics_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_topics_late_for_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("late_for_id")
        batch_op.drop_column("recurring")
        batch_op.drop_column("granted_minutes")

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_meetings_screen_token"), type_="unique")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("begun_at")
        batch_op.drop_column("screen_token")
        batch_op.drop_column("topics_until")

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_invitations_one_invited"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_invitations_organisation_id_organisations"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("uq_invitations_meeting_id_organisation_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_invitations_organisation_id"))
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("told_at")
        batch_op.drop_column("organisation_id")

    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_column("put_off_at")
        batch_op.drop_column("spent_seconds")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("resumed_at")
        batch_op.drop_column("started_at")
        batch_op.drop_column("planned_minutes")
        batch_op.drop_column("buffer_minutes")
        batch_op.drop_column("fixed_start")

    with op.batch_alter_table("agenda_item_officials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_officials_person_id"))

    op.drop_table("agenda_item_officials")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_topic_id"))
        batch_op.drop_index(batch_op.f("ix_statements_organisation_id"))

    op.drop_table("statements")
    with op.batch_alter_table("released_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_released_items_topic_id"))

    op.drop_table("released_items")
    op.drop_table("releases")
    with op.batch_alter_table("presences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_presences_person_id"))
        batch_op.drop_index(batch_op.f("ix_presences_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_presences_meeting_id"))

    op.drop_table("presences")
    with op.batch_alter_table("attendance_windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_windows_person_id"))

    op.drop_table("attendance_windows")
    with op.batch_alter_table("agenda_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_changes_meeting_person")

    op.drop_table("agenda_changes")
