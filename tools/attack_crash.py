"""Kills parts of a running installation at random moments while people send, and counts what was lost or doubled.

Each person writes one text with a mark nobody else has. Acknowledged is what the site told its sender it has. A person
whose page did not come looks again and presses again, as people do. At the end the holder of the keys opens everything
and every file is searched for marks; a mark planted beforehand shows that the search finds one. A killed process is
not a power cut: what the machine itself had not yet written to disk is not tried here.

On SQLite, which has no process of its own, killing the database is killing every process that has it open. On
PostgreSQL it is the first process of a server of our own. Nothing is killed but what this program started, by its id.

python -m tools.attack_crash [--kills 100] [--writers 8] [--on sqlite|postgres] [--seed 1]
"""

import argparse
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tools import run
from tools.trial import installation
from tools.trial.cluster import Cluster, own_cluster
from tools.trial.visitor import SittingOver, TurnedAway, Visitor, wait_for

# What is killed, and how often of ten times.
TARGETS = ("web process",) * 4 + ("whole web",) * 2 + ("worker",) * 2 + ("database",) * 2
BETWEEN_KILLS = (0.05, 3.0)  # seconds
# How long a person goes on trying, longer than anything takes to start again, and how often they look.
PATIENCE_SECONDS = 60
SECONDS_BETWEEN_LOOKS = 0.5
MARK = re.compile(rb"canary-[0-9a-f]{32}")
CHUNK = 8 * 1024 * 1024
LONGEST_MARK = 39
SECONDS_TO_FINISH = 120


@dataclass
class Told:
    """What the people who sent were told; each list holds marks."""

    acknowledged: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    def send(self, port: int) -> None:
        """One person's way; whatever breaks, they look again for a while, and go on where they are."""
        mark = f"canary-{uuid.uuid4().hex}"
        visitor = Visitor(port, f"Fictional words about a fictional night. {mark} is all of it.", takes_words=False)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                for _ in visitor.walk():
                    pass
            except SittingOver:
                break
            except (TurnedAway, OSError, http.client.HTTPException):
                time.sleep(SECONDS_BETWEEN_LOOKS)
                continue
            self.acknowledged.append(mark)
            return
        self.unsure.append(mark)


@dataclass
class Installation:
    """Site and worker that can be killed and started again."""

    environment: Mapping[str, str]
    port: int
    cluster: Cluster | None
    site: "subprocess.Popen[bytes] | None" = None
    worker: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start what is not running."""
        if self.worker is None or self.worker.poll() is not None:
            self.worker = installation.start_worker(self.environment, **_apart())
        if self.site is None or self.site.poll() is not None:
            self.site = installation.start_site(self.environment, self.port, **_apart())

    def kill(self, target: str, random: Random) -> None:
        """Kill one part without warning, and start again what does not start itself."""
        assert self.site is not None and self.worker is not None  # noqa: S101, PT018 - started; for the type checker
        serving = installation.children(self.site.pid)
        both = (self.worker, self.site)
        if target == "web process" and serving:
            _kill(random.choice(serving))
        elif target == "worker":
            _kill_whole(self.worker)
        elif target == "database" and self.cluster:
            self.cluster.kill()
            self.cluster.start()
        else:
            _kill_whole(*(both if target == "database" else [self.site]))
        self.start()

    def stop(self) -> None:
        """Stop in order."""
        run.stop([process for process in (self.site, self.worker) if process])


def main(argv: Sequence[str] | None = None) -> int:
    """Attack; 1 if anything acknowledged was lost, anything doubled, or anything readable is left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--on", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, run.interrupted)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heard-crash-")))
        cluster = stack.enter_context(own_cluster()) if given.on == "postgres" else None
        environment = installation.environment(folder, cluster.address() if cluster else "", HEARD_SWEEP_SECONDS="5")
        installation.set_up(environment)
        port = run.free_port(os.environ.get("PORT", "8109"))
        attacked = Installation(environment, port, cluster)
        random = Random(given.seed)  # noqa: S311 - so that an attack can be made again
        killed, told = _attack(attacked, kills=given.kills, writers=given.writers, random=random)
        found = _count(environment)
        folders = [folder, *([cluster.folder] if cluster else [])]
        places, control = search(folders), _control(folder)
    print(
        f"{given.on}: {sum(killed.values())} kills ({', '.join(f'{n} {name}' for name, n in sorted(killed.items()))})"
    )
    return 0 if report(told, found, places=places, control=control) else 1


def _attack(attacked: Installation, *, kills: int, writers: int, random: Random) -> tuple[Counter[str], Told]:
    told, killed, is_over = Told(), Counter[str](), threading.Event()

    def write() -> None:
        while not is_over.is_set():
            told.send(attacked.port)

    threads = [threading.Thread(target=write, daemon=True) for _ in range(writers)]
    try:
        attacked.start()
        wait_for(attacked.port)
        for thread in threads:
            thread.start()
        for _ in range(kills):
            time.sleep(random.uniform(*BETWEEN_KILLS))
            target = random.choice(TARGETS)
            attacked.kill(target, random)
            killed[target] += 1
            if target != "web process":
                wait_for(attacked.port)
        is_over.set()
        for thread in threads:
            thread.join(SECONDS_TO_FINISH)
    finally:
        attacked.stop()
    return killed, told


def report(told: Told, found: Mapping[str, object], *, places: int, control: int) -> bool:
    """Print what came of it beside what is wanted; whether it is that."""
    marks = found["marks"]
    assert isinstance(marks, list)  # noqa: S101 - as `tools.trial.count` prints it
    stored = Counter(marks)
    lost = set(told.acknowledged) - set(stored)
    doubled = [mark for mark, number in stored.items() if number > 1]
    halves = {name: number for name, number in found.items() if name != "marks" and number}
    beside = set(stored) - set(told.acknowledged)
    print(
        f"acknowledged: {len(told.acknowledged)}; stored: {len(stored)}; given up by their senders: {len(told.unsure)}"
    )
    print(f"stored, and their senders were not told: {len(beside)}")
    print(f"acknowledged and lost: {len(lost)}; 0 is wanted")
    print(f"stored twice: {len(doubled)}; 0 is wanted")
    print(f"stored in halves: {halves or 0}; 0 is wanted")
    print(f"readable marks in all files: {places}; 0 is wanted; the planted one was found {control} time(s)")
    is_enough = bool(told.acknowledged) and control == 1
    return is_enough and not (lost or doubled or halves or places)


def search(folders: Sequence[Path]) -> int:
    """How many marks can be read in the files below these folders, whatever kind of file it is."""
    return sum(_marks_in(path) for folder in folders for path in folder.rglob("*") if path.is_file())


def _marks_in(path: Path) -> int:
    number, tail = 0, b""
    with suppress(FileNotFoundError), path.open("rb") as file:
        while chunk := file.read(CHUNK):
            number += len(MARK.findall(tail + chunk)) - len(MARK.findall(tail))
            tail = (tail + chunk)[-LONGEST_MARK:]
    return number


def _control(folder: Path) -> int:
    (folder / "planted").write_bytes(os.urandom(CHUNK - 20) + f"canary-{uuid.uuid4().hex}".encode())
    return search([folder])


def _count(environment: Mapping[str, str]) -> dict[str, object]:
    command = [sys.executable, "-m", "tools.trial.count"]
    done = subprocess.run(command, cwd=run.ROOT, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _kill_whole(*processes: "subprocess.Popen[bytes]") -> None:
    """These with everything they have started: each leads a group of its own, so that no half-started child is left."""
    for process in processes:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _apart() -> dict[str, int]:
    return {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}


if __name__ == "__main__":
    sys.exit(main())
