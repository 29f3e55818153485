"""Starts Heard as three processes with three PostgreSQL roles, and proves by attempt what each cannot reach.

The database is a server of our own in a temporary folder. Each part has its own secrets, its own role and, where this
is run as root, an account of its own; where it is not, all three share one account, files are kept apart by settings
alone, and that is said. Everything is fictional, and gone at the end.

python -m tools.run_split [--once]     --once: end after the proof
"""

import argparse
import contextlib
import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools import run
from tools.measure_journey import Browser
from tools.trial import installation
from tools.trial.cluster import Cluster, NoPostgres, own_cluster
from tools.trial.visitor import TurnedAway, Visitor, marks_of

PARTS = ("public", "staff", "worker")
# Accounts without a name are enough: a process is told apart by its number.
FIRST_ACCOUNT = 64100
SHARED = ("static", "locale", "models", "media", "govuk")
WORDS = "A fictional person says that nobody rang back for four months."


@dataclass(frozen=True)
class Split:
    """One installation in parts: where its files lie, and on which ports it answers."""

    folder: Path
    cluster: Cluster
    public_port: int
    staff_port: int

    def account(self, part: str) -> int | None:
        """The account a part runs in, or None where all share ours."""
        return FIRST_ACCOUNT + PARTS.index(part) if stands_apart() else None

    def environment(self, part: str) -> dict[str, str]:
        """What this part is started with, and nothing that is another's."""
        role = f"heard_{part}"
        port = urlsplit(self.cluster.address()).port
        given = {
            "HEARD_PART": part,
            "HEARD_SECRETS": str(self.folder / part / "secrets"),
            "HEARD_OPENER_SOCKET": str(self.folder / "run" / "opener" / "opener.sock"),
            "HEARD_DESK_SOCKET": str(self.folder / "run" / "desk" / "desk.sock"),
            "HEARD_PUBLIC_URL": f"http://{run.HOST}:{self.public_port}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if part == "worker":
            given["HEARD_KEYS"] = str(self.folder / "worker" / "keys")
        return installation.environment(self.folder / "var", f"postgres://{role}@{run.HOST}:{port}/heard", **given)

    def as_account(self, part: str) -> dict[str, int]:
        """The account as a process is started with it."""
        account = self.account(part)
        return {} if account is None else {"user": account, "group": account}


def stands_apart() -> bool:
    """Whether each part can have an account of its own: we may make processes of others, and they can read the code."""
    folders = [run.ROOT, *run.ROOT.parents]
    return os.geteuid() == 0 and all(folder.stat().st_mode & 0o005 == 0o005 for folder in folders)


def main(argv: Sequence[str] | None = None) -> int:
    """Start, prove, and go on until Ctrl-C; 1 if an attempt succeeded that should not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--once", action="store_true")
    given = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, run.interrupted)
    port = run.free_port(os.environ.get("PORT", "8000"))
    try:
        with started(port, run.free_port(str(port + 1))) as (split, running):
            is_proved = prove(split)
            if not given.once and is_proved:
                print(
                    f"Public: http://{run.HOST}:{port}/   Staff: http://{run.HOST}:{port + 1}/staff/   Ctrl-C ends it."
                )
                while all(process.poll() is None for process in running):
                    time.sleep(0.5)
            return 0 if is_proved else 1
    except (NoPostgres, run.StartFailed) as problem:
        print(problem)
        return 1
    except KeyboardInterrupt:
        return 0


@contextlib.contextmanager
def started(public_port: int, staff_port: int) -> Iterator[tuple[Split, list[subprocess.Popen[bytes]]]]:
    """The three processes, each as itself."""
    folder = Path(tempfile.mkdtemp(prefix="heard-split-"))
    folder.chmod(0o755)
    running: list[subprocess.Popen[bytes]] = []
    try:
        with own_cluster() as cluster:
            split = Split(folder, cluster, public_port, staff_port)
            _set_up(split)
            running.append(installation.start_worker(split.environment("worker"), **split.as_account("worker")))
            for part, port in (("public", public_port), ("staff", staff_port)):
                running.append(installation.start_site(split.environment(part), port, **split.as_account(part)))
            try:
                for port in (public_port, staff_port):
                    run.wait_until_served(f"http://{run.HOST}:{port}/", running)
                _wait_for_worker(split)
                yield split, running
            finally:
                run.stop(running)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prove(split: Split) -> bool:
    """Send something, come back for it, and then try from each part what it must not be able to do."""
    if not stands_apart():
        print("All parts share this account: files are kept apart by settings alone. Run as root for accounts apart.")
    proofs = [_answers_are_sent_and_taken_back(split), _addresses_are_apart(split)]
    proofs += [_attempts(split, part) for part in PARTS]
    print("Proved." if all(proofs) else "NOT proved: see above.")
    return all(proofs)


def _set_up(split: Split) -> None:
    """Roles, tables, grants, and for each part the secrets it needs and no more."""
    passwords = {part: secrets.token_urlsafe(24) for part in PARTS}
    split.cluster.run(*(f"CREATE ROLE heard_{part} LOGIN PASSWORD '{passwords[part]}'" for part in PARTS))
    for part in PARTS:
        _folder(split, part, part)
        _folder(split, part, part, "secrets")
        _file(split, part, "database-password", passwords[part])
    _folder(split, "worker", "worker", "keys")
    _folder(split, "public", "run", mode=0o755)
    for name, caller in (("opener", "staff"), ("desk", "public")):
        _folder(split, "worker", "run", name, mode=0o2770, group=caller)
    owner = installation.environment(
        split.folder / "var", split.cluster.address(), HEARD_KEYS=str(split.folder / "worker" / "keys")
    )
    installation.set_up(owner)
    subprocess.run([sys.executable, "manage.py", "grant_roles"], cwd=run.ROOT, env=owner, check=True)
    made = split.folder / "var" / "secrets"
    for part, name in (("public", "pepper"), ("staff", "second-factor-key")):
        _file(split, part, name, (made / name).read_text())
        (made / name).unlink()
    _share(split)


def _share(split: Split) -> None:
    """What all parts read is made readable; the keys that were made, and what models learn, belong to the worker."""
    (split.folder / "var").chmod(0o755)
    for name in SHARED:
        for path in [split.folder / "var" / name, *(split.folder / "var" / name).rglob("*")]:
            if path.exists():
                path.chmod(0o755 if path.is_dir() else 0o644)
    models = split.folder / "var" / "models"
    for path in [models, *models.rglob("*"), *(split.folder / "worker" / "keys").iterdir()]:
        _give(split, "worker", path)


def _folder(split: Split, part: str, *names: str, mode: int = 0o700, group: str = "") -> None:
    path = split.folder.joinpath(*names)
    path.mkdir(exist_ok=True)
    _give(split, part, path, group)
    path.chmod(mode)


def _file(split: Split, part: str, name: str, content: str) -> None:
    path = split.folder / part / "secrets" / name
    path.touch(0o600)
    path.write_text(content)
    _give(split, part, path)


def _give(split: Split, part: str, path: Path, group: str = "") -> None:
    account, theirs = split.account(part), split.account(group or part)
    if account is not None and theirs is not None:
        os.chown(path, account, theirs)


def _wait_for_worker(split: Split) -> None:
    for _ in range(run.SECONDS_TO_ANSWER * 5):
        if (split.folder / "run" / "desk" / "desk.sock").exists():
            return
        time.sleep(0.2)
    raise run.StartFailed("The worker did not start. What went wrong is said above.")


def _answers_are_sent_and_taken_back(split: Split) -> bool:
    """Through the public process alone: one contribution stays to be tried for, another is taken back."""
    try:
        for _ in Visitor(split.public_port, WORDS, takes_words=False).walk():
            pass
        visitor = Visitor(split.public_port, WORDS)
        for _ in visitor.walk():
            pass
        page = _come_back(split.public_port, visitor.words)
    except (TurnedAway, OSError, http.client.HTTPException) as problem:
        print(f"  the journey ended early: {problem}")
        return False
    is_right = "Your answers have been deleted" in page
    print(
        f"  public: answers sent twice, found again with six words, taken back: {'as it should' if is_right else 'NO'}"
    )
    return is_right


def _come_back(port: int, words: str) -> str:
    browser = Browser(port)
    _, page, _ = browser.ask("/form/", {"return": "go", "words": words})
    for step in ("withdraw", "delete"):
        _, page, _ = browser.ask("/form/", {"return": step, "grant": marks_of(page).get("grant", "")})
    return page


def _addresses_are_apart(split: Split) -> bool:
    """Staff's addresses are not found on the public process; public ones are signposts on staff's."""
    wanted = {
        (split.public_port, "/admin/"): {404},
        (split.public_port, "/admin/login/"): {404},
        (split.public_port, "/staff/"): {404},
        (split.public_port, "/staff/sign-in/"): {404},
        (split.public_port, "/reports/"): {404},
        (split.public_port, "/kept/"): {200},
        (split.public_port, "/"): {200},
        (split.staff_port, "/form/"): {302},
        (split.staff_port, "/kept/"): {302},
        (split.staff_port, "/admin/"): {302},
        (split.staff_port, "/staff/sign-in/"): {200, 302},
    }
    wrong = 0
    for (port, path), statuses in wanted.items():
        status = Browser(port).ask(path)[0]
        if status not in statuses:
            wrong += 1
            print(f"  SURPRISE {path} on port {port}: {status}")
    print(f"  addresses: {len(wanted)} asked for, {wrong} surprises")
    return wrong == 0


def _attempts(split: Split, part: str) -> bool:
    command = [sys.executable, "-m", "tools.trial.attempts", part, str(split.folder)]
    environment, account = split.environment(part), split.as_account(part)
    done = subprocess.run(command, cwd=run.ROOT, env=environment, check=False, **account)  # type: ignore[call-overload]
    return bool(done.returncode == 0)


if __name__ == "__main__":
    sys.exit(main())
