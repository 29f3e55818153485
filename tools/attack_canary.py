"""Posts words that stand nowhere else, lets everything go wrong, and looks for them wherever a machine keeps things.

Works on an installation of its own in a temporary folder, on SQLite. The words come through the site's own pages and
through `feedback.intake`; views, writes, triage and the worker's tasks fail on the way, with words in their messages;
nobody approves anything, so no word may be readable anywhere. Twelve places are searched as bytes, in every form that
`tools.canary.words` knows. Then the words are leaked into each place on purpose, in all forms by turns, and the same
search must find every one: otherwise finding none proves nothing. Not tried: the memory of the processes, swap, what a
proxy in front of the site logs, and staff's reading screens. Exit status 1 if a word was found, or a
leaked one was not.

python -m tools.attack_canary [--words 1000]
"""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
if not settings.configured:
    folder = tempfile.TemporaryDirectory(prefix="heard-attack-")
    os.environ |= {"HEARD_VAR": folder.name, "HEARD_DATABASE": "", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.utils.log import AdminEmailHandler  # noqa: E402

from config import environment, reporting  # noqa: E402
from feedback import keys  # noqa: E402
from tools.canary import posting  # noqa: E402
from tools.canary.places import Place, Run  # noqa: E402
from tools.canary.words import Found, Search, draw, leaks  # noqa: E402

Searched = Mapping[str, Found]


def main(argv: Sequence[str] | None = None) -> int:
    """Attack and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=1000)
    given = parser.parse_args(argv)
    call_command("migrate", verbosity=0, skip_checks=True)
    keys.prepare_periods()
    ways, ended, found, control = attack(given.words)
    for way, number in ways.items():
        print(f"{number:5}  {way}")
    print("tasks: " + ", ".join(f"{number} {status.lower()}" for status, number in ended.items()))
    return told(given.words, found, control)


def attack(number: int) -> tuple[dict[str, int], dict[str, int], Searched, Searched]:
    """Post so many words and search; which way they came, how tasks ended, what was found, and the positive control.

    Needs tables, and keys for this month.
    """
    words = draw(number)
    search = Search(words)
    with tempfile.TemporaryDirectory(prefix="heard-canary-") as made:
        run = Run(Path(made))
        with _listened_to(run):
            posts = posting.Intake()
            ways = posts.post(words)
            run.failures.extend(posts.failures)
            run.look_early()
            ended = posting.work()
            found = {place.name: search.through(place.read()) for place in run.places()}
            control = {place.name: _control(place, search, words) for place in run.places()}
    return ways, ended, found, control


def _control(place: Place, search: Search, words: Sequence[str]) -> Found:
    place.leak(leaks(words, of_text=place.is_text))
    return search.through(place.read())


@contextmanager
def _listened_to(run: Run) -> Iterator[None]:
    """Both outputs in a file, every log line written, failures reported by mail, tasks in the database."""
    run.temporary.mkdir()
    root, requests = logging.getLogger(), logging.getLogger("django.request")
    before = (root.handlers[:], root.level, tempfile.tempdir)
    report = AdminEmailHandler(include_html=True)
    report.setLevel(logging.ERROR)
    with ExitStack() as stack, run.output.open("w") as output:
        stack.enter_context(_outputs_to(output.fileno()))
        stack.enter_context(redirect_stdout(output))
        stack.enter_context(redirect_stderr(output))
        stack.enter_context(override_settings(**_settings()))
        reporting.configure({"level": "DEBUG"})
        requests.addHandler(report)
        tempfile.tempdir = str(run.temporary)
        try:
            yield
        finally:
            requests.removeHandler(report)
            root.handlers[:], tempfile.tempdir = before[0], before[2]
            root.setLevel(before[1])


def _settings() -> dict[str, object]:
    return {
        "ADMINS": [("Fictional operator", "operator@example.org")],
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "TASKS": environment.tasks(""),
    }


@contextmanager
def _outputs_to(descriptor: int) -> Iterator[None]:
    """What is written past Python's own outputs, by libraries in C or by other processes, goes to this file as well."""
    kept = {number: os.dup(number) for number in (1, 2)}
    for number in kept:
        os.dup2(descriptor, number)
    try:
        yield
    finally:
        for number, copy in kept.items():
            os.dup2(copy, number)
            os.close(copy)


def told(number: int, found: Searched, control: Searched) -> int:
    """Print each place with its figures; 1 if a word was found, or the positive control missed one."""
    print(f"{'':28}{'searched':>14}{'found':>8}{'control':>10}")
    for name, one in found.items():
        forms = f"  as {', '.join(sorted(one.forms)) or 'pieces'}" if not one.is_clean else ""
        seen = max(len(one.words), min(one.fragments, 1))
        print(f"{name:<28}{one.searched:>12,} B{seen:>8}{len(control[name].words):>10}{forms}")
    leaked = sum(not one.is_clean for one in found.values())
    missed = sum(number - len(one.words) for one in control.values())
    print(f"{len(found)} places, {number:,} words: {leaked} places with any (target 0)")
    print(f"positive control: {missed} of {number * len(control):,} leaked words missed (target 0)")
    return 1 if leaked or missed else 0


if __name__ == "__main__":
    sys.exit(main())
