"""A PostgreSQL server of our own, in a temporary folder, that may be killed: never the machine's."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

OWNER = "heard_owner"
DATABASE = "heard"
SECONDS_TO_START = 60
# PostgreSQL refuses to run as root: then these accounts are tried.
UNPRIVILEGED = ("postgres", "nobody")


class NoPostgres(Exception):
    """There are no PostgreSQL programs here; the message says what to install."""


class Cluster:
    """One server. It listens on loopback only, and every role signs in with a password."""

    def __init__(self, folder: Path) -> None:
        """Make the server's files in this folder.

        Raises:
            NoPostgres: if the programs are not installed.
        """
        self.folder = folder
        self.port = _free_port()
        self.password = secrets.token_urlsafe(16)
        self._programs = _programs()
        account = _account()
        self._user: int | None = account.pw_uid if account else None
        self._group: int | None = account.pw_gid if account else None
        self._process: subprocess.Popen[bytes] | None = None
        self._give(folder)
        self._run_initdb()

    def start(self) -> None:
        """Start the server and return when it answers; after a kill, as soon as the dead one's memory is free."""
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            command = [self._program("postgres"), "-D", str(self._data), "-p", str(self.port), *self._options]
            with (self.folder / "server.log").open("ab") as log:
                self._process = subprocess.Popen(command, stdout=log, stderr=log, user=self._user, group=self._group)
            if self._answers(until):
                return
        raise NoPostgres(f"The server in {self.folder} did not start; see server.log there.")

    def kill(self) -> None:
        """Kill the server's first process as a power cut would, by its id."""
        assert self._process is not None  # noqa: S101 - started before; for the type checker
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Stop the server in order."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=SECONDS_TO_START)

    def address(self, role: str = OWNER, password: str = "") -> str:
        """What `HEARD_DATABASE` is to be for this role."""
        return f"postgres://{role}:{password or self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def run(self, *statements: str, database: str = DATABASE) -> None:
        """Run SQL as the owner."""
        command = [
            self._program("psql"),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        more = [part for statement in statements for part in ("-c", statement)]
        environment = {**os.environ, "PGPASSWORD": self.password}
        subprocess.run([*command, "-U", OWNER, "-d", database, *more], env=environment, check=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _options(self) -> list[str]:
        # What a statement holds never reaches the log: see docs/decisions/processes-apart.md.
        given = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "log_min_messages": "fatal"}
        return [part for name, value in given.items() for part in ("-c", f"{name}={value}")]

    def _run_initdb(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        self._give(secret)
        command = [self._program("initdb"), "-D", str(self._data), "-U", OWNER, "--auth=scram-sha-256", "-E", "UTF8"]
        options = ["--pwfile", str(secret), "--locale=C.UTF-8"]
        quiet = subprocess.DEVNULL
        subprocess.run([*command, *options], check=True, stdout=quiet, cwd="/", user=self._user, group=self._group)
        secret.unlink()

    def _answers(self, until: float) -> bool:
        assert self._process is not None  # noqa: S101 - just made
        ready = [self._program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while time.monotonic() < until and self._process.poll() is None:
            if subprocess.run(ready, check=False).returncode == 0:
                return True
            time.sleep(0.05)
        time.sleep(0.1)
        return False

    def _give(self, path: Path) -> None:
        if self._user is not None and self._group is not None:
            os.chown(path, self._user, self._group)

    def _program(self, name: str) -> str:
        return str(self._programs / name)


@contextlib.contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A running server with an empty database, gone with all it holds at the end."""
    folder = Path(tempfile.mkdtemp(prefix="heard-postgres-"))
    cluster = Cluster(folder)
    try:
        cluster.start()
        cluster.run(f"CREATE DATABASE {DATABASE}", database="postgres")
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise NoPostgres("Install PostgreSQL's server programs first (on Debian: apt-get install postgresql).")
    return versions[-1].parent


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("PostgreSQL does not run as root. Run this from another account.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
