"""The closed forms give what learning anew would give."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analysis.learning import ridge
from analysis.learning.blocks import Blocks, Reader, Texts, Weights

SAID = [
    *("nobody rang me back", "they never rang", "no call for weeks", "kept me informed", "she rang every week"),
    *(
        "the court was cold",
        "waited hours at court",
        "court staff were kind",
        "kind officer",
        "rude officer on the phone",
    ),
]
GROUPS = np.array([0, 0, 1, 2, 2, 3, 4, 5, 6, 7])
SMOOTHING = 2.0


@pytest.fixture
def texts():
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(len(SAID), 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Texts(SAID, vectors, rng.integers(0, 2, (len(SAID), 3)).astype(np.float32))


@pytest.fixture
def blocks(texts):
    return Reader.of(texts, Weights()).read(texts)


@pytest.fixture
def given():
    return np.array([["rang" in text or "call" in text, "court" in text] for text in SAID])


def some(blocks, rows):
    return type(blocks)(blocks.counted[rows], blocks.dense[rows], blocks.turned[rows])


def test_what_a_text_gets_unseen_is_what_models_give_that_were_learned_without_its_group(blocks, given):
    _, unseen = ridge.solve(blocks, given, GROUPS, SMOOTHING)
    for group in np.unique(GROUPS):
        rows, others = np.flatnonzero(group == GROUPS), np.flatnonzero(group != GROUPS)
        lines, _ = ridge.solve(some(blocks, others), given[others], GROUPS[others], SMOOTHING)
        np.testing.assert_allclose(unseen[rows], lines.scores(some(blocks, rows)), atol=1e-3)


def test_texts_of_one_group_do_not_tell_each_other_apart(blocks, given):
    _, together = ridge.solve(blocks, given, GROUPS, SMOOTHING)
    _, alone = ridge.solve(blocks, given, np.arange(len(SAID)), SMOOTHING)
    assert np.abs(together[:2] - alone[:2]).max() > 0.01
    np.testing.assert_allclose(together[5:], alone[5:], atol=1e-4)


def test_weights_of_features_say_the_same_as_likeness_to_the_texts_learned_from(blocks, given):
    lines, _ = ridge.solve(blocks, given, GROUPS, SMOOTHING)
    likeness = blocks.likeness(blocks)
    shares = np.linalg.solve(likeness + SMOOTHING * np.eye(len(SAID)), np.where(given, 1.0, -1.0))
    np.testing.assert_allclose(lines.scores(blocks), likeness @ shares, atol=1e-4)


def test_each_block_counts_with_its_weight(texts):
    def likeness(**weights):
        every = dict.fromkeys(("words", "letters", "meaning", "pairs", "facts"), 0.0) | weights
        blocks = Reader.of(texts, Weights(**every)).read(texts)
        return blocks.likeness(blocks) - 1  # the column of ones

    np.testing.assert_allclose(likeness(meaning=2.0), 2 * texts.vectors @ texts.vectors.T, atol=1e-5)
    np.testing.assert_allclose(likeness(facts=0.5), 0.5 * texts.facts @ texts.facts.T, atol=1e-5)
    np.testing.assert_allclose(likeness(words=3.0), 3 * likeness(words=1.0), atol=1e-5)
    np.testing.assert_allclose(np.diag(likeness(pairs=1.5)), 1.5, atol=1e-5)
    np.testing.assert_allclose(np.diag(likeness(letters=1.0)), 1.0, atol=1e-5)


def test_a_text_has_the_same_score_to_the_last_bit_in_any_company():
    chance = np.random.default_rng(0)
    labels, texts = 3, 41
    lines = ridge.Lines(*(chance.standard_normal(shape).astype(np.float32) for shape in ((5, 3), (40, 3), (3, 64, 64))))
    counted = csr_array(chance.random((texts, 5)).astype(np.float32))
    dense, turned = (chance.standard_normal((texts, width)).astype(np.float32) for width in (40, 64))
    blocks = Blocks(counted, dense, turned)
    scores = lines.scores(blocks)
    assert scores.shape == (texts, labels)
    order = chance.permutation(texts)
    assert lines.scores(blocks.some(order)).tobytes() == scores[order].tobytes()
    assert all(lines.scores(blocks.some(np.array([row]))).tobytes() == scores[row].tobytes() for row in range(texts))


def test_scores_that_may_matter_are_the_same_bits_and_no_other_is_worked_out():
    chance = np.random.default_rng(1)
    dimensions, labels, texts = 64, 5, 400
    turned = chance.standard_normal((texts, dimensions)).astype(np.float32)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    pairs = np.stack([(one + one.T) / 30 for one in chance.standard_normal((labels, dimensions, dimensions))])
    dense = chance.standard_normal((texts, 40)).astype(np.float32) / 10
    weights = (np.zeros((5, labels)), chance.standard_normal((40, labels)), pairs)
    lines = ridge.Lines(*(one.astype(np.float32) for one in weights))
    blocks = Blocks(csr_array((texts, 5), dtype=np.float32), dense, turned)
    scores, least, alone = lines.scores(blocks), np.full(labels, 1.2, dtype=np.float32), np.arange(texts)
    above = lines.scores_above(least, blocks, alone)
    assert 0 < (scores >= least).sum() < scores.size / 3
    assert (above[scores >= least] == scores[scores >= least]).all()
    assert 0 < np.isfinite(above).sum() < scores.size / 2
    assert (above[np.isfinite(above)] == scores[np.isfinite(above)]).all()
    # Without a slack as large as rounding, a score on the very edge could be lost.
    edge = scores.max(axis=0)
    assert (np.isfinite(lines.scores_above(edge, blocks, alone)).sum(axis=0) >= 1).all()
    # Half of what counts may be what stands around a text, which counts for itself as well.
    around = alone // 4 * 4
    together = (scores + scores[around]) / 2
    above = lines.scores_above(least / 2, blocks, around)
    assert 0 < (together >= least / 2).sum() < scores.size / 3
    assert (above[np.isfinite(above)] == together[np.isfinite(above)]).all()
    assert (above[together >= least / 2] == together[together >= least / 2]).all()
