"""Fills an empty installation with so many fictional contributions, sealed as real ones are, for measurements of speed.

python -m tools.many_contributions NUMBER
"""

import random
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

BATCH = 1000
CLOSED_ANSWERS = 3
WORDS = "A fictional person says that nobody rang back for four months. "


def main(arguments: list[str]) -> int:
    """Tables, keys, the demonstration's survey, and the contributions."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    from config.demo.loading import load_content  # noqa: PLC0415
    from config.demo.people import make_people  # noqa: PLC0415
    from feedback.keys import prepare_periods  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    period = prepare_periods()[0]
    _, survey = load_content(make_people())
    version = survey.versions.order_by("-pk").first()
    for size in _batches(int(arguments[0])):
        _write(size, survey.consultation, version, period)
    return 0


def _batches(number: int) -> Iterator[int]:
    while number > 0:
        yield min(BATCH, number)
        number -= BATCH


def _write(size: int, consultation: Any, version: Any, period: Any) -> None:
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from feedback.models import Channel, Contribution, Envelope, SealedText, Voice  # noqa: PLC0415
    from surveys.models import Answer, ReceiptWords, Response  # noqa: PLC0415

    chance = random.Random(size)  # noqa: S311 - a measurement, not a secret
    given = [
        Contribution(
            consultation=consultation,
            channel=Channel.ONLINE,
            voice=Voice.FIRST_HAND,
            language="en",
            received_on=timezone.localdate() - timedelta(days=chance.randrange(90)),
            may_statistics=True,
        )
        for _ in range(size)
    ]
    texts = [_sealed(one, period, WORDS * chance.randrange(1, 9)) for one in given]
    responses = [Response(contribution=one, version=version) for one in given]
    numbers = range(CLOSED_ANSWERS)
    with transaction.atomic():
        Contribution.objects.bulk_create(given)
        SealedText.objects.bulk_create([text for text, _ in texts])
        Envelope.objects.bulk_create([Envelope(sealed_text=text, wrapped_key=key) for text, key in texts])
        Response.objects.bulk_create(responses)
        Answer.objects.bulk_create(
            [
                Answer(response=one, question_id=f"Q{n}", value=["yes", "no"][: n + 1])
                for one in responses
                for n in numbers
            ]
        )
        words = [ReceiptWords(contribution=one, locator=uuid.uuid4().bytes, proof=bytes(32)) for one in given]
        ReceiptWords.objects.bulk_create(words)


def _sealed(contribution: Any, period: Any, words: str) -> tuple[Any, bytes]:
    from feedback import vault  # noqa: PLC0415
    from feedback.models import SealedText  # noqa: PLC0415

    header = vault.Header(period.pk, uuid.uuid4(), "VE-21")
    sealed = vault.seal(words, header=header, public_key=bytes(period.public_key))
    text = SealedText(
        id=header.sealed_text_id,
        contribution=contribution,
        question_id=header.question_id,
        period=period,
        ciphertext=sealed.ciphertext,
    )
    return text, sealed.wrapped_key


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
