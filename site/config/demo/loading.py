"""Loads the demonstration through the real doors: publish, receive, sweep, open, decide, release."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from analysis.report.quarters import after, before, first_day, quarter_of
from config.demo import answers, content
from config.demo.people import make_people
from config.demo.plan import make_plan
from feedback import review, wire
from feedback.intake import FreeText, Submission, receive
from feedback.models import Channel, Consultation, Contribution, Purpose, SealedText, Use, Voice
from feedback.opener import HOUR_SECONDS, HourlyCap, Opener
from surveys.definition import Definition, from_json
from surveys.models import Answer, Response, Survey, SurveyVersion

TESTIMONY = Path(__file__).with_name("testimony.yaml")
SEED = 2026
REVIEWED_SHARE = 0.3  # enough to show reviewed evidence, with a queue left to try
Say = Callable[[str], None]


class DemoFailed(Exception):
    """The demonstration could not be loaded; nothing of it is kept."""


def is_loaded() -> bool:
    """Whether there is anything here already."""
    return Consultation.objects.exists()


@transaction.atomic
def load(say: Say) -> None:
    """Everything or, if a step fails, nothing; says which step it is at."""
    say("Loading the demonstration: an office, people and pages, all fictional ...")
    people = make_people()
    consultation, survey = load_content(people)
    say("Sending about 300 fictional contributions through the front door ...")
    load_testimony(yaml.safe_load(TESTIMONY.read_text(encoding="utf-8")), survey.versions.latest("number"))
    say("Letting the worker read them ...")
    from analysis.sweep import sweep  # noqa: PLC0415 - loads the language tools, which the web process must not

    sweep()
    say("Reviewing some of them ...")
    review_some(people[Role.MODERATOR])
    sweep()
    say("Freezing a first report ...")
    release(consultation, by=people[Role.PUBLISHER])


def load_content(people: dict[Role, User]) -> tuple[Consultation, Survey]:
    """The office, its consultation, the survey published by the editor, and the pages."""
    words = content.read()
    consultation = content.make_consultation(
        words, duty_holder=content.duty_holder_of(people), opens_on=first_day(quarters()[0])
    )
    content.make_directory(words)
    content.make_questions_about_people(consultation.organisation, editor=people[Role.EDITOR])
    survey = content.make_survey(words, consultation=consultation, editor=people[Role.EDITOR])
    content.make_pages(words, survey=survey, title=consultation.title)
    make_plan(consultation, editor=people[Role.EDITOR], opens_on=consultation.opens_on)
    return consultation, survey


def quarters() -> tuple[str, str]:
    """The quarter before this one, and this one."""
    this = quarter_of(timezone.localdate())
    return before(this), this


def load_testimony(file: dict[str, Any], version: SurveyVersion) -> None:
    """Each entry of the file as one contribution with its closed answers, on a day of its quarter."""
    random = Random(SEED)  # noqa: S311 - a reproducible demonstration, not a secret
    definition = from_json(version.definition)
    for entry in answers.entries(file, random):
        day = day_in(quarters()[entry["quarter"] - 1], random)
        load_one(entry, version=version, definition=definition, received_on=day, random=random)


def day_in(quarter: str, random: Random) -> date:
    """A day of the quarter that is not after today."""
    first = first_day(quarter)
    last = min(first_day(after(quarter)) - timedelta(days=1), timezone.localdate())
    return first + timedelta(days=random.randint(0, (last - first).days))


def load_one(
    entry: dict[str, Any], *, version: SurveyVersion, definition: Definition, received_on: date, random: Random
) -> Contribution:
    """One contribution, committed with its closed answers as the journey commits them."""
    closed = answers.draw(definition, answers.stated(entry), tone=entry["tone"], random=random)
    voices = {option.value: option.voice for option in definition.question("VE-02").options}
    contribution = receive(
        Submission(
            consultation=version.survey.consultation,
            channel=Channel(entry.get("channel", "online")),
            voice=Voice(voices[entry["who"]]),
            language=entry.get("language", "en"),
            people=1,
            consents=frozenset(Use(use) for use in entry["uses"]),
            texts=[FreeText(question, entry[name]) for name, question in TEXTS.items() if entry.get(name)],
            received_on=received_on,
        )
    )
    response = Response.objects.create(contribution=contribution, version=version)
    Answer.objects.bulk_create(
        Answer(response=response, question_id=question_id, value=value) for question_id, value in closed.items()
    )
    return contribution


TEXTS = {"well": "VE-20", "change": "VE-21"}


def review_some(moderator: User) -> None:
    """Open and approve a share of the texts as the suggestions stand, the way the review screen does."""
    from feedback.redaction import redact  # noqa: PLC0415 - loads word lists, which the web process must not

    # The demonstration's moderator reads at the permitted pace: between two openings an hour passes on this clock.
    hours = itertools.count()
    opener = Opener(redact=redact, cap=HourlyCap(clock=lambda: float(next(hours) * HOUR_SECONDS)))
    waiting = list(SealedText.objects.awaiting_review().filter(contribution__may_quote=True).order_by("pk"))
    for sealed_text in waiting[: int(len(SealedText.objects.all()) * REVIEWED_SHARE)]:
        request = wire.Request(sealed_text_id=sealed_text.pk, user_id=moderator.pk, purpose=Purpose.REVIEW)
        opened = opener.answer(request)
        if opened.suggestion is None:
            raise DemoFailed(f"A demonstration text could not be opened: {opened.refusal}.")
        suggestion = opened.suggestion.text
        review.approve(sealed_text.pk, by=moderator, text=suggestion, mark=review.mark_of(sealed_text.pk, suggestion))


def release(consultation: Consultation, *, by: User) -> None:
    """The report of both quarters, by crime type."""
    from analysis.report.releasing import freeze  # noqa: PLC0415 - loads the audit, which the web process must not

    freeze(consultation, title="What people told us", quarters=quarters(), breakdown="crime-type", by=by)
