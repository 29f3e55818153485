"""Attacks return words: tells wrong (of answers sent or begun), withdrawn and unknown sets apart by time, and guesses.

Works on a database of its own in a temporary folder. The attacker has a stop watch inside the program, nearer than any
network, and may even draw as we do, so that only the words themselves stand between. Prints the figures; exit
status 1 if a guess came true, or two kinds can be told apart better than `MOST` (0.5 is a coin). With 600 rounds chance
alone stays within 0.03 of a coin in nine runs of ten.

python -m tools.attack_words [--rounds 600] [--guesses 1000000]
"""

import argparse
import itertools
import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
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
from django.test import RequestFactory  # noqa: E402

from feedback.models import Channel, Consultation, Contribution, Organisation, Voice  # noqa: E402
from surveys.journey import comeback  # noqa: E402
from surveys.models import Draft, DraftWords, ReceiptWords, Survey  # noqa: E402
from surveys.returning import receipts  # noqa: E402
from surveys.returning.proving import keyed, prove  # noqa: E402
from surveys.returning.words import Words, draw  # noqa: E402

MOST = 0.55
ROWS = 1000
DAY = date(2026, 1, 1)
Timings = Mapping[str, Sequence[float]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run both attacks and print what they found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=600)
    options.add_argument("--guesses", type=int, default=1_000_000)
    given = options.parse_args(argv)
    call_command("migrate", verbosity=0, skip_checks=True)
    separable = print_timings(measure(given.rounds))
    hits = print_guesses(given.guesses)
    return 1 if separable > MOST or hits else 0


def measure(rounds: int) -> dict[str, list[float]]:
    """Seconds from typed words to the answer, for each kind, in turns of random order."""
    sent = [_send(draw()) for _ in range(rounds)]
    gone = [_withdraw(draw()) for _ in range(rounds)]
    begun = [_begin(draw()) for _ in range(rounds)]
    kinds: dict[str, Callable[[int], str]] = {
        "wrong": lambda number: _last_exchanged(sent[number]),
        "of a draft": lambda number: _last_exchanged(begun[number]),
        "withdrawn": lambda number: gone[number],
        "unknown": lambda _: draw().spoken,
    }
    found: dict[str, list[float]] = {kind: [] for kind in kinds}
    _look_up(draw().spoken)  # the first run of all loads what the others find loaded
    for number in range(rounds):
        for kind in random.sample(list(kinds), len(kinds)):
            found[kind].append(_timed(kinds[kind](number)))
    return found


def auc(first: Sequence[float], second: Sequence[float]) -> float:
    """How often the slower of two is rightly told by time: 0.5 is a coin, 1 is certain; the same both ways."""
    wins = sum((a > b) + (a == b) / 2 for a in first for b in second) / (len(first) * len(second))
    return max(wins, 1 - wins)


def print_timings(found: Timings) -> float:
    """Print the medians and how well each two kinds can be told apart; the worst is returned."""
    for kind, seconds in found.items():
        print(f"{kind:<12}{sorted(seconds)[len(seconds) // 2] * 1000:8.1f} ms, the median of {len(seconds)}")
    worst = 0.0
    for one, other in itertools.combinations(found, 2):
        figure = auc(found[one], found[other])
        worst = max(worst, figure)
        print(f"{one} or {other}: AUC {figure:.3f}")
    return worst


def print_guesses(number: int) -> int:
    """Guess whole sets against a full table; the slow work is done only where two words have found a row."""
    locators = {bytes(locator) for locator in ReceiptWords.objects.values_list("locator", flat=True)}
    for _ in range(ROWS - len(locators)):
        locators.add(keyed(b"receipt locator", draw().finding.encode()))
    tried = hits = 0
    for _ in range(number):
        guess = draw()
        if keyed(b"receipt locator", guess.finding.encode()) in locators:
            tried += 1
            hits += receipts.find(prove(guess).receipt) is not None
    print(
        f"{number:,} guesses at {len(locators):,} rows: {tried} began like one and were tried whole, {hits} were right"
    )
    return hits


def _send(words: Words) -> str:
    """Something received, found by these words; the words. No words prove it, because none need to here."""
    sent = Contribution.objects.create(
        consultation=_asked(), channel=Channel.ONLINE, voice=Voice.FIRST_HAND, received_on=DAY
    )
    locator = keyed(b"receipt locator", words.finding.encode())
    ReceiptWords.objects.create(contribution=sent, locator=locator, proof=secrets.token_bytes(32))
    return words.spoken


def _withdraw(words: Words) -> str:
    """Something received and taken back; its words."""
    spoken = _send(words)
    receipts.take_back(ReceiptWords.objects.get(locator=keyed(b"receipt locator", words.finding.encode())).pk)
    return spoken


def _begin(words: Words) -> str:
    """Answers that were begun and not sent, found by these words; the words. No words prove it here either."""
    survey, _ = Survey.objects.get_or_create(
        code="fictional", defaults={"title": "Fictional", "consultation": _asked()}
    )
    version, _ = survey.versions.get_or_create(
        number=1, defaults={"definition": {}, "sha256": "0" * 64, "published_on": DAY}
    )
    DraftWords.objects.create(
        draft=Draft.objects.create(version=version, touched_on=DAY),
        locator=keyed(b"draft locator", words.finding.encode()),
        proof=secrets.token_bytes(32),
        carry_box=b"",
        receipt_box=b"",
    )
    return words.spoken


def _asked() -> Consultation:
    office, _ = Organisation.objects.get_or_create(name="Fictional office", defaults={"from_date": DAY})
    asked, _ = Consultation.objects.get_or_create(
        organisation=office, title="Fictional", defaults={"opens_on": DAY, "closes_on": DAY}
    )
    return asked


def _timed(typed: str) -> float:
    begun = time.perf_counter()
    _look_up(typed)
    return time.perf_counter() - begun


def _look_up(typed: str) -> int:
    """What the site does with typed words, from the request to the finished page."""
    request = RequestFactory().post("/form/", {"return": "go", "words": typed}, REMOTE_ADDR=_anywhere())
    status: int = comeback.take(request).status_code
    return status


def _anywhere() -> str:
    """An address that has not tried before, so that slowing stays out of the measure."""
    return f"2001:db8:{secrets.token_hex(2)}::1"


def _last_exchanged(words: str) -> str:
    return " ".join([*words.split()[:-1], draw().all[-1]])


if __name__ == "__main__":
    sys.exit(main())
