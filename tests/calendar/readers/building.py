"""Readers that must be compiled or fetched first: once for a checkout, however many tests run at once."""

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "build" / "readers"


class CannotBuild(Exception):
    """A reader could not be made ready; the message says why in plain words."""


def built(name: str, sources: Sequence[Path], build: Callable[[Path], None]) -> Path:
    """Return the folder with the sources and what `build` made beside them; made once for these sources."""
    mark = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    ready = FOLDER / f"{name}-{mark}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.is_dir():
            with tempfile.TemporaryDirectory(dir=FOLDER) as place:
                half = Path(place) / name
                half.mkdir()
                for source in sources:
                    shutil.copy(source, half)
                build(half)
                half.rename(ready)
    return ready


def run(command: Sequence[str | Path], folder: Path, complaint: str) -> None:
    """Run one step of a build; raise CannotBuild with the complaint and the command's first error."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "error" in line]
        raise CannotBuild(f"{complaint} ({errors[0] if errors else f'exit {done.returncode}'})")
