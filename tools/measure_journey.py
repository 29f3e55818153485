"""Measures a question's page and its answer beside the plainest Django form, on one server and one database.

Both are served by gunicorn as `make run` starts it, from a database of its own in a temporary folder, and asked by the
same clients over loopback, in turns, so that whatever else the machine does falls on both. The bare form reads a
session, checks a CSRF token, validates, and writes two rows in one transaction. Ours is walked as somebody answers it:
only the pages of questions and the posts that answer them are timed. Machines are noisy: read the ratios, not the
rates, and the spread of the ratios beside their median. What a request costs the processor is counted besides, in one
process without a server, and says where the time goes; what we allow is measured by the clock.

python -m tools.measure_journey [--rounds 5] [--seconds 6] [--clients 4] [--database postgres:///a_database_to_empty]
"""

import argparse
import gzip
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from tools import run

ROOT = Path(__file__).resolve().parents[1]
LEAST_RATE = 0.8  # of the bare form's
MOST_P95 = 1.5  # times the bare form's
MOST_BYTES = 35 * 1024
HIDDEN = re.compile(r'<input type="hidden" name="(place|step|token|csrfmiddlewaretoken)" value="([^"]*)"')
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
CHOICE = re.compile(r'type="(?:radio|checkbox)" id="[^"]*" name="answer" value="([^"]+)"')
AROUND = {":who": "none", ":words": "skip"}  # the pages around the questions that have no "Continue"
COOKIE = re.compile(r"(\w+)=([^;]*)")


Taken = tuple[str, float]  # the method of a timed request, and its seconds


@dataclass
class Round:
    """The seconds of each timed request of one kind in one round, and how long the round's clients were at it."""

    seconds: list[float] = field(default_factory=list)

    def rate(self, clients: int) -> float:
        """Timed requests a second, with so many clients at once."""
        return len(self.seconds) * clients / sum(self.seconds)

    @property
    def p95(self) -> float:
        """Seconds that 95 in 100 requests stay under."""
        return statistics.quantiles(self.seconds, n=20)[-1]


class Browser:
    """One client with its own cookies; a connection for each request, as the server closes them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Status, body and seconds of one request."""
        body = urlencode(data) if data is not None else None
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(run.HOST, self.port, timeout=30)
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        taken = time.perf_counter() - begun
        connection.close()
        self.keep(response.headers.get_all("Set-Cookie") or [])
        return response.status, text, taken

    @property
    def cookie(self) -> str:
        """What goes back to the server."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def keep(self, cookies: Iterable[str]) -> None:
        """Remember the cookies a response set."""
        for cookie in cookies:
            if found := COOKIE.match(cookie.strip()):
                self.cookies[found[1]] = found[2]


def bare_steps(browser: Browser, session: str) -> Iterator[Taken]:
    """The form shown and answered, over and over: each request."""
    browser.cookies["sessionid"] = session
    while True:
        status, page, taken = browser.ask("/bare/")
        yield "GET", _expect(status, 200, taken)
        status, _, taken = browser.ask("/bare/", {**_marks(page), "answer": "agree"})
        yield "POST", _expect(status, 303, taken)


def our_steps(browser: Browser, code: str) -> Iterator[Taken]:
    """Journeys from the first question to the last, over and over: the questions' requests alone."""
    while True:
        browser.cookies.clear()
        browser.ask("/form/", {"survey": code})
        before: dict[str, str] = {}
        while True:
            status, page, taken = browser.ask("/form/")
            if _marks(page) == before:
                raise SystemExit(f"The journey does not go on from its page {before.get('place')!r}.")
            before = _marks(page)
            place = before.get("place", "")
            is_question = _is_question(page)
            if place == ":check":
                break
            if is_question:
                yield "GET", _expect(status, 200, taken)
            status, _, taken = browser.ask("/form/", {**_marks(page), **_answer(page, place)})
            if is_question:
                yield "POST", _expect(status, 303, taken)


def _answer(page: str, place: str) -> dict[str, str]:
    """What to post: the first choice, a few words where words are asked for, no return words."""
    if place in AROUND:
        return {"button": AROUND[place]}
    choice = CHOICE.search(page)
    if choice:
        return {"button": "continue", "answer": choice[1]}
    return {"button": "continue", "answer": "It went well"} if 'name="answer"' in page else {"button": "continue"}


def _is_question(page: str) -> bool:
    place = _marks(page).get("place", "")
    return bool(place) and not place.startswith(":")


def _marks(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def _expect(status: int, wanted: int, taken: float) -> float:
    if status != wanted:
        raise SystemExit(f"The server answered {status} where {wanted} was due: nothing was measured.")
    return taken


def load(steps: Callable[[Browser], Iterator[Taken]], port: int, *, clients: int, seconds: float) -> Round:
    """So many clients at once for so long."""
    done, until = Round(), time.perf_counter() + seconds

    def one() -> None:
        for _, taken in steps(Browser(port)):
            done.seconds.append(taken)
            if time.perf_counter() > until:
                return

    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def main(argv: Sequence[str] | None = None) -> int:
    """Measure on SQLite, or on the database named; 1 if the journey is slower than we allow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite if left out")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        environment = _environment(Path(folder), given.database)
        session, code = _set_up(environment)
        weigh_processor(environment, session, code)
        with _served(environment) as port:
            print(f"{'PostgreSQL' if given.database else 'SQLite'}, {given.clients} clients, {given.rounds} rounds")
            is_small = weigh(port, code)
            kinds = (lambda browser: bare_steps(browser, session), lambda browser: our_steps(browser, code))
            rounds = [
                [load(steps, port, clients=given.clients, seconds=given.seconds) for steps in kinds]
                for _ in range(given.rounds + 1)
            ]
    # The first round loads what the others find loaded.
    return 0 if report(rounds[1:], given.clients) and is_small else 1


def report(rounds: list[list[Round]], clients: int) -> bool:
    """Print medians and ratios; whether they are within what we allow."""
    rates = [(bare.rate(clients), ours.rate(clients)) for bare, ours in rounds]
    slowest = [(bare.p95, ours.p95) for bare, ours in rounds]
    rate_ratios = [ours / bare for bare, ours in rates]
    p95_ratios = [ours / bare for bare, ours in slowest]
    for name, at in (("bare form", 0), ("question", 1)):
        rate, p95 = (statistics.median(pair[at] for pair in pairs) for pairs in (rates, slowest))
        print(f"{name:<10} {rate:7.0f} requests a second, 95 in 100 within {p95 * 1000:.1f} ms (medians of the rounds)")
    rate_ratio, p95_ratio = statistics.median(rate_ratios), statistics.median(p95_ratios)
    print(f"rate: {rate_ratio:.2f} of the bare form's ({_spread(rate_ratios)}); at least {LEAST_RATE} is wanted")
    print(f"p95:  {p95_ratio:.2f} times the bare form's ({_spread(p95_ratios)}); at most {MOST_P95} is wanted")
    return rate_ratio >= LEAST_RATE and p95_ratio <= MOST_P95


def weigh_processor(environment: dict[str, str], session: str, code: str) -> None:
    """Print what a request of each form costs the processor."""
    command = [sys.executable, "-m", "tools.bare_form.processor", session, code]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    taken = json.loads(done.stdout)
    for method in ("GET", "POST"):
        bare, ours = (statistics.median(taken[form][method]) for form in ("bare form", "question"))
        said = f"bare form {bare * 1000:.2f} ms, question {ours * 1000:.2f} ms, {ours / bare:.2f} times as much"
        print(f"processor time of a {method:<4} (median of {len(taken['question'][method])}): {said}")


def weigh(port: int, code: str) -> bool:
    """Print the compressed bytes of a question's page with everything it loads; whether it is light enough."""
    browser = Browser(port)
    browser.ask("/form/", {"survey": code})
    page = ""
    while not _is_question(page):
        _, page, _ = browser.ask("/form/")
        browser.ask("/form/", {**_marks(page), **_answer(page, _marks(page).get("place", ""))})
    sizes = {"page": len(gzip.compress(page.encode()))}
    for path in sorted(set(ASSET.findall(page))):
        _, content, _ = browser.ask(path)
        sizes[path.rsplit("/", 1)[-1]] = len(gzip.compress(content.encode()))
    total = sum(sizes.values())
    print(f"a question with all it loads: {total / 1024:.1f} KB compressed; {MOST_BYTES // 1024} or less is wanted")
    print("  " + ", ".join(f"{name} {size / 1024:.1f}" for name, size in sizes.items()))
    return total <= MOST_BYTES


def _spread(values: Sequence[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}"


def _environment(folder: Path, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "HEARD_VAR": str(folder),
        "HEARD_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "tools.bare_form.settings",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }


def _set_up(environment: dict[str, str]) -> tuple[str, str]:
    """Tables, the demonstration's survey and a session; the session's key and the survey's code."""
    command = [sys.executable, "-m", "tools.bare_form.set_up"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    session, code = done.stdout.split()[-2:]
    return session, code


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[int]:
    port = run.free_port(os.environ.get("PORT", "8109"))
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"{run.HOST}:{port}", *run.GUNICORN]
    site = subprocess.Popen([*gunicorn, "config.wsgi"], cwd=ROOT, env=environment)
    try:
        run.wait_until_served(f"http://{run.HOST}:{port}/", [site])
        yield port
    finally:
        run.stop([site])


if __name__ == "__main__":
    sys.exit(main())
