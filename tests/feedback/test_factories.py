import pytest

from accounts.models import Role
from accounts.roles import Capability, may
from feedback import keys as key_pairs
from feedback import vault
from feedback.models import Use
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory, ContributionFactory, PassageFactory, SealedTextFactory


def test_a_sealed_text_of_the_factory_really_opens(keys):
    made = SealedTextFactory(text="fictional words", contribution__urgent=True)
    header = vault.Header(made.period_id, made.pk, made.question_id)
    sealed = vault.Sealed(bytes(made.ciphertext), bytes(made.envelope.wrapped_key))
    private_key = key_pairs.private_key(made.period)
    assert vault.open_sealed(sealed, header=header, private_key=private_key) == "fictional words"
    assert made.contribution.urgency == 2


@pytest.mark.django_db
def test_a_user_of_the_factory_holds_the_roles_asked_for():
    moderator = UserFactory(roles=[Role.MODERATOR])
    assert may(moderator, Capability.REVIEW)
    assert not may(UserFactory(), Capability.REVIEW)


def test_a_passage_of_the_factory_hangs_together(keys):
    passage = PassageFactory(quotable=True)
    assert passage.contribution == passage.decision.sealed_text.contribution
    assert passage.contribution.may_quote
    assert passage.length == len(passage.text)
    assert list(type(passage).objects.for_use(Use.QUOTE)) == [passage]


@pytest.mark.django_db
def test_a_consultation_of_the_factory_has_a_duty_holder_and_is_open():
    consultation = ConsultationFactory()
    assert consultation.duty_holder is not None
    assert consultation.opens_on < consultation.closes_on


def test_consent_traits(keys):
    assert not ContributionFactory(refused=True).may_statistics
    assert ContributionFactory(group=True).people == 6
