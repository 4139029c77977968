"""Wrong and hostile files: each is refused with one sentence, soon, in a process of its own."""

import io
import re
import time
import zipfile

import openpyxl
import pytest

from app.domain.errors import Invalid
from app.importers import limits, read_pasted_safely, read_safely
from app.importers.read import read_plan
from tests.importers.make_documents import comma_file, told, word, xlsx

ROWS = [["Painopiste 1: Arki"], ["Tavoite", "Toimenpide"], ["Ilo", "Kerho"]]
EXCEL = xlsx({"S": ROWS})
WORD = word(ROWS[1:])
SHEET, BODY = "xl/worksheets/sheet1.xml", "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITIES = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def changed(data: bytes, name: str, old: bytes = b"", new: bytes = b"", **more: bytes) -> bytes:
    """The same archive with `old` replaced in part `name`, and with more parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            content = before.read(part)
            if part.filename == name:
                assert old in content
                content = content.replace(old, new, 1)
            after.writestr(part.filename, content)
        for extra, content in more.items():
            after.writestr(extra, content)
    return out.getvalue()


def in_utf16(data: bytes) -> bytes:
    """The Word file with its body in UTF-16, where a plain search for a declaration sees nothing."""
    body = zipfile.ZipFile(io.BytesIO(data)).read(BODY)
    text = (
        re.sub(rb"^<\?xml.*?\?>", b"", body)
        .decode()
        .replace("<w:document", ENTITIES.decode() + "<w:document", 1)
    )
    return changed(data, BODY, body, text.encode("utf-16"))


def wide_sheet() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(400):
        sheet.append([1] * 300)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
MERGED = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
MANY_MERGED = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:BB5000"/>' * 100 + b"</mergeCells>"
TOO_HEAVY = "The file holds too much to be read safely."
DECLARED = "The file holds XML declarations that are not allowed."
NOT_TEXT = "The file is not text, although its name says so."
HOSTILE = {
    "empty": ("p.xlsx", b"", "The file is empty."),
    "only spaces": ("p.csv", b" \n", "The file is empty."),
    "no ending": ("plan", b"a", "Choose a .xlsx, .docx, .csv, .tsv, .txt or .md file."),
    "excel named word": ("p.docx", EXCEL, "The name says Word, but this is an Excel file. Rename it .xlsx."),
    "word named excel": ("p.xlsx", WORD, "The name says Excel, but this is a Word file. Rename it .docx."),
    "excel named csv": ("p.csv", EXCEL, NOT_TEXT),
    "another archive": (
        "p.docx",
        b"PK\x05\x06" + bytes(18),
        "The file is not what its name says. Save it again as .xlsx or .docx.",
    ),
    "pdf": ("p.docx", b"%PDF-1.7", "PDF files cannot be read. Save the plan as .docx or .xlsx."),
    "picture": (
        "p.xlsx",
        b"\x89PNG\r\n\x1a\n" + bytes(9),
        "This is a picture. Save the plan as .docx or .xlsx.",
    ),
    "web page": ("p.xls", b"<html><table>", "This is an old Excel file. Save it as .xlsx."),
    "web page named xlsx": (
        "p.xlsx",
        b"\n<!DOCTYPE html>",
        "This is a web page. Save the plan as .docx or .xlsx.",
    ),
    "rich text": ("p.docx", b"{\\rtf1 x}", "This is an RTF file. Save it as .docx."),
    "old word": ("p.doc", OLE, "This is an old Word file. Save it as .docx."),
    "old excel": ("p.xls", OLE, "This is an old Excel file. Save it as .xlsx."),
    "password": (
        "p.xlsx",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "The file is protected by a password. Save it without one.",
    ),
    "too large": ("p.csv", b"x" * (limits.FILE_BYTES + 1), "The file is larger than 5 MB."),
    "bomb": ("p.xlsx", changed(EXCEL, "", **{"xl/media/b.bin": bytes(60_000_000)}), TOO_HEAVY),
    "dense part": ("p.docx", changed(WORD, BODY, b"<w:body>", b"<w:body>" + b"<w:p/>" * 900_000), TOO_HEAVY),
    "entries": ("p.xlsx", changed(EXCEL, "", **{f"x{n}.xml": b"" for n in range(300)}), TOO_HEAVY),
    "far cell": (
        "p.xlsx",
        changed(EXCEL, SHEET, b"</sheetData>", FAR),
        "The file may have at most 5000 rows.",
    ),
    "wide sheet": ("p.xlsx", wide_sheet(), "A table may have at most 60 columns."),
    "merged sheet": ("p.xlsx", changed(EXCEL, SHEET, b"</sheetData>", MERGED), TOO_HEAVY),
    "merged often": ("p.xlsx", changed(EXCEL, SHEET, b"</sheetData>", MANY_MERGED), TOO_HEAVY),
    "entities in excel": ("p.xlsx", changed(EXCEL, SHEET, b"<worksheet", ENTITIES + b"<worksheet"), DECLARED),
    "entities in word": ("p.docx", changed(WORD, BODY, b"<w:document", ENTITIES + b"<w:document"), DECLARED),
    "entities in UTF-16": ("p.docx", in_utf16(WORD), DECLARED),
    "external entity": ("p.docx", changed(WORD, BODY, b"<w:document", EXTERNAL + b"<w:document"), DECLARED),
    "wide word cell": (
        "p.docx",
        changed(WORD, BODY, b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999999"/>'),
        TOO_HEAVY,
    ),
    "cut short": ("p.docx", WORD[: len(WORD) // 2], "The file is damaged and cannot be opened."),
    "junk after a start": (
        "p.xlsx",
        b"PK\x03\x04" + bytes(range(256)),
        "The file is damaged and cannot be opened.",
    ),
    "broken xml": (
        "p.xlsx",
        changed(EXCEL, SHEET, b"</sheetData>", b"<"),
        "The file is damaged and cannot be opened.",
    ),
    "junk text": ("p.csv", bytes(range(256)), NOT_TEXT),
    "nul": ("p.csv", b"Tavoite;Toimenpide\nIlo;Ker\x00ho\n", NOT_TEXT),
    "no encoding": ("p.csv", b"Tavoite;Toimenpide\nIlo;\x81\xff\n", NOT_TEXT),
    "rows": ("p.csv", b"Tavoite;Toimenpide\n" + b"a;b\n" * 6000, "The file may have at most 5000 rows."),
    "columns": ("p.csv", b"Tavoite;Toimenpide\na;b" + b";x" * 90, "A table may have at most 60 columns."),
    "one long line": ("p.md", b"*a " * 300_000, TOO_HEAVY),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_wrong_or_hostile_file_is_refused_with_a_sentence(name):
    filename, data, sentence = HOSTILE[name]
    start = time.process_time()
    with pytest.raises(Invalid) as refusal:
        read_plan(filename, data)
    assert (refusal.value.field, str(refusal.value)) == ("file", sentence)
    assert time.process_time() - start < 3


def test_the_child_process_reads_the_same_and_refuses_the_same():
    data = comma_file(ROWS)
    assert read_safely("p.csv", data, title="Oma") == read_plan("p.csv", data, title="Oma")
    with pytest.raises(Invalid, match=r"^The file is larger than 5 MB\.$") as refusal:
        read_safely("p.csv", b"x" * (limits.FILE_BYTES + 1))
    assert refusal.value.values == {"megabytes": 5}
    with pytest.raises(Invalid) as refusal:
        read_safely("p.csv", data, period="joskus")
    assert refusal.value.field == "period"
    assert told(read_safely("\ud800\x00.csv", data)) == [("Painopiste 1: Arki", "Ilo", "Kerho")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "Nothing was pasted."),
        ("a\x00b", "The text has characters that cannot be kept. Copy it again."),
        ("a\ud800b", "The text has broken characters. Copy it again."),
        ("vain tekstiä", "No measures were found. Put them as a list under headings."),
    ],
)
def test_a_paste_is_refused_at_its_own_field(text, sentence):
    with pytest.raises(Invalid) as refusal:
        read_pasted_safely(text)
    assert (refusal.value.field, str(refusal.value)) == ("text", sentence)


def test_a_reading_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.01)
    with pytest.raises(Invalid, match="took too much time or memory"):
        read_safely("p.csv", comma_file(ROWS))


def test_a_reading_within_too_little_memory_is_stopped(monkeypatch, tmp_path):
    """The child sets its own limits, so a copy of the program with smaller ones must fail."""
    from app.importers import safely

    smaller = (
        "import app.importers.limits as limits\nlimits.MEMORY_BYTES = 2**20\nfrom app.importers.__main__"
    )
    start = safely._START.replace("from app.importers.__main__", smaller)
    monkeypatch.setattr(safely, "_START", start)
    with pytest.raises(Invalid, match="took too much time or memory"):
        read_safely("p.csv", comma_file(ROWS))


def test_the_child_gets_no_secrets(monkeypatch):
    from app.importers import safely

    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    start = "import os, sys\nsys.exit(1 if 'SECRET_KEY' in os.environ else 0)"
    monkeypatch.setattr(safely, "_START", start)
    seen = []
    run = safely.subprocess.run
    monkeypatch.setattr(safely.subprocess, "run", lambda *a, **k: seen.append(run(*a, **k)) or seen[-1])
    with pytest.raises(Invalid):
        read_safely("p.csv", comma_file(ROWS))
    assert seen[0].returncode == 0
