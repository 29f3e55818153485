"""Which reviewed passages are alike, found beforehand and forgotten with either. Every word here is made up."""

from types import SimpleNamespace

import numpy as np
import pytest
from django.utils import timezone

from accounts.models import Role
from analysis.models import Alike, PassageVector, Search, Why
from analysis.pipeline.encoder import MINILM
from analysis.search import finding, neighbours
from analysis.tasks import find_alike
from feedback.consenting import change_uses
from feedback.models import Contribution, Use
from feedback.retention import withdraw
from tests.accounts.factories import UserFactory
from tests.feedback.factories import PassageFactory

pytestmark = pytest.mark.django_db
CALLED = [
    "The officer never called me back.",
    "No officer ever called us back about the case.",
    "Nobody called me back.",
]
COURT = "The courtroom had no separate entrance for witnesses."


class Counting:
    """An encoder whose vectors say which of three words a text has; it counts what it encodes."""

    id = MINILM

    def __init__(self):
        self.encoded = []

    def encode(self, texts):
        self.encoded += texts
        rows = np.zeros((len(texts), 3), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row] = [word in text for word in ("called", "back", "court")]
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


@pytest.fixture
def encoder(monkeypatch):
    counting = Counting()
    monkeypatch.setattr(neighbours, "_encoder", lambda: (counting, counting.id))
    return counting


def told(*texts, **facts):
    return [PassageFactory(text=text, quotable=True, **facts) for text in texts]


def like(passage):
    analyst = UserFactory(roles=[Role.ANALYST])
    search = Search.objects.create(
        asked_by=analyst, asked_on=timezone.localdate(), like_passage_id=passage.pk, why=Why.THEME
    )
    return {one.text for one in finding.page(finding.found(search), 1)}


def test_the_nearest_are_found_without_anything_else(encoder):
    first, *_ = told(*CALLED, COURT)
    assert find_alike.call() == 4
    assert like(first) == set(CALLED[1:])


def test_nothing_is_read_twice_and_an_older_passage_gains_newer_neighbours(encoder):
    first, _ = told(*CALLED[:2])
    neighbours.find()
    told(CALLED[2])
    assert neighbours.find() == 1
    assert neighbours.find() == 0
    assert sorted(encoder.encoded) == sorted(CALLED)
    assert like(first) == set(CALLED[1:])


def test_the_same_words_are_encoded_once(encoder):
    told("They called back.", "They called back.")
    neighbours.find()
    assert len(encoder.encoded) == 1
    told("They called back.")
    neighbours.find()
    assert len(encoder.encoded) == 1


def test_what_one_contribution_says_twice_is_not_put_side_by_side(encoder):
    one, other = told(*CALLED[:2])
    other.contribution = one.contribution
    other.save()
    neighbours.find()
    assert like(one) == set()


def test_a_withdrawal_takes_the_pairs_and_the_next_look_fills_the_place(encoder, monkeypatch):
    monkeypatch.setattr(neighbours, "MOST_ALIKE", 1)
    first, second, third = told(*CALLED)
    neighbours.find()
    gone = Alike.objects.get(passage=first.pk).other_id
    left = next(one for one in (second, third) if one.pk != gone)
    withdraw(Contribution.objects.get(passages=gone))
    assert not Alike.objects.filter(passage=first.pk).exists()
    neighbours.find()
    assert Alike.objects.get(passage=first.pk).other_id == left.pk


def test_only_what_may_be_read_in_english_has_a_vector(encoder):
    PassageFactory(text=CALLED[0])
    told(CALLED[1], decision__sealed_text__contribution__language="cy")
    told(CALLED[2])
    assert neighbours.find() == 1
    assert encoder.encoded == [CALLED[2]]


def test_likeness_goes_once_neither_describing_nor_quoting_is_allowed(encoder):
    one, other = told(*CALLED[:2])
    neighbours.find()
    change_uses(one.contribution_id, {Use.STATISTICS, Use.PARAPHRASE})
    assert like(other) == {CALLED[0]}
    change_uses(one.contribution_id, {Use.STATISTICS})
    assert not PassageVector.objects.filter(pk=one.pk).exists()
    assert not Alike.objects.exists()
    assert like(other) == set()


def test_another_encoder_makes_every_vector_anew(encoder, monkeypatch):
    told(*CALLED[:2])
    neighbours.find()
    better = Counting()
    monkeypatch.setattr(neighbours, "_encoder", lambda: (better, "better"))
    told(CALLED[2])
    assert neighbours.find() == 3
    assert set(PassageVector.objects.values_list("encoder", flat=True)) == {"better"}


def test_without_an_encoder_word_vectors_of_the_examples_do(settings, tmp_path, monkeypatch):
    settings.HEARD_MODELS_DIR = tmp_path
    written = [
        "The officer called me back.",
        "Nobody called us.",
        "We waited in the courtroom.",
        "No separate entrance.",
    ]
    monkeypatch.setattr(neighbours, "examples", lambda: [SimpleNamespace(text=one) for one in written])
    first, *_ = told(*CALLED, COURT)
    neighbours.find()
    assert like(first) >= {CALLED[1]}
    assert COURT not in like(first)
    assert set(PassageVector.objects.values_list("encoder", flat=True)) != {"tfidf-svd-v1"}


def test_no_words_are_kept_beside_a_vector(encoder):
    told(CALLED[0])
    neighbours.find()
    row = PassageVector.objects.get()
    assert b"officer" not in bytes(row.vector)
    assert CALLED[0] not in row.key
