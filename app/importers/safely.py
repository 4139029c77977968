"""Reads a stranger's file in a process of its own, so that a hostile one can only hurt that process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.domain.errors import Invalid
from app.domain.words import N_
from app.importers import limits
from app.importers.reading import Reading, from_json

ROOT = Path(__file__).resolve().parents[2]
# The child starts with a bare `app` package: without the pages, the settings and the database.
_START = """
import sys, types
app = types.ModuleType("app")
app.__path__ = [sys.argv[1]]
sys.modules["app"] = app
from app.importers.__main__ import main
sys.exit(main())
"""
_STOPPED = N_("The file took too much time or memory, so reading was stopped.")


def read_safely(
    filename: str,
    data: bytes,
    *,
    title: str | None = None,
    municipality: str | None = None,
    period: str | None = None,
) -> Reading:
    """Do what `read.read_plan` does, within limits of memory, processor time and wall time.

    Raises Invalid("file") or Invalid("period") with one sentence.
    """
    if len(data) > limits.FILE_BYTES:
        raise Invalid("file", limits.TOO_LARGE, megabytes=limits.FILE_BYTES // 2**20)
    return _in_child(
        {"filename": filename, "title": title, "municipality": municipality, "period": period}, data, "file"
    )


def read_pasted_safely(
    text: str, *, title: str | None = None, municipality: str | None = None, period: str | None = None
) -> Reading:
    """Do what `read.read_pasted` does, within the same limits; raises Invalid("text") or ("period")."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > limits.FILE_BYTES:
        raise Invalid("text", N_("The text is too long."))
    return _in_child(
        {"filename": None, "title": title, "municipality": municipality, "period": period}, data, "text"
    )


def _in_child(request: dict[str, Any], data: bytes, field: str) -> Reading:
    # The child gets no settings and no secrets, only what Python needs to start.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file goes in by standard input
            [sys.executable, "-I", "-X", "utf8", "-c", _START, str(ROOT / "app")],
            input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True,
            cwd=ROOT,
            env=environment,
            timeout=limits.WALL_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError, RecursionError):
        answer = {}
    if "reading" in answer:
        return from_json(answer["reading"])
    if "refused" in answer:
        refused = answer["refused"]
        raise Invalid(refused["field"], refused["message"], **refused["values"])
    raise Invalid(field, _STOPPED)
