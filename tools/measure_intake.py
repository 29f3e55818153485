"""Measures submissions at a steady rate: people arrive whether or not those before them are done.

The site runs as `make run` starts it (gunicorn with two processes, one worker beside it), from a database of its own in
a temporary folder. Each visitor takes six return words (one Argon2id run of 64 MiB), answers a short survey with a text
and sends it; every request on the way is timed. Site, database, worker and visitors share this machine's cores.

python -m tools.measure_intake [--seconds 600] [--rate 10] [--on sqlite|postgres]
"""

import argparse
import http.client
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import run
from tools.trial import installation
from tools.trial.cluster import own_cluster
from tools.trial.visitor import TurnedAway, Visitor

MOST_P95 = 0.8  # seconds
TEXT = "It took four months before anybody rang me back, and then they asked me the same things again. "
TIMES = 4  # of it: about what people write
SECONDS_TO_FINISH = 60


@dataclass
class Taken:
    """Seconds of every request by what it did, whole journeys, and what went wrong."""

    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    journeys: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def visit(self, port: int) -> None:
        """One person's way from the first page to the last."""
        begun = time.perf_counter()
        try:
            for step in Visitor(port, TEXT * TIMES).walk():
                self.steps[step.name].append(step.seconds)
        except (TurnedAway, OSError, http.client.HTTPException) as problem:
            self.faults[f"{type(problem).__name__} {problem}"] += 1
            return
        self.journeys.append(time.perf_counter() - begun)


def arrive(port: int, *, rate: float, seconds: float) -> Taken:
    """So many people a second for so long; returns when the last is done."""
    taken, visits, begun = Taken(), [], time.perf_counter()
    for number in range(round(rate * seconds)):
        time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        visits.append(threading.Thread(target=taken.visit, args=[port], daemon=True))
        visits[-1].start()
    until = time.monotonic() + SECONDS_TO_FINISH
    for visit in visits:
        visit.join(max(0.0, until - time.monotonic()))
    taken.faults["not finished"] += sum(visit.is_alive() for visit in visits)
    return taken


def report(taken: Taken, *, rate: float, seconds: float) -> bool:
    """Print the figures beside what is wanted; whether they are within it."""
    asked, done, faults = round(rate * seconds), len(taken.journeys), sum(taken.faults.values())
    print(f"{done} of {asked} submissions went the whole way, {rate:g} a second for {seconds:g} seconds")
    every = [one for some in taken.steps.values() for one in some]
    if len(every) < 2:
        print("Nothing was measured.")
        return False
    for name, times in (*sorted(taken.steps.items()), ("every request", every), ("whole journey", taken.journeys)):
        print(f"  {name:<14} {len(times):6}  {_line(times)}")
    p95 = _p95(every)
    print(f"p95 of every request: {p95 * 1000:.0f} ms; below {MOST_P95 * 1000:.0f} ms is wanted")
    print(f"errors: {faults}; 0 is wanted{''.join(f'; {n} x {name}' for name, n in taken.faults.items() if n)}")
    return p95 < MOST_P95 and faults == 0 and done == asked


def main(argv: Sequence[str] | None = None) -> int:
    """Measure on one kind of database; 1 if it is slower than is wanted, or anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--on", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, run.interrupted)
    with served(on_postgres=given.on == "postgres") as port:
        arrive(port, rate=2, seconds=5)  # loads what the others find loaded
        load = os.getloadavg()[0]
        print(f"{given.on}, {os.cpu_count()} cores, load before: {load:.1f}")
        taken = arrive(port, rate=given.rate, seconds=given.seconds)
    return 0 if report(taken, rate=given.rate, seconds=given.seconds) else 1


@contextmanager
def served(*, on_postgres: bool) -> Iterator[int]:
    """The site and its worker on an installation of their own; the port."""
    with tempfile.TemporaryDirectory(prefix="heard-intake-") as folder, _database(on_postgres=on_postgres) as address:
        environment = installation.environment(Path(folder), address)
        installation.set_up(environment)
        port = run.free_port(os.environ.get("PORT", "8109"))
        parts = [installation.start_site(environment, port), installation.start_worker(environment)]
        try:
            run.wait_until_served(f"http://{run.HOST}:{port}/", parts)
            yield port
        finally:
            run.stop(parts)


@contextmanager
def _database(*, on_postgres: bool) -> Iterator[str]:
    if not on_postgres:
        yield ""
        return
    with own_cluster() as cluster:
        yield cluster.address()


def _line(times: Sequence[float]) -> str:
    if len(times) < 2:
        return "too few to say"
    median, most = statistics.median(times), max(times)
    return f"median {median * 1000:5.0f} ms, p95 {_p95(times) * 1000:5.0f} ms, most {most * 1000:5.0f} ms"


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
