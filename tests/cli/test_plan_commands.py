"""The plan commands: data on standard output, sentences on standard error, and an honest exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.domain.plans import canonical
from app.extensions import db
from app.importers.reading import Problem, Reading
from app.models import Event, Plan
from app.services import plans
from tests.plan_stage import COMPARE, ODD, some_documents

HOUSE = Path(__file__).parents[2]
TABLE = "Tavoite\tToimenpide\tMittari\nTURVALLINEN ARKI\t\t\nKylätiet\tKylien valaistus\tValaisimia\n"


def run(app: Flask, *words: str, **options: object) -> Result:
    return app.test_cli_runner().invoke(args=["plan", *words], **options)


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Plan)) or 0


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small plan as a file."""
    path = tmp_path / "suunnitelma.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_dry_run_prints_the_canonical_json_alone(app: Flask, table: Path) -> None:
    done = run(app, "import", str(table), "--dry-run", "--json", "--title", "Oma", "--period", "2023-2025")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert list(said) == ["plan", "focus_areas"]
    assert (said["plan"]["title"], said["plan"]["period"], said["plan"]["period_end"]) == (
        "Oma",
        "2023–2025",
        2025,
    )
    assert said["focus_areas"][0]["objectives"][0]["measures"][0]["text"] == "Kylien valaistus"
    assert how_many() == 0


def test_an_import_stores_and_counts(app: Flask, table: Path) -> None:
    done = run(app, "import", str(table), "--municipality", "Lehmijärvi")
    assert (done.exit_code, done.stderr) == (0, "")
    plan = db.session.scalars(select(Plan)).one()
    assert done.stdout == f"Plan {plan.id} is imported. 1 focus area, 1 objective, 1 measure.\n"
    assert (plan.source_name, plan.municipality) == ("suunnitelma.tsv", "Lehmijärvi")
    assert db.session.scalars(select(Event.act)).all() == ["plan.import"]


def test_an_import_answers_in_json_too(app: Flask, table: Path) -> None:
    said = json.loads(run(app, "import", str(table), "--json").stdout)
    plan_id = db.session.scalars(select(Plan.id)).one()
    assert said == {"id": plan_id, "problems": 0, "focus_areas": 1, "objectives": 1, "measures": 1}


def test_a_dry_run_in_words_stores_nothing(app: Flask, table: Path) -> None:
    done = run(app, "import", str(table), "--dry-run")
    assert done.stdout == "1 focus area, 1 objective, 1 measure. Nothing was stored.\n"
    assert how_many() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_paste_comes_by_standard_input(app: Flask, encoding: str) -> None:
    done = run(app, "import", "-", "--dry-run", "--json", input=TABLE.encode(encoding))
    [area] = json.loads(done.stdout)["focus_areas"]
    assert area["objectives"][0]["title"] == "Kylätiet"


def test_lines_that_were_not_understood_go_to_standard_error(
    app: Flask, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = (
        Problem(12, "Jokin\nrivi", "No measure in %(column)s.", {"column": "C"}, "Taul1"),
        Problem(14, "Toinen", "100 % unknown.", {}),
    )
    monkeypatch.setattr(plans, "read_safely", lambda *_, **__: Reading(ODD, problems, "table"))
    done = run(app, "import", str(table), "--dry-run", "--json")
    assert json.loads(done.stdout) == canonical(ODD)
    assert done.stderr == ("Taul1, line 12: Jokin rivi: No measure in C.\nline 14: Toinen: 100 % unknown.\n")


REFUSED = [
    ("no-such.xlsx", None, "cannot be opened: No such file or directory."),
    ("nul\0name.xlsx", None, "cannot be opened"),
    ("folder", ..., "cannot be opened: Is a directory."),
    ("empty.xlsx", b"", "The file is empty."),
    ("plan.pdf", b"%PDF-1.7", "PDF files cannot be read."),
    ("plan.docx", b"PK\x03\x04broken", "The file is damaged and cannot be opened."),
    ("plan.csv", bytes(range(256)), "The file is not text, although its name says so."),
    ("plan.txt", b"a" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB."),
    ("words.txt", b"Only words.", "No measures were found."),
]


@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED, ids=[one[2][:24] for one in REFUSED])
def test_a_bad_file_is_one_sentence_and_1(
    app: Flask, tmp_path: Path, name: str, data: object, sentence: str
) -> None:
    if isinstance(data, bytes):
        (tmp_path / name).write_bytes(data)
    elif data is ...:
        (tmp_path / name).mkdir()
    done = run(app, "import", str(tmp_path / name))
    assert (done.exit_code, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert how_many() == 0


@pytest.mark.parametrize(
    ("words", "paste", "sentence"),
    [
        (("-",), b"", "Nothing was pasted."),
        (("-",), b"\x00\x01", "The file is not text"),
        (("-",), b"a" * (5 * 1024 * 1024 + 1), "The text is too long."),
        (("-", "--period", "abc"), TABLE.encode(), "Write the years like 2023–2025."),
        (("-", "--title", "T" * 501), TABLE.encode(), "has 501 characters; 500 fit."),
        (("-", "--municipality", "K" * 201), TABLE.encode(), "The name of the municipality is too long."),
    ],
)
def test_a_bad_paste_or_word_is_one_sentence_and_1(
    app: Flask, words: tuple[str, ...], paste: bytes, sentence: str
) -> None:
    done = run(app, "import", *words, input=paste)
    assert (done.exit_code, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert how_many() == 0


@pytest.mark.parametrize("words", [("import",), ("import", "a", "b"), ("import", "a", "--colour"), ("burn",)])
def test_wrong_usage_is_2(app: Flask, words: tuple[str, ...]) -> None:
    done = run(app, *words)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr


def test_the_list_of_plans(app: Flask, table: Path) -> None:
    assert run(app, "list").stdout == "No plan has been imported yet.\n"
    assert json.loads(run(app, "list", "--json").stdout) == []
    run(app, "import", str(table), "--title", "Suunnitelma", "--period", "2025")
    plan_id = db.session.scalars(select(Plan.id)).one()
    assert run(app, "list").stdout == (
        f"{plan_id}  Suunnitelma · 2025  1 focus area, 1 objective, 1 measure.\n"
    )
    [said] = json.loads(run(app, "list", "--json").stdout)
    assert (said["id"], said["title"], said["measures"]) == (plan_id, "Suunnitelma", 1)


@pytest.mark.parametrize("document", some_documents())
def test_every_real_document_is_read_as_expected(app: Flask, document: Path) -> None:
    done = run(app, "import", str(document), "--dry-run", "--json")
    assert done.exit_code == 0
    compared = subprocess.run(
        [sys.executable, str(COMPARE), str(document.with_name("expected.json"))],
        input=done.stdout_bytes,
        capture_output=True,
        check=False,
    )
    assert compared.returncode == 0, compared.stdout.decode()


def command(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own, in an empty installation."""
    environment = {
        **os.environ,
        "INSTANCE_DIR": str(folder),
        "SECRET_KEY": "k" * 40,
        "PUBLIC_URL": "http://127.0.0.1:5000",
        "DATABASE_URL": "",
        **more,
    }
    flask = Path(sys.executable).with_name("flask")
    return subprocess.run(
        [flask, *words], capture_output=True, cwd=HOUSE, env=environment, encoding="utf-8", check=False
    )


def test_a_dry_run_needs_no_tables_and_no_terminal_of_utf_8(tmp_path: Path, table: Path) -> None:
    dry = ("plan", "import", str(table), "--dry-run", "--json")
    done = command(tmp_path / "new", *dry, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["focus_areas"][0]["objectives"][0]["title"] == "Kylätiet"


def test_an_import_without_tables_says_what_to_do(tmp_path: Path, table: Path) -> None:
    done = command(tmp_path / "new", "plan", "import", str(table))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The database is not ready. Run `flask db upgrade` first.\n"
