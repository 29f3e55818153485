import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from feedback import release
from feedback.intake import InvalidSubmission
from feedback.models import Contribution, PartKind, Roundtable, SealedText, Use, Voice
from feedback.roundtables import AlreadyRecorded, NothingSaid, Part, record_historic, record_live
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory

HELD_ON = datetime.date(2026, 5, 4)
SAID = ["The fictional otter waited for hours.", "", "  ", "The fictional badger got a letter."]


def live(by=None, **changes):
    facts = {
        "title": "Fictional roundtable",
        "held_on": HELD_ON,
        "consultation": changes.pop("consultation", None) or ConsultationFactory(),
        "paragraphs": SAID,
        "people": 6,
        "consents": frozenset({Use.STATISTICS}),
        "by": by or UserFactory(roles=[Role.MODERATOR]),
        **changes,
    }
    return record_live(**facts)


def test_what_a_group_said_is_one_contribution_with_a_sealed_text_for_each_paragraph(keys):
    roundtable = live()
    contribution = roundtable.contribution
    assert (contribution.voice, contribution.people, contribution.received_on) == (Voice.GROUP, 6, HELD_ON)
    texts = contribution.sealed_texts.order_by("question_id")
    assert [release.unseal(text) for text in texts] == [SAID[0], SAID[3]]
    assert not roundtable.is_historic
    assert not roundtable.parts.exists()


def test_consents_of_the_group_are_kept(keys):
    contribution = live(consents=frozenset({Use.PARAPHRASE})).contribution
    assert (contribution.may_paraphrase, contribution.may_statistics) == (True, False)


def test_the_stored_digest_does_not_let_anyone_check_a_guess(keys, settings):
    first = live().source_sha256
    SealedText.objects.all().delete()
    Roundtable.objects.all().delete()
    settings.SECRET_KEY = "another fictional installation"
    assert live().source_sha256 != first


def test_the_same_roundtable_is_refused_the_second_time(keys):
    live()
    with pytest.raises(AlreadyRecorded, match=r'"Fictional roundtable", held on 4 May 2026'):
        live()
    assert Contribution.objects.count() == 1


def test_withdrawing_what_was_said_leaves_the_roundtable(keys):
    roundtable = live()
    roundtable.contribution.delete()
    roundtable.refresh_from_db()
    assert roundtable.contribution is None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_those_who_may_read_unreviewed_words_key_them_in(keys, role):
    with pytest.raises(PermissionDenied):
        live(by=UserFactory(roles=[role], is_superuser=True))
    assert not Roundtable.objects.exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"paragraphs": ["", " \n"]}, NothingSaid),
        ({"paragraphs": []}, NothingSaid),
        ({"people": 1}, InvalidSubmission),
        ({"held_on": datetime.date(2999, 1, 1)}, InvalidSubmission),
    ],
    ids=["blank", "empty", "one person", "future"],
)
def test_a_record_that_cannot_be_leaves_nothing(keys, changes, error):
    with pytest.raises(error):
        live(**changes)
    assert not Roundtable.objects.exists()
    assert not Contribution.objects.exists()


PARTS = [
    Part(PartKind.HEADING, "", "Findings"),
    Part(PartKind.BODY, "Findings", "Calls went unanswered."),
    Part(PartKind.BODY, "Findings", "  "),
    Part(PartKind.QUOTATION, "Findings", "“Nobody rang.”"),
]


def historic(parts=PARTS, digest="a" * 64):
    return record_historic(title="Old review", held_on=HELD_ON, parts=parts, source_sha256=digest)


@pytest.mark.django_db
def test_a_published_record_is_kept_in_reading_order_without_its_blanks():
    roundtable = historic()
    kept = roundtable.parts.values_list("position", "kind", "section", "text")
    assert list(kept) == [
        (0, "heading", "", "Findings"),
        (1, "body", "Findings", "Calls went unanswered."),
        (2, "quotation", "Findings", "“Nobody rang.”"),
    ]


@pytest.mark.django_db
def test_a_published_record_never_becomes_a_contribution():
    assert historic().is_historic
    assert not Contribution.objects.exists()


@pytest.mark.django_db
def test_the_same_file_is_refused_the_second_time_and_another_is_not():
    historic()
    with pytest.raises(AlreadyRecorded, match="Old review"):
        historic()
    assert historic(digest="b" * 64).parts.count() == 3


@pytest.mark.django_db
def test_a_published_record_without_words_is_refused():
    with pytest.raises(NothingSaid):
        historic(parts=[Part(PartKind.BODY, "", " ")])
    assert not Roundtable.objects.exists()
