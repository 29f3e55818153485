"""Starts Heard on this machine: prepares what is missing, then runs the site and one worker until Ctrl-C.

Runs inside the virtual environment that `tools.install` made; `make run` calls both.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from feedback.resemblance import FILE_NAME as LIKENESS
from feedback.roman import FILE_NAME as ROMAN
from tools import govuk_assets, install, train_languages, train_triage

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("HEARD_VAR", ROOT / "var"))
HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 10
GUNICORN = ["--workers", "2", "--log-level", "warning", "--no-control-socket"]
# What `manage.py prepare` depends on: while none of these files changes, a start skips it.
PREPARED_FROM = (
    "*/migrations/*.py",
    "site/*/migrations/*.py",
    "site/static/**/*",
    "site/config/demo/**/*",
    "site/locale/**/*.po",
    "surveys/data/*",
    "package-lock.json",
    "requirements/run.lock",
)


class StartFailed(Exception):
    """Heard could not start; the message says what to do."""


def main() -> int:
    """Prepare and start everything; returns when Ctrl-C or a failed part has stopped it."""
    for wish_to_stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish_to_stop, interrupted)
    os.umask(0o077)  # database, keys and sockets are for this account only
    try:
        port = free_port(os.environ.get("PORT", "8000"))
        prepare()
        return serve(port)
    except StartFailed as problem:
        print(problem)
        return 1
    except KeyboardInterrupt:
        return 0


def interrupted(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
    """Stop both processes, whichever way one is asked to, also where a shell lets Ctrl-C be ignored."""
    raise KeyboardInterrupt


def free_port(wanted: str) -> int:
    """The port as a number, if it can be listened on.

    Raises:
        StartFailed: if it is not a port number, or is taken.
    """
    if not wanted.isdigit() or not 1 <= int(wanted) <= 65535:
        raise StartFailed(f"PORT={wanted} is not a port number. Choose one between 1024 and 65535: make run PORT=8001")
    port = int(wanted)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            advice = f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
            raise StartFailed(advice) from error
    return port


def prepare() -> None:
    """Bring assets, database, keys, what is learned and demo data up to date, unless nothing they depend on changed."""
    stamp = VAR / "prepared"
    wanted = fingerprint()
    if is_whole() and stamp.exists() and stamp.read_text() == wanted:
        return
    VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
    fetch_assets()
    done = subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=False)
    if done.returncode != 0:
        raise StartFailed("Heard could not be prepared. What went wrong is said above.")
    stamp.write_text(wanted)


def is_whole() -> bool:
    """Whether keys and everything learned are there and up to date."""
    models = VAR / "models"
    is_learned = train_triage.is_up_to_date(models / LIKENESS) and train_languages.is_up_to_date(models / ROMAN)
    return (VAR / "keys").is_dir() and is_learned


def fetch_assets() -> None:
    """Fetch the GOV.UK stylesheet, with npm from the package index where this machine has none.

    Without it the pages still work; they are only plainer, so a failure is said and not fatal.
    """
    try:
        if shutil.which("npm") is None:
            pip = install.make_environment(Path(sys.prefix))
            install.install(pip, Path(sys.prefix), "node")
        govuk_assets.main()
    except (subprocess.CalledProcessError, install.InstallFailed, OSError):
        print("The GOV.UK stylesheet could not be fetched. The site starts with plainer pages; run again when online.")


def fingerprint() -> str:
    """A hash of every file that preparing depends on, and of where the data is kept."""
    digest = hashlib.sha256(os.environ.get("HEARD_DATABASE", "").encode())
    for pattern in PREPARED_FROM:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def serve(port: int) -> int:
    """Run the site, the worker and, once, the encoder's set-up, until one of the first two ends or Ctrl-C."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }
    python = sys.executable
    address = f"http://{HOST}:{port}/"
    gunicorn = [python, "-m", "gunicorn", "--bind", f"{HOST}:{port}", *GUNICORN]
    site = subprocess.Popen([*gunicorn, "config.wsgi"], cwd=ROOT, env=environment)
    worker = subprocess.Popen([python, "manage.py", "worker"], cwd=ROOT, env=environment)
    running = [site, worker]
    try:
        wait_until_served(address, running)
        subprocess.run([python, "manage.py", "welcome", address], cwd=ROOT, env=environment, check=False)
        running.append(subprocess.Popen([python, "-m", "tools.finish_setup"], cwd=ROOT, env=environment))
        while all(process.poll() is None for process in (site, worker)):
            time.sleep(0.5)
        print("A part of Heard has stopped; stopping the rest. What went wrong is said above.")
        return 1
    finally:
        stop(running)


def wait_until_served(address: str, running: list[subprocess.Popen[bytes]]) -> None:
    """Return when the address answers.

    Raises:
        StartFailed: if a process ends first, or nothing answers in time.
    """
    for _ in range(SECONDS_TO_ANSWER * 5):
        if any(process.poll() is not None for process in running):
            raise StartFailed("Heard stopped while starting. What went wrong is said above.")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own loopback address
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise StartFailed(f"Nothing answered at {address} within {SECONDS_TO_ANSWER} seconds.")


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, and insist after a while."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
