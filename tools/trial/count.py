"""Opens everything that was received, as the holder of the keys, and prints what a trial needs to know of it as JSON.

python -m tools.trial.count     (the texts are a trial's own and fictional; only the marks in them are printed)
"""

import json
import re

import django

MARK = re.compile(r"canary-[0-9a-f]{32}")


def main() -> None:
    """The mark of each text, and how many rows have lost what belongs to them."""
    django.setup()
    from feedback.models import Contribution, SealedText  # noqa: PLC0415 - needs Django
    from feedback.release import unseal  # noqa: PLC0415
    from surveys.models import Response  # noqa: PLC0415

    texts = SealedText.objects.select_related("period")
    sent = Contribution.objects.all()
    print(
        json.dumps(
            {
                "marks": [mark for text in texts for mark in MARK.findall(unseal(text))],
                "without an envelope": texts.filter(envelope__isnull=True).count(),
                "without a text": sent.filter(sealed_texts__isnull=True).count(),
                "without answers": sent.count() - Response.objects.count(),
            }
        )
    )


if __name__ == "__main__":
    main()
