"""Fictional surveys: a small one with a branch, and the Victims' Code template, published or not."""

import factory
from hypothesis import strategies as st

from accounts.models import Role
from surveys.conversion import to_raw
from surveys.definition import (
    CHOICE_KINDS,
    OPTION_KINDS,
    SCALES,
    TEXT_KINDS,
    Definition,
    Kind,
    Option,
    Part,
    Question,
    Rule,
    Sensitivity,
)
from surveys.library import load_template
from surveys.models import Survey, SurveyVersion
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
TAKE_PART = Question("TP", Kind.SINGLE, "Are you happy to take part?", options=YES_NO, part=Part.TAKE_PART)
USES = Question(
    "USES",
    Kind.MULTIPLE,
    "How may we use what you tell us?",
    options=(Option("statistics", "Count it"), Option("quote", "Publish some words")),
    part=Part.USES,
)
VOICE = Question(
    "WHO",
    Kind.SINGLE,
    "Who is filling this in?",
    options=(Option("me", "Me", voice="first-hand"), Option("us", "A group", voice="group")),
    part=Part.VOICE,
)
TOLD = Question("TOLD", Kind.SINGLE, "Did you tell anyone?", options=YES_NO)
HEARD = Question("HEARD", Kind.AGREE5, "They listened.", options=SCALES[Kind.AGREE5], show_if=Rule("TOLD", ("yes",)))
CRIME = Question(
    "CRIME",
    Kind.SINGLE,
    "What kind of crime was it?",
    options=(Option("stalking-harassment", "Stalking"), Option("hate-crime", "Hate crime")),
    breakdown="crime-type",
)
CHANGE = Question("CHANGE", Kind.LONG_TEXT, "What should change?", limit=2000, valence="suggestion")

# One branch, one breakdown, one text: the smallest survey that has everything others need.
SMALL = Definition("A small survey", (TAKE_PART, USES, VOICE, TOLD, HEARD, CRIME, CHANGE))


class SurveyFactory(factory.django.DjangoModelFactory):
    """A draft of the small survey; `SurveyFactory(published=True)`, `SurveyFactory(template=True)` for the VE survey."""

    class Meta:
        model = Survey
        skip_postgeneration_save = True

    class Params:
        definition = SMALL
        template = factory.Trait(definition=factory.LazyFunction(lambda: load_template("victims_code_experience")))

    consultation = factory.SubFactory(
        ConsultationFactory, duty_holder=factory.SubFactory(UserFactory, roles=[Role.SAFEGUARDING_LEAD])
    )
    title = factory.SelfAttribute("definition.title")
    code = factory.Sequence(lambda number: f"s{number}")
    questions = factory.LazyAttribute(lambda survey: to_raw(survey.definition))
    live = False

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        if extracted:
            self.save_revision().publish()
            self.refresh_from_db()


class SurveyVersionFactory(factory.django.DjangoModelFactory):
    """The version that publishing froze: `SurveyVersionFactory(definition=...)`, or `template=True` for the VE survey."""

    class Meta:
        model = SurveyVersion

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return SurveyFactory(published=True, **kwargs).versions.first()


# ---- definitions for property tests ----

values = st.sampled_from(["yes", "no", "a", "b-2", "Z", "09"])
words = st.sampled_from(["A", "Café?", "“One”, two; three", "ਪੰਜਾਬੀ", "x" * 120, " padded "])
PLAIN_KINDS = sorted(set(Kind) - {Kind.SATISFACTION5})


@st.composite
def definitions(draw, most=7):
    """Sound definitions: consent first, unique keys, rules that look at earlier choice questions."""
    questions = [TAKE_PART, USES]
    for number in range(draw(st.integers(0, most))):
        questions.append(draw(_questions(f"Q-{number}", tuple(questions))))
    return Definition(draw(words), tuple(questions))


@st.composite
def _questions(draw, key, earlier):
    kind = draw(st.sampled_from(PLAIN_KINDS))
    chosen = draw(st.lists(values, min_size=2, max_size=4, unique=True)) if kind in OPTION_KINDS else []
    is_multiple = kind is Kind.MULTIPLE
    options = tuple(
        Option(
            value, draw(words), hint=draw(st.sampled_from(["", "A hint"])), is_exclusive=is_multiple and value == "no"
        )
        for value in chosen
    )
    return Question(
        key,
        kind,
        draw(words),
        options=SCALES.get(kind) or options,
        show_if=draw(st.one_of(st.none(), _rules(earlier))),
        sensitivity=draw(st.sampled_from(Sensitivity)),
        limit=draw(st.integers(0, 10_000)) if kind in TEXT_KINDS else 0,
        valence=draw(st.sampled_from(["", "praise", "problem"])) if kind in TEXT_KINDS else "",
        feeds=draw(st.sampled_from([(), ("M1",), ("R3", "code-awareness")])),
        purpose=draw(words) if kind is Kind.MONTH_YEAR and draw(st.booleans()) else "",
    )


@st.composite
def _rules(draw, earlier):
    steering = draw(st.sampled_from([question for question in earlier if question.kind in CHOICE_KINDS]))
    if steering.part is Part.TAKE_PART:
        return Rule(steering.id, ("yes",))
    offered = st.sampled_from([option.value for option in steering.options])
    return Rule(steering.id, tuple(draw(st.lists(offered, min_size=1, max_size=3, unique=True))))
