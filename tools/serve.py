"""Serves the pages and runs the worker beside them, until Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

HOUSE = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def main() -> int:
    """Start the server and the worker; end both together."""
    settings = {**dotenv_values(HOUSE / ".env"), **os.environ}
    port = settings.get("PORT") or "5000"
    address = f"http://127.0.0.1:{port}"
    chosen = settings.get("PUBLIC_URL") or address
    if urlsplit(chosen).hostname in ("127.0.0.1", "localhost"):
        chosen = address  # the port may be another one today
    environment = {**os.environ, "PUBLIC_URL": chosen}
    print(
        f"\n  Kumppanuuspöytä is at {address}\n"
        f"  Sign in: {address}/sign-in (in the demo municipality: press a person's name)\n"
        f"  Or make a sign-in link: .venv/bin/flask sign-in-link EMAIL\n"
        f"  Letters are written to the folder instance/mail. Stop with Ctrl-C.\n",
        flush=True,
    )
    worker = subprocess.Popen([BIN / "flask", "worker"], cwd=HOUSE, env=environment)
    server = subprocess.Popen(
        [
            BIN / "gunicorn",
            "--bind", f"127.0.0.1:{port}",
            "--workers", "2",
            "--threads", "8",
            "--worker-class", "gthread",
            "--no-control-socket",
            "--log-level", "warning",
            "wsgi:app",
        ],
        cwd=HOUSE,
        env=environment,
    )  # fmt: skip

    def stop(_signal: int, _frame: object) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        return server.wait() and 0
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    sys.exit(main())
