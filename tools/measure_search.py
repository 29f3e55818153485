"""Measures how long a search of reviewed passages takes, over passages put together from the written examples.

It fills a test database of its own (SQLite, or the server that `HEARD_DATABASE` names), and drops it afterwards.

python -m tools.measure_search [--passages 100000] [--times 3]
"""

import argparse
import os
import random
import sys
import time
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS = 2.0
SAMPLED = 3  # written examples in a passage
MANY = 5000  # rows in one statement
QUERIES = (
    "police",
    "officer call",
    "told -court",
    "interpreter",
    '"never called"',
    "nobody told me what was going on",
    "the",
)


def main() -> int:
    """Print seconds by query, and say whether each is within the target; 1 if one is not."""
    args = _arguments()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django  # noqa: PLC0415 - nothing of Django may be imported before the path is set

    django.setup()
    from django.test.runner import DiscoverRunner  # noqa: PLC0415

    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        return _measured(args.passages, args.times)
    finally:
        runner.teardown_databases(before)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    return parser.parse_args()


def _measured(passages: int, times: int) -> int:
    from django.db import connection  # noqa: PLC0415

    from analysis.models import Search, Why  # noqa: PLC0415
    from analysis.search import finding  # noqa: PLC0415

    letters = _filled(passages)
    print(f"{passages:,} passages of {letters / passages:.0f} characters on {connection.vendor}")
    slowest = 0.0
    for words in QUERIES:
        search, best = Search(words=words, why=Why.THEME), float("inf")
        for _ in range(times):
            began = time.perf_counter()
            finding.found(search)
            best = min(best, time.perf_counter() - began)
        slowest = max(slowest, best)
        print(f"  {words:<36} {best:5.2f} s")
    is_met = slowest <= MOST_SECONDS
    print(f"slowest {slowest:.2f} s, target {MOST_SECONDS} s: {'met' if is_met else 'missed'}")
    return 0 if is_met else 1


def _filled(number: int) -> int:
    """Fill the database with so many passages, each of its own contribution, and say how many characters they have."""
    from django.db import connection  # noqa: PLC0415

    from analysis.codebook.examples import examples  # noqa: PLC0415
    from feedback.models import Contribution, Decision, Passage, SealedText  # noqa: PLC0415

    drawn = random.Random(0)  # noqa: S311 - the same passages each time
    texts, facts = [one.text for one in examples()], _facts()
    told = [" ".join(drawn.sample(texts, SAMPLED)) for _ in range(number)]
    for at in range(0, number, MANY):
        some = told[at : at + MANY]
        given = [Contribution(**facts["given"]) for _ in some]
        sealed = [SealedText(contribution=one, id=uuid.uuid4(), **facts["sealed"]) for one in given]
        decided = [Decision(sealed_text=one, **facts["decided"]) for one in sealed]
        passages = [
            Passage(decision=to, contribution=one, question_id="what-happened", text=text, length=len(text))
            for to, one, text in zip(decided, given, some, strict=True)
        ]
        Contribution.objects.bulk_create(given)
        SealedText.objects.bulk_create(sealed)
        Decision.objects.bulk_create(decided)
        Passage.objects.bulk_create(passages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sum(map(len, told))


def _facts() -> dict[str, dict[str, Any]]:
    """The fields that every row of a table has alike."""
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from feedback.models import Consultation, Organisation, Outcome, Period, Voice  # noqa: PLC0415

    today = timezone.localdate()
    user = User.objects.create(username="measured", email="measured@example.org")
    office = Organisation.objects.create(name="Measured", contact="None", reading_hours="None", from_date=today)
    asked = Consultation.objects.create(
        organisation=office, title="Measured", purpose="None", use_of_answers="None",
        opens_on=today, closes_on=today, duty_holder=user,
    )  # fmt: skip
    period = Period.objects.create(id=f"{today:%Y-%m}", public_key=bytes(32), opened_on=today)
    given = {
        "consultation": asked,
        "channel": "online",
        "voice": Voice.FIRST_HAND,
        "received_on": today,
        "may_quote": True,
    }
    return {
        "given": given,
        "sealed": {"period": period, "question_id": "what-happened", "ciphertext": b""},
        "decided": {"outcome": Outcome.APPROVED, "decided_by": user, "decided_on": today},
    }


if __name__ == "__main__":
    sys.exit(main())
