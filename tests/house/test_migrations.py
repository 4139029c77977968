"""Changes of the schema: the tables are what the models say, and no rebuild of a table loses its children."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import Migrate, upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from app.extensions import db
from app.models import Base
from app.models.connection import prepare

HOUSE = Path(__file__).resolve().parents[2]

FIRST = """
import sqlalchemy as sa
from alembic import op

revision = "one"
down_revision = None

def upgrade():
    op.create_table("meetings", sa.Column("id", sa.Integer, primary_key=True), sa.Column("place", sa.Text))
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO meetings VALUES (1, 'koulu')")
    op.execute("INSERT INTO notes VALUES (1, 1)")
"""

REBUILD = """
import sqlalchemy as sa
from alembic import op

revision = "two"
down_revision = "one"

def upgrade():
    with op.batch_alter_table("meetings", recreate="always") as table:
        table.add_column(sa.Column("remote_url", sa.String(200)))
    {then}
"""


def test_the_tables_are_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A folder of migrations that uses the house's own env.py."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "alembic.ini"):
        (folder / name).write_text(
            (HOUSE / "migrations" / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    (folder / "versions" / "one.py").write_text(FIRST)
    return folder


def small_app(folder: Path, tmp_path: Path) -> Flask:
    app = Flask("steps")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'steps.db'}"
    db.init_app(app)
    Migrate(app, db, directory=str(folder), render_as_batch=True)
    return app


def counts(app: Flask) -> tuple[int, int]:
    with app.app_context(), db.engine.connect() as connection:
        return (
            connection.execute(text("SELECT count(*) FROM meetings")).scalar_one(),
            connection.execute(text("SELECT count(*) FROM notes")).scalar_one(),
        )


class TestOnSQLite:
    def test_rebuilding_a_table_keeps_the_rows_that_hang_on_it(self, steps: Path, tmp_path: Path) -> None:
        app = small_app(steps, tmp_path)
        with app.app_context():
            prepare(db.engine)
            upgrade(revision="one")
            (steps / "versions" / "two.py").write_text(REBUILD.format(then=""))
            upgrade()
            db.engine.dispose()
        assert counts(app) == (1, 1)

    def test_without_the_cure_the_rows_would_be_deleted(self, tmp_path: Path) -> None:
        """With foreign keys on, as in our connections: shows that the test above can fail."""
        engine = create_engine(f"sqlite:///{tmp_path / 'trap.db'}")
        prepare(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE meetings (id INTEGER PRIMARY KEY)"))
            connection.execute(
                text("CREATE TABLE notes (id INTEGER, m INTEGER REFERENCES meetings (id) ON DELETE CASCADE)")
            )
            connection.execute(text("INSERT INTO meetings VALUES (1)"))
            connection.execute(text("INSERT INTO notes VALUES (1, 1)"))
            connection.execute(text("CREATE TABLE rebuilt AS SELECT * FROM meetings"))
            connection.execute(text("DROP TABLE meetings"))
            assert connection.execute(text("SELECT count(*) FROM notes")).scalar_one() == 0
        engine.dispose()

    def test_a_step_that_fails_leaves_nothing(self, steps: Path, tmp_path: Path) -> None:
        app = small_app(steps, tmp_path)
        with app.app_context():
            prepare(db.engine)
            upgrade(revision="one")
            (steps / "versions" / "two.py").write_text(
                REBUILD.format(then='op.execute("SELECT nothing_like_this")')
            )
            with pytest.raises(DatabaseError):
                upgrade()
            (steps / "versions" / "two.py").write_text(REBUILD.format(then=""))
            upgrade()  # a second try finds no leftovers
            db.engine.dispose()
        assert counts(app) == (1, 1)

    def test_a_step_that_leaves_orphans_is_not_kept(
        self, caplog: pytest.LogCaptureFixture, steps: Path, tmp_path: Path
    ) -> None:
        app = small_app(steps, tmp_path)
        with app.app_context():
            prepare(db.engine)
            upgrade(revision="one")
            (steps / "versions" / "two.py").write_text(
                REBUILD.format(then='op.execute("DELETE FROM meetings")')
            )
            with pytest.raises(SystemExit):
                upgrade()
            assert "pointing at nothing" in caplog.text
            db.engine.dispose()
        assert counts(app) == (1, 1)
