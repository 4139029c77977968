"""Runs the suite on SQLite and on PostgreSQL, and says in its last lines what was left out and why."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tests.calendar.radicale import missing_radicale
from tests.calendar.readers import missing_readers

HOUSE = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://root@127.0.0.1:5432/postgres")
IN_CI = os.environ.get("CI") == "true"


def postgresql_answers() -> bool:
    """Whether a PostgreSQL server listens where the tests look for one."""
    parts = urlsplit(SERVER)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=3):
            return True
    except OSError:
        return False


def install(what: str, *packages: str) -> None:
    """Install Debian's packages where this user may; `what` is said on the screen."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {what} (apt-get) ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    for package in packages:  # one by one: where one is not to be had the others still are
        subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, env=unasked, **quiet)


def chromium() -> str | None:
    """Return the path of the system's Chromium, installing Debian's where this user may."""

    def found() -> str | None:
        return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

    if not found():
        install("Chromium for the journeys", "chromium")
    return found()


def programs_left_out() -> list[str]:
    """Return which programs of others no test can ask here, after installing Debian's where this user may."""
    lacking = [package for package, there in PROGRAMS.items() if not there()]
    if lacking:
        install("programs that the tests ask: " + ", ".join(lacking), *lacking)
    reasons = [*missing_readers(), *filter(None, [missing_radicale()])]
    if not dovecot():
        reasons.append("mail fetched from a real mailbox: no dovecot here")
    return reasons


def dovecot() -> str | None:
    """Return the path of the mail server; Debian keeps it where only root looks."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


# Debian's packages of what the tests ask besides Chromium and PostgreSQL, and whether each is there.
PROGRAMS: dict[str, Callable[[], object]] = {
    "gcc": lambda: shutil.which("gcc"),
    "libc6-dev": lambda: Path("/usr/include/stdlib.h").exists(),
    "libical-dev": lambda: Path("/usr/include/libical/ical.h").exists(),
    "khal": lambda: shutil.which("khal"),
    "radicale": lambda: shutil.which("radicale"),
    "nodejs": lambda: shutil.which("node"),
    "npm": lambda: shutil.which("npm"),
    "dovecot-imapd": dovecot,
    "dovecot-lmtpd": lambda: Path("/usr/lib/dovecot/lmtp").exists(),
}


def run(engine: str, browser: str | None) -> int:
    """Run the suite on one engine; return pytest's exit status."""
    print(f"\n== {engine} ==", flush=True)
    environment = {**os.environ, "TEST_DB": engine, "PYTHONDONTWRITEBYTECODE": "1"}
    if browser:
        environment["CHROMIUM"] = browser
    workers = os.environ.get("TEST_WORKERS") or str(min(4, os.cpu_count() or 1))
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadfile", *sys.argv[2:]],
        cwd=HOUSE,
        env=environment,
        check=False,
    ).returncode


def main() -> int:
    """Run what can run here; in CI leaving a leg out is a failure."""
    wanted = sys.argv[1:2] or ["sqlite", "postgresql"]
    began = time.monotonic()
    left_out = []
    browser = chromium()
    if browser is None:
        left_out.append("journeys in a real browser: no Chromium here, and it could not be installed")
    left_out += programs_left_out()
    results = {}
    for engine in wanted:
        if engine == "postgresql" and not postgresql_answers():
            left_out.append("PostgreSQL: no server answers at TEST_POSTGRESQL_URL (default 127.0.0.1:5432)")
            continue
        results[engine] = run(engine, browser)
    print()
    for engine, status in results.items():
        print(f"{engine}: {'passed' if status == 0 else f'FAILED (exit {status})'}")
    for reason in left_out:
        print(f"Left out: {reason}")
    if not (HOUSE.parent / "shared").is_dir():
        print("Without ../shared invented plans and topics were used, and tests of the real ones skipped.")
    elif not left_out:
        print("Nothing was left out.")
    print(f"{time.monotonic() - began:.0f} seconds")
    failed = any(results.values()) or not results or (IN_CI and bool(left_out))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
