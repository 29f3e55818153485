"""Fictional offices, consultations and contributions. Everything said here was made up for the tests."""

import datetime
import uuid

import factory
from django.conf import settings
from django.utils import timezone

from feedback import keys, vault
from feedback.models import (
    Channel,
    Consultation,
    Contribution,
    Decision,
    Envelope,
    Opening,
    Organisation,
    Outcome,
    Passage,
    Period,
    Purpose,
    Roundtable,
    RoundtablePart,
    SealedText,
    SupportService,
    Urgency,
    Voice,
)
from tests.accounts.factories import UserFactory

# Fictional words of a fictional respondent.
WORDS = (
    "Nobody rang me back for six weeks. When Officer Quillfeather finally did, she was kind and explained everything."
)
REVIEWED = "Nobody rang me back for six weeks. When [PERSON] finally did, she was kind and explained everything."


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Office of the Commissioner for Fenmarch {number}")
    contact = "1 Example Street, Fenmarch. Telephone 01632 960000."
    reading_hours = "Monday to Friday, 9am to 5pm"
    from_date = datetime.date(2026, 1, 1)


class ConsultationFactory(factory.django.DjangoModelFactory):
    """An open, victim-facing consultation with a named duty holder."""

    class Meta:
        model = Consultation

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda number: f"Your experience {number}")
    purpose = "To learn how the Victims' Code works in Fenmarch."
    use_of_answers = "A theme report goes to the Victims Commission."
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=30))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))
    duty_holder = factory.SubFactory(UserFactory)


class ContributionFactory(factory.django.DjangoModelFactory):
    """Received today, first-hand, in English, agreed to counting only.

    Traits: `urgent` (triage said now), `quotable` (agreed to everything), `refused` (agreed to nothing), `group`.
    """

    class Meta:
        model = Contribution

    class Params:
        urgent = factory.Trait(urgency=Urgency.NOW, flags=["immediate-danger"])
        quotable = factory.Trait(may_paraphrase=True, may_quote=True, may_future=True)
        refused = factory.Trait(may_statistics=False)
        group = factory.Trait(voice=Voice.GROUP, people=6)

    consultation = factory.SubFactory(ConsultationFactory)
    channel = Channel.ONLINE
    voice = Voice.FIRST_HAND
    received_on = factory.LazyFunction(timezone.localdate)
    may_statistics = True


class PeriodFactory(factory.django.DjangoModelFactory):
    """A month with a real key pair in `HEARD_KEYS_DIR`; this month by default, made once."""

    class Meta:
        model = Period

    id = factory.LazyFunction(lambda: keys.period_id(timezone.localdate()))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return keys.prepare_periods(datetime.date.fromisoformat(f"{kwargs['id']}-01"))[0]


class SealedTextFactory(factory.django.DjangoModelFactory):
    """A really sealed text with its envelope: `SealedTextFactory(text="...", contribution__urgent=True)`.

    None is drawn for the audit sample, unless a test has everything drawn.
    """

    class Meta:
        model = SealedText

    contribution = factory.SubFactory(ContributionFactory)
    period = factory.SubFactory(PeriodFactory)
    question_id = "what-happened"
    text = WORDS
    is_audited = factory.LazyFunction(lambda: settings.HEARD_AUDIT_SHARE == 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        text, period = kwargs.pop("text"), kwargs["period"]
        kwargs.setdefault("id", uuid.uuid4())
        header = vault.Header(period.pk, kwargs["id"], kwargs["question_id"])
        sealed = vault.seal(text, header=header, public_key=bytes(period.public_key))
        made = super()._create(model_class, *args, ciphertext=sealed.ciphertext, **kwargs)
        Envelope.objects.create(sealed_text=made, wrapped_key=sealed.wrapped_key)
        return made


class OpeningFactory(factory.django.DjangoModelFactory):
    """That a person opened a text: `OpeningFactory(sealed_text=..., opened_by=...)`."""

    class Meta:
        model = Opening

    class Params:
        sealed_text = factory.SubFactory(SealedTextFactory)

    sealed_text_id = factory.SelfAttribute("sealed_text.pk")
    opened_by = factory.SubFactory(UserFactory)
    purpose = Purpose.REVIEW
    opened_on = factory.LazyFunction(timezone.localdate)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    sealed_text = factory.SubFactory(SealedTextFactory)
    outcome = Outcome.APPROVED
    decided_by = factory.SubFactory(UserFactory)
    decided_on = factory.LazyFunction(timezone.localdate)


class PassageFactory(factory.django.DjangoModelFactory):
    """A reviewed passage: `PassageFactory(text="...", quotable=True)`, or with a contribution of your own.

    Traits, handed to its contribution: `quotable`, `refused`, `group`.
    """

    class Meta:
        model = Passage

    class Params:
        quotable = factory.Trait(decision__sealed_text__contribution__quotable=True)
        refused = factory.Trait(decision__sealed_text__contribution__refused=True)
        group = factory.Trait(decision__sealed_text__contribution__group=True)

    decision = factory.SubFactory(DecisionFactory)
    contribution = factory.SelfAttribute("decision.sealed_text.contribution")
    question_id = factory.SelfAttribute("decision.sealed_text.question_id")
    text = REVIEWED
    length = factory.LazyAttribute(lambda passage: len(passage.text))


class RoundtableFactory(factory.django.DjangoModelFactory):
    """A published historic record; `RoundtableFactory(is_historic=False, consultation=...)` is a live one."""

    class Meta:
        model = Roundtable

    title = factory.Sequence(lambda number: f"Roundtable {number}")
    held_on = datetime.date(2020, 3, 4)
    is_historic = True
    source_sha256 = factory.Sequence(lambda number: f"{number:064x}")


class RoundtablePartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoundtablePart

    roundtable = factory.SubFactory(RoundtableFactory)
    position = factory.Sequence(int)
    kind = "body"
    text = "People said that they were passed from one officer to the next."


class SupportServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportService

    name = factory.Sequence(lambda number: f"Fenmarch Listening Line {number}")
    who_for = "Anyone affected by crime"
    phone = "0808 157 0000"
    source = "Made up for the tests"
    verified_on = datetime.date(2026, 1, 1)
    review_by = datetime.date(2027, 1, 1)
