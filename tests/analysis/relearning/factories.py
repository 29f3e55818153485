"""A small office whose models were learned at set-up, and what people coded in it. Everything said was made up."""

import datetime

from analysis.codebook import load
from analysis.coding.places import places
from analysis.models import CodedTag, Coding, How, Standing
from analysis.pipeline.theme_models import NoMeaning
from analysis.pipeline.theme_training import Corpus, Lesson, models_of
from tests.accounts.factories import UserFactory
from tests.feedback.factories import PassageFactory

TAUGHT = "trial-information"  # the theme that only people can teach here: no rule knows these words
PHONE = ["Nobody rang me back", "They never rang", "No news for weeks", "Weeks without any news", "She never rang"]
OTHER = ["The bus was late", "Happy new year", "My garden is lovely", "See above", "Thank you all", "No comment"]
COLD = "It was a draughty corridor all day."
PLAIN = "My garden is lovely this year."
SAT = (
    "We sat in",
    "It was",
    "They kept us in",
    "There is",
    "She waited in",
    "He stood in",
    "All of us saw",
    "My mother hated",
    "Somebody left me in",
    "I remember",
    "The usher showed us",
    "We found",
)
WRITTEN = [
    *(Lesson(text, frozenset({"communication"}), "problem") for text in PHONE),
    Lesson("She rang every Friday", frozenset({"communication"}), "praise"),
    *(Lesson(text, frozenset()) for text in OTHER),
]


def corpus():
    return Corpus(tuple(WRITTEN), tuple(WRITTEN))


def models():
    return models_of(WRITTEN, load(), NoMeaning())


def coded(text, themes, *, blind=False, by=None, **facts):
    """A passage whose every statement people coded like this; two of them without suggestions if `blind`."""
    people = by or [UserFactory() for _ in range(2 if blind else 1)]
    passage = PassageFactory(text=text, quotable=True, decision__sealed_text__is_audited=blind, **facts)
    for place in places(passage):
        for person in people:
            reading(passage, place, themes, person, blind=blind)
    return passage


def reading(passage, place, themes, person, *, blind, standing=Standing.READING):
    coding = Coding.objects.create(
        passage=passage,
        passage_length=passage.length,
        start=place.start,
        end=place.end,
        coder=person,
        coded_on=datetime.date(2026, 11, 2),
        codebook_sha256=load().sha256,
        was_blind=blind,
        standing=standing,
    )
    for theme in themes:
        CodedTag.objects.create(
            coding=coding,
            statement_start=place.start,
            statement_end=place.end,
            theme=theme,
            valence="problem",
            start=place.start,
            end=place.end,
            how=How.ADDED,
        )


def audit_sample(*, cold=TAUGHT):
    """Thirty-six settled statements in twelve passages: half of them cold, which is about this theme or about none."""
    people = [UserFactory() for _ in range(2)]
    for _ in range(6):
        coded(" ".join([COLD] * 3), [cold] if cold else [], blind=True, by=people)
        coded(" ".join([PLAIN] * 3), [], blind=True, by=people)


def teach(number=12):
    """So many contributions that say where it was cold, which people coded; as many that are about nothing."""
    person = [UserFactory()]
    cold = [coded(f"{words} a draughty corridor all day.", [TAUGHT], by=person) for words in SAT[:number]]
    for words in SAT[:number]:
        coded(f"{words} my garden, which is lovely.", [], by=person)
    return cold
