import pytest
from django.utils import timezone

from feedback.staff.questions import labels
from surveys.models import Survey, SurveyVersion
from tests.feedback.factories import ConsultationFactory

pytestmark = pytest.mark.django_db


def published(consultation, number, label):
    survey, _ = Survey.objects.get_or_create(
        consultation=consultation, title="Fenmarch", code=f"f{consultation.pk}"[:12]
    )
    definition = {"title": "Fenmarch", "questions": [{"id": "VE-30", "label": label}]}
    return SurveyVersion.objects.create(
        survey=survey, number=number, definition=definition, sha256="0" * 64, published_on=timezone.localdate()
    )


def test_readers_are_told_the_question_of_the_newest_version():
    consultation = ConsultationFactory()
    published(consultation, 1, "What helped?")
    published(consultation, 2, "What would have helped?")
    assert labels({consultation.pk}) == {(consultation.pk, "VE-30"): "What would have helped?"}


def test_a_question_of_another_consultation_is_not_told():
    published(ConsultationFactory(), 1, "What helped?")
    assert labels({ConsultationFactory().pk}) == {}


def test_nothing_published_tells_nothing():
    assert labels(set()) == {}
