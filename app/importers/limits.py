"""What an uploaded file may be at most, and whether it is what its name says."""

import io
import re
import zipfile

from app.domain.errors import Invalid
from app.domain.words import N_

FILE_BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 50 * 1024 * 1024
RATIO = 100  # unpacked to packed, of one part of the file
RATIO_FROM_BYTES = 1024 * 1024  # small parts may shrink as much as they like
ENTRIES = 200
ROWS = 5_000
COLUMNS = 60
CELLS = 100_000
CHARACTERS = 5_000_000
LINE_CHARACTERS = 20_000  # of a text file; a longer line is no paragraph
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 20

_OFFICE = {"xlsx": "xlsx", "xlsm": "xlsx", "docx": "docx", "docm": "docx"}
_TEXT = {"csv": "csv", "tsv": "csv", "tab": "csv", "txt": "text", "md": "text", "markdown": "text"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TOO_LARGE = N_("The file is larger than %(megabytes)d MB.")
DAMAGED = N_("The file is damaged and cannot be opened.")
TOO_HEAVY = N_("The file holds too much to be read safely.")
NOT_TEXT = N_("The file is not text, although its name says so.")


def format_of(filename: str, data: bytes) -> str:
    """Tell the format ("xlsx", "docx", "csv" or "text") by name and content.

    Raises Invalid("file") with a sentence where the file is empty, too large, of another kind than
    its name says, protected by a password, or of a kind that is not read.
    """
    if not data.strip():
        raise Invalid("file", N_("The file is empty."))
    if len(data) > FILE_BYTES:
        raise Invalid("file", TOO_LARGE, megabytes=FILE_BYTES // 2**20)
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    _refuse_other_kinds(ending, data)
    if ending in _OFFICE:
        if not data.startswith(b"PK"):
            raise Invalid("file", N_("The file is not what its name says. Save it again as .xlsx or .docx."))
        _check_archive(data, _OFFICE[ending])
        return _OFFICE[ending]
    if ending in _TEXT:
        if data.startswith(b"PK\x03\x04"):
            raise Invalid("file", NOT_TEXT)
        return _TEXT[ending]
    raise Invalid("file", N_("Choose a .xlsx, .docx, .csv, .tsv, .txt or .md file."))


def _refuse_other_kinds(ending: str, data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Invalid("file", N_("The file is protected by a password. Save it without one."))
        if ending.startswith("xls"):
            raise Invalid("file", N_("This is an old Excel file. Save it as .xlsx."))
        if ending.startswith("doc"):
            raise Invalid("file", N_("This is an old Word file. Save it as .docx."))
        raise Invalid("file", N_("This is an old Office file. Save it as .docx or .xlsx."))
    if ending == "doc":
        raise Invalid("file", N_("This is an old Word file. Save it as .docx."))
    if ending == "xls":
        raise Invalid("file", N_("This is an old Excel file. Save it as .xlsx."))
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise Invalid("file", N_("PDF files cannot be read. Save the plan as .docx or .xlsx."))
    if start.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise Invalid("file", N_("This is a picture. Save the plan as .docx or .xlsx."))
    if start.startswith((b"<!doctype html", b"<html")):
        raise Invalid("file", N_("This is a web page. Save the plan as .docx or .xlsx."))
    if start.startswith(b"{\\rtf"):
        raise Invalid("file", N_("This is an RTF file. Save it as .docx."))


def _check_archive(data: bytes, wanted: str) -> None:
    """Check the parts of an Office file by really unpacking them, one at a time, within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > ENTRIES:
                raise Invalid("file", TOO_HEAVY)
            names = {part.filename.lower() for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise Invalid("file", N_("The file is protected by a password. Save it without one."))
            _check_kind(names, wanted)
            total = 0
            for part in parts:
                total += _unpacked_size(archive, part, UNPACKED_BYTES - total)
    except Invalid:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Invalid("file", DAMAGED) from error
    except Exception as error:  # zlib, lzma and bz2 each have an error of their own
        raise Invalid("file", DAMAGED) from error


def _check_kind(names: set[str], wanted: str) -> None:
    is_word, is_excel = "word/document.xml" in names, "xl/workbook.xml" in names
    if wanted == "docx" and is_excel and not is_word:
        raise Invalid("file", N_("The name says Word, but this is an Excel file. Rename it .xlsx."))
    if wanted == "xlsx" and is_word and not is_excel:
        raise Invalid("file", N_("The name says Excel, but this is a Word file. Rename it .docx."))
    if not (is_word if wanted == "docx" else is_excel):
        raise Invalid("file", N_("The file is not what its name says. Save it again as .xlsx or .docx."))


_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack `part` piece by piece; returns its bytes, refuses bombs and declared XML entities."""
    size, tail = 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(part) as stream:
        while piece := stream.read(1 << 16):
            size += len(piece)
            if size > left or (size > RATIO_FROM_BYTES and size > RATIO * max(part.compress_size, 1)):
                raise Invalid("file", TOO_HEAVY)
            if is_xml:
                # UTF-16 has a zero byte beside each letter; without them one search finds both.
                window = (tail + piece).replace(b"\x00", b"")
                if _DECLARES.search(window):
                    raise Invalid("file", N_("The file holds XML declarations that are not allowed."))
                tail = piece[-64:]
    return size
