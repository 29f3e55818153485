"""Sees whether several processes share one installation's work without doing any of it twice.

Two web processes take answers while three workers run tasks, on a PostgreSQL server of our own: one worker with the
schedule and the opener, two beside it. Each task leaves a line; each answer is read once by the sweep. With
`--line redis` the tasks wait on a Redis server, in a database of it that must be empty and is emptied afterwards.

python -m tools.measure_workers [--tasks 300] [--answers 40] [--line database|redis] [--redis redis://127.0.0.1:6379/9]
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools import run
from tools.trial import installation
from tools.trial.cluster import own_cluster
from tools.trial.visitor import Visitor

WORKERS = 3
SECONDS_TO_FINISH = 240
READ = (
    "from feedback.models import SealedText; from analysis.models import MachineReading, Run; "
    "print(SealedText.objects.count(), MachineReading.objects.count(), sum(run.read for run in Run.objects.all()))"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Try it; 1 if a task ran twice or never, or an answer was read twice or never."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=300)
    parser.add_argument("--answers", type=int, default=40)
    parser.add_argument("--line", choices=("database", "redis"), default="database")
    parser.add_argument("--redis", default="redis://127.0.0.1:6379/9")
    given = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, run.interrupted)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heard-workers-")))
        cluster = stack.enter_context(own_cluster())
        more = {"HEARD_TRIAL_FILE": str(folder / "lines"), "HEARD_SWEEP_SECONDS": "2"}
        environment = installation.environment(folder, cluster.address(), **more)
        installation.set_up(environment)
        if given.line == "redis":
            environment["HEARD_REDIS"] = stack.enter_context(_empty_redis(given.redis))
        port = stack.enter_context(_running(environment))
        begun = time.monotonic()
        enqueued = [sys.executable, "-m", "tools.trial.tasks", str(given.tasks)]
        subprocess.run(enqueued, cwd=run.ROOT, env=environment, check=True)
        _answer(port, given.answers)
        ran = _wait_for_lines(folder / "lines", given.tasks)
        texts, readings, read = _wait_for_readings(environment, given.answers)
        print(f"line: {given.line}; {time.monotonic() - begun:.0f} s")
    both = [report(ran, given.tasks), report_readings(texts, readings, read, given.answers)]
    return 0 if all(both) else 1


def report(ran: Sequence[tuple[str, str]], wanted: int) -> bool:
    """Print who ran how many tasks; whether each ran once, and not all by one worker.

    A worker in the middle of a long sweep may have none of these, and its own share is the answers it reads.
    """
    times = Counter(number for number, _ in ran)
    shares = Counter(process for _, process in ran)
    twice, never = sum(count > 1 for count in times.values()), wanted - len(times)
    each = ", ".join(str(count) for _, count in shares.most_common())
    print(f"tasks: {wanted}; by worker: {each}; {WORKERS - len(shares)} of {WORKERS} had none, being at the answers")
    print(f"run twice: {twice}; never: {never}; 0 and 0 are wanted")
    return twice == never == 0 and len(shares) > 1


def report_readings(texts: int, readings: int, read: int, wanted: int) -> bool:
    """Print how often answers were read and kept; whether each was once."""
    print(f"answers sent: {wanted}; sealed: {texts}; read: {readings}; readings kept: {read}; all alike is wanted")
    return texts == readings == read == wanted


@contextmanager
def _running(environment: Mapping[str, str]) -> Iterator[int]:
    """The site with its two processes, and three workers; the port."""
    port = run.free_port(os.environ.get("PORT", "8109"))
    parts = [installation.start_site(environment, port), installation.start_worker(environment)]
    try:
        parts += [installation.start_worker(environment, "--tasks-only") for _ in range(WORKERS - 1)]
        run.wait_until_served(f"http://{run.HOST}:{port}/", parts)
        yield port
    finally:
        run.stop(parts)


@contextmanager
def _empty_redis(address: str) -> Iterator[str]:
    from redis import Redis  # noqa: PLC0415 - optional: python -m tools.install redis

    server = Redis.from_url(address)
    if server.dbsize():
        raise SystemExit(f"{address} holds something. Name an empty database of that server.")
    try:
        yield address
    finally:
        server.flushdb()


def _answer(port: int, number: int) -> None:
    def one(which: int) -> None:
        for _ in Visitor(port, f"Nobody rang me back, fictional person {which} says.", takes_words=False).walk():
            pass

    with ThreadPoolExecutor(4) as people:
        list(people.map(one, range(number)))


def _wait_for_lines(path: Path, wanted: int) -> list[tuple[str, str]]:
    until, lines = time.monotonic() + SECONDS_TO_FINISH, [""]
    while time.monotonic() < until and len(lines) < wanted:
        time.sleep(1)
        lines = path.read_text().splitlines() if path.exists() else []
    time.sleep(3)  # a second run of one would come now
    return [(line.split()[0], line.split()[1]) for line in path.read_text().splitlines()]


def _wait_for_readings(environment: Mapping[str, str], wanted: int) -> tuple[int, int, int]:
    until = time.monotonic() + SECONDS_TO_FINISH
    while True:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-v", "0", "-c", READ]
        done = subprocess.run(command, cwd=run.ROOT, env=environment, check=True, capture_output=True, text=True)
        texts, readings, read = (int(part) for part in done.stdout.split()[-3:])
        if readings >= wanted or time.monotonic() > until:
            return texts, readings, read
        time.sleep(2)


if __name__ == "__main__":
    sys.exit(main())
