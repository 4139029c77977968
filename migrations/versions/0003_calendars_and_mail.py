"""Calendars, and mail that people can answer.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


ONE_INVITED = (
    "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END) = 1"
)
ONE_OF_TWO = "(person_id IS NULL) <> (organisation_id IS NULL)"


def check_anew(batch_op: BatchOperations, check: str) -> None:
    """Put another check in the place of the one that stands."""
    batch_op.drop_constraint(batch_op.f("ck_invitations_one_invited"), type_="check")
    batch_op.create_check_constraint(batch_op.f("ck_invitations_one_invited"), check)


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "mail_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("unwanted", sa.String(length=200), server_default="", nullable=False),
        sa.Column("rhythm", sa.String(length=32), server_default="at_once", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_choices")),
        sa.UniqueConstraint("address", name=op.f("uq_mail_choices_address")),
        sa.UniqueConstraint("token", name=op.f("uq_mail_choices_token")),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("minutes_before", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("made_for", sa.DateTime(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("minutes_before >= 1", name=op.f("ck_reminders_before")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["people.id"], name=op.f("fk_reminders_approved_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_reminders_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "meeting_id", "minutes_before", name=op.f("uq_reminders_meeting_id_minutes_before")
        ),
    )
    op.create_table(
        "incoming_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=True),
        sa.Column("from_address", sa.String(length=254), nullable=False),
        sa.Column("from_name", sa.String(length=200), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("outgoing_mail_id", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_incoming_mail_invitation_id_invitations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["outgoing_mail_id"],
            ["outgoing_mail.id"],
            name=op.f("fk_incoming_mail_outgoing_mail_id_outgoing_mail"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["partnership_tables.id"], name=op.f("fk_incoming_mail_table_id_partnership_tables")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_incoming_mail_topic_id_topics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_incoming_mail_key")),
    )
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incoming_mail_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(
            "ix_incoming_mail_outcome_received_at", ["outcome", "received_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incoming_mail_outgoing_mail_id"), ["outgoing_mail_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_incoming_mail_table_id"), ["table_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incoming_mail_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incoming_mail_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("refused", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incoming_mail_id"],
            ["incoming_mail.id"],
            name=op.f("fk_attachments_incoming_mail_id_incoming_mail"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_attachments_topic_id_topics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachments_incoming_mail_id"), ["incoming_mail_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attachments_topic_id"), ["topic_id"], unique=False)

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("uid", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("reply_token", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("calendar_mark", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("first_message_id", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("answer_words", sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column("answer_channel", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("answer_sequence", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answer_stamp", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("substitute", sa.String(length=200), nullable=True))
        batch_op.create_index(batch_op.f("ix_invitations_topic_id"), ["topic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_uid"), ["uid"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_invitations_meeting_id_topic_id"), ["meeting_id", "topic_id"]
        )
        batch_op.create_unique_constraint(batch_op.f("uq_invitations_reply_token"), ["reply_token"])
        batch_op.create_foreign_key(
            batch_op.f("fk_invitations_topic_id_topics"), "topics", ["topic_id"], ["id"]
        )
        check_anew(batch_op, ONE_INVITED)

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fold_minutes", sa.Integer(), server_default="5", nullable=False))

    with op.batch_alter_table(
        "outgoing_mail", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.add_column(sa.Column("table_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("batch", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("mark", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("in_reply_to", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("calendar", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("calendar_method", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("calendar_sequence", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("calendar_mark", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("since_release", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("digest_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_outgoing_mail_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_outgoing_mail_digest_id"), ["digest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outgoing_mail_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index("ix_outgoing_mail_table_state", ["table_id", "state"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_outgoing_mail_mark"), ["mark"])
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_mail_digest_id_outgoing_mail"), "outgoing_mail", ["digest_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_mail_invitation_id_invitations"),
            "invitations",
            ["invitation_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_mail_approved_by_id_people"), "people", ["approved_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_mail_table_id_partnership_tables"),
            "partnership_tables",
            ["table_id"],
            ["id"],
        )

    with op.batch_alter_table("partnership_tables", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reminders", sa.String(length=60), server_default="10080,1440", nullable=False)
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar_token", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_people_calendar_token"), ["calendar_token"])

    with op.batch_alter_table("topic_steps", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_inside", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("incoming_mail_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_topic_steps_incoming_mail_id"), ["incoming_mail_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_topic_steps_incoming_mail_id_incoming_mail"),
            "incoming_mail",
            ["incoming_mail_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unread_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_topics_split_from_id"), ["split_from_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_topics_split_from_id_topics"), "topics", ["split_from_id"], ["id"]
        )

    remember_whose_letters()


def remember_whose_letters() -> None:
    """Give each letter of a meeting or a topic its table, so that those who run one table see their own."""
    op.execute(
        "UPDATE outgoing_mail SET table_id ="
        " (SELECT table_id FROM meetings WHERE meetings.id = outgoing_mail.meeting_id)"
        " WHERE meeting_id IS NOT NULL"
    )
    op.execute(
        "UPDATE outgoing_mail SET table_id ="
        " (SELECT table_id FROM topics WHERE topics.id = outgoing_mail.topic_id)"
        " WHERE table_id IS NULL AND topic_id IS NOT NULL"
    )


def say_it_in_the_earlier_words() -> None:
    """Leave only what the version before can read: what was not sent stays unsent, with a person to look."""
    op.execute("UPDATE outgoing_mail SET state = 'parked' WHERE state IN ('draft', 'gathered', 'skipped')")
    op.execute("UPDATE outgoing_mail SET invitation_id = NULL, digest_id = NULL")
    op.execute("DELETE FROM invitations WHERE topic_id IS NOT NULL")
    # What a proposer wrote by mail stays readable; what perhaps somebody else wrote is never shown as hers.
    op.execute("DELETE FROM topic_steps WHERE kept_inside")
    op.execute("UPDATE topic_steps SET act = 'reply' WHERE act = 'write'")


def downgrade() -> None:
    say_it_in_the_earlier_words()
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_topics_split_from_id_topics"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_topics_split_from_id"))
        batch_op.drop_column("split_from_id")
        batch_op.drop_column("unread_at")

    with op.batch_alter_table("topic_steps", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_topic_steps_incoming_mail_id_incoming_mail"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_topic_steps_incoming_mail_id"))
        batch_op.drop_column("incoming_mail_id")
        batch_op.drop_column("kept_inside")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_people_calendar_token"), type_="unique")
        batch_op.drop_column("calendar_token")

    with op.batch_alter_table("partnership_tables", schema=None) as batch_op:
        batch_op.drop_column("reminders")

    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_outgoing_mail_table_id_partnership_tables"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_outgoing_mail_approved_by_id_people"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outgoing_mail_invitation_id_invitations"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outgoing_mail_digest_id_outgoing_mail"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_outgoing_mail_mark"), type_="unique")
        batch_op.drop_index("ix_outgoing_mail_table_state")
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_digest_id"))
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_batch"))
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("digest_id")
        batch_op.drop_column("approved_by_id")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("revision")
        batch_op.drop_column("since_release")
        batch_op.drop_column("calendar_mark")
        batch_op.drop_column("calendar_sequence")
        batch_op.drop_column("calendar_method")
        batch_op.drop_column("calendar")
        batch_op.drop_column("in_reply_to")
        batch_op.drop_column("mark")
        batch_op.drop_column("batch")
        batch_op.drop_column("invitation_id")
        batch_op.drop_column("table_id")

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_column("fold_minutes")

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        check_anew(batch_op, ONE_OF_TWO)
        batch_op.drop_constraint(batch_op.f("fk_invitations_topic_id_topics"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_invitations_reply_token"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_invitations_meeting_id_topic_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_invitations_uid"))
        batch_op.drop_index(batch_op.f("ix_invitations_topic_id"))
        batch_op.drop_column("substitute")
        batch_op.drop_column("answer_stamp")
        batch_op.drop_column("answer_sequence")
        batch_op.drop_column("answer_channel")
        batch_op.drop_column("answer_words")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answer")
        batch_op.drop_column("first_message_id")
        batch_op.drop_column("calendar_mark")
        batch_op.drop_column("sequence")
        batch_op.drop_column("reply_token")
        batch_op.drop_column("uid")
        batch_op.drop_column("topic_id")

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachments_topic_id"))
        batch_op.drop_index(batch_op.f("ix_attachments_incoming_mail_id"))

    op.drop_table("attachments")
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incoming_mail_topic_id"))
        batch_op.drop_index(batch_op.f("ix_incoming_mail_table_id"))
        batch_op.drop_index(batch_op.f("ix_incoming_mail_outgoing_mail_id"))
        batch_op.drop_index("ix_incoming_mail_outcome_received_at")
        batch_op.drop_index(batch_op.f("ix_incoming_mail_invitation_id"))

    op.drop_table("incoming_mail")
    op.drop_table("reminders")
    op.drop_table("mail_choices")
    op.drop_table("heartbeats")
