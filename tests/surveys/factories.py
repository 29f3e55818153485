"""Fictional surveys: a small one with a branch, and the Victims' Code template, published or not."""

import factory

from accounts.models import Role
from surveys.conversion import to_raw
from surveys.definition import SCALES, Definition, Kind, Option, Part, Question, Rule
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
