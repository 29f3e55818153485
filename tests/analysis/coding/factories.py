"""Fictional passages that people may code. Everything said was made up."""

import datetime

from accounts.models import Role
from analysis.coding.places import places
from analysis.models import PassageReading, PassageTag, Run, Source
from tests.accounts.factories import UserFactory
from tests.feedback.factories import PassageFactory

TOLD = "Nobody rang me back for six weeks. The officer was kind in the end. I made tea."
TAGS = {"Nobody rang me back": ("communication", "problem"), "was kind": ("respect-dignity", "praise")}


def analyst(**facts):
    return UserFactory(roles=[Role.ANALYST], **facts)


def passage(text=TOLD, tags=TAGS, *, source=Source.RULE, score=None, **facts):
    """A passage whose words may be counted and read, read by the machine with these tags."""
    made = PassageFactory(text=text, quotable=True, **facts)
    run = Run.objects.create(ran_on=datetime.date(2026, 11, 1), pipeline_id="rules-v1", codebook_sha256="0" * 64)
    reading = PassageReading.objects.create(passage=made, run=run, statements=len(places(made)))
    for words, (theme, valence) in (tags or {}).items():
        start = text.index(words)
        PassageTag.objects.create(
            reading=reading,
            theme=theme,
            valence=valence,
            source=source,
            score=score,
            start=start,
            end=start + len(words),
            passage_length=made.length,
        )
    return made
