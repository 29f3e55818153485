"""Fictional contributions as far as counting sees them, and frozen releases. Everything said was made up."""

import datetime

import factory
from django.utils import timezone

from analysis.models import (
    MachineReading,
    MachineTag,
    PassageReading,
    PassageTag,
    Release,
    Run,
    Source,
)
from analysis.report.releasing import freeze
from feedback.models import Channel, Contribution, Decision, Envelope, Outcome, Passage, Period, SealedText, Voice
from surveys.definition import Definition, Kind, Option, Part, Question
from surveys.models import Answer, Response, Survey, SurveyVersion
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory

QUARTER = "2026-Q3"
DAYS = {
    "2026-Q2": datetime.date(2026, 5, 4),
    "2026-Q3": datetime.date(2026, 8, 3),
    "2026-Q4": datetime.date(2026, 11, 2),
}
SAID = "Nobody rang me back for six weeks."
CRIME_TYPES = (
    Option("domestic-abuse", "Domestic abuse"),
    Option("stalking", "Stalking or harassment"),
    Option("hate-crime", "Hate crime"),
)


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Run

    ran_on = factory.LazyFunction(timezone.localdate)
    pipeline_id = "test-rules-v1"
    codebook_sha256 = "0" * 64


class ReadingFactory(factory.django.DjangoModelFactory):
    """What the machine read: `ReadingFactory(sealed_text=..., themes={"communication": "problem"})`."""

    class Meta:
        model = MachineReading
        skip_postgeneration_save = True

    run = factory.SubFactory(RunFactory)
    statements = 2

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        for theme, valence in (extracted or {}).items():
            MachineTag.objects.create(reading=self, theme=theme, valence=valence, source=Source.RULE)


class PassageReadingFactory(factory.django.DjangoModelFactory):
    """A reviewed passage read again: `PassageReadingFactory(passage=..., themes={"communication": "problem"})`."""

    class Meta:
        model = PassageReading
        skip_postgeneration_save = True

    run = factory.SubFactory(RunFactory)
    statements = 2

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        length = self.passage.length
        for theme, valence in (extracted or {}).items():
            PassageTag.objects.create(
                reading=self,
                theme=theme,
                valence=valence,
                source=Source.RULE,
                start=0,
                end=length,
                passage_length=length,
            )


class SurveyVersionFactory(factory.django.DjangoModelFactory):
    """A published survey that asks who speaks and what kind of crime it was."""

    class Meta:
        model = SurveyVersion

    class Params:
        consultation = factory.SubFactory(ConsultationFactory)

    survey = factory.LazyAttribute(
        lambda version: Survey.objects.create(
            consultation=version.consultation, title="Made up", code=f"s{Survey.objects.count()}"
        )
    )
    number = 1
    definition = factory.LazyFunction(
        lambda: Definition(
            "Made up",
            (
                Question("Q1", Kind.SINGLE, "Take part?", options=(Option("yes", "Yes"),), part=Part.TAKE_PART),
                Question("Q2", Kind.SINGLE, "What kind of crime?", options=CRIME_TYPES, breakdown="crime-type"),
            ),
        ).as_json()
    )
    sha256 = "0" * 64
    published_on = datetime.date(2026, 7, 1)


def contributions(
    consultation,
    number,
    *,
    quarter=QUARTER,
    themes=None,
    reviewed=False,
    voice=Voice.FIRST_HAND,
    version=None,
    crime_type="",
    **facts,
):
    """So many contributions alike, each with one text that was read, and optionally reviewed and read again."""
    run, period = Run.objects.first() or RunFactory(), _period()
    made = Contribution.objects.bulk_create(
        Contribution(
            consultation=consultation,
            channel=Channel.ONLINE,
            voice=voice,
            received_on=DAYS[quarter],
            **{"may_statistics": True, **facts},
        )
        for _ in range(number)
    )
    texts = SealedText.objects.bulk_create(
        SealedText(contribution=one, question_id="Q9", period=period, ciphertext=b"sealed") for one in made
    )
    Envelope.objects.bulk_create(Envelope(sealed_text=text, wrapped_key=b"key") for text in texts)
    readings = MachineReading.objects.bulk_create(
        MachineReading(sealed_text=text, run=run, statements=3) for text in texts
    )
    MachineTag.objects.bulk_create(
        MachineTag(reading=reading, theme=theme, valence=valence, source=Source.RULE)
        for reading in readings
        for theme, valence in (themes or {}).items()
    )
    if reviewed:
        review(texts, themes or {}, run)
    if version:
        answer(made, version, crime_type)
    return made


def review(texts, themes, run, text=SAID):
    """Approve these texts as passages, read again with these themes."""
    moderator = UserFactory()
    decisions = Decision.objects.bulk_create(
        Decision(sealed_text=one, outcome=Outcome.APPROVED, decided_by=moderator, decided_on=one.period.opened_on)
        for one in texts
    )
    passages = Passage.objects.bulk_create(
        Passage(decision=one, contribution=one.sealed_text.contribution, question_id="Q9", text=text, length=len(text))
        for one in decisions
    )
    readings = PassageReading.objects.bulk_create(
        PassageReading(passage=one, run=run, statements=2) for one in passages
    )
    PassageTag.objects.bulk_create(
        PassageTag(
            reading=one, theme=theme, valence=valence, source=Source.RULE, start=0, end=6, passage_length=len(text)
        )
        for one in readings
        for theme, valence in themes.items()
    )
    return passages


def answer(made, version, crime_type):
    """Say that these contributions came with this kind of crime."""
    responses = Response.objects.bulk_create(Response(contribution=one, version=version) for one in made)
    if crime_type:
        Answer.objects.bulk_create(Answer(response=one, question_id="Q2", value=crime_type) for one in responses)


def release(consultation, by, *, quarters=(QUARTER,), breakdown="", title="What people told us") -> Release:
    """A frozen release of what there is."""
    return freeze(consultation, title=title, quarters=quarters, breakdown=breakdown, by=by)


def _period():
    period, _ = Period.objects.get_or_create(
        id="2026-07", defaults={"public_key": bytes(32), "opened_on": datetime.date(2026, 7, 1)}
    )
    return period
