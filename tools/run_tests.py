"""Runs the suite on SQLite and on PostgreSQL, and says in its last lines what was left out and why."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

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


def chromium() -> str | None:
    """Return the path of the system's Chromium, installing Debian's where this user may."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found or not shutil.which("apt-get") or os.geteuid() != 0:
        return found
    print("Installing Chromium for the journeys (apt-get) ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)
    return shutil.which("chromium")


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
