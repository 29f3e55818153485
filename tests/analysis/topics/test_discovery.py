"""Which way topics are looked for, and what comes of it; vectors are made up, so that the groups are known."""

import numpy as np
import pytest

from analysis.topics import Mode, Settings, discover
from analysis.topics.clustering import by_bertopic, on_a_plane, smallest
from analysis.topics.control import by_nmf

THINGS = ["bus", "soup", "garden", "piano"]


def made_up(each, groups=4, spread=0.15, seed=1):
    """Texts about one thing each, with vectors near one corner for each thing."""
    draw = np.random.default_rng(seed)
    truth = np.repeat(np.arange(groups), each)
    vectors = np.eye(groups, 12)[truth] + draw.normal(0, spread, (len(truth), 12))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"The {THINGS[at]} number{chr(97 + row % 26)} {row}" for row, at in enumerate(truth)]
    return texts, vectors.astype(np.float32), truth


def test_of_a_handful_it_says_too_few():
    texts, vectors, _ = made_up(7)
    found = discover(texts, vectors)
    assert (found.mode, found.topics, found.is_tentative) == (Mode.TOO_FEW, (), False)
    assert (found.labels == -1).all()


def test_of_fewer_than_three_hundred_it_is_tentative():
    texts, vectors, truth = made_up(25)
    found = discover(texts, vectors)
    assert (found.mode, found.is_tentative) == (Mode.TENTATIVE, True)
    assert [topic.size for topic in found.topics] == [25] * 4
    assert {topic.words[0].word for topic in found.topics} == set(THINGS)
    assert all(len(set(truth[found.labels == at])) == 1 for at in range(4))


def test_as_many_topics_as_were_asked_for():
    texts, vectors, _ = made_up(90)
    for number in (2, 4, 7):
        found = discover(texts, vectors, Settings(topics=number))
        assert (found.mode, len(found.topics), found.outside) == (Mode.FIXED, number, 0)
    assert min(topic.stability for topic in discover(texts, vectors, Settings(topics=4)).topics) == 1


@pytest.mark.parametrize("number", [-1, 0, 1, 41])
def test_a_number_that_cannot_be_is_refused_with_a_sentence(number):
    texts, vectors, _ = made_up(10)
    with pytest.raises(ValueError, match="There can be 2 to 40 topics"):
        discover(texts, vectors, Settings(topics=number))


def test_each_run_has_its_own_fixed_seed_and_is_told(monkeypatch):
    seeds, told = [], []

    def once(texts, vectors, seed):
        seeds.append(seed)
        return np.repeat([0, 1], 150)

    monkeypatch.setattr("analysis.topics.discovery.by_bertopic", once)
    found = discover(
        [f"bus {row}" for row in range(300)], np.ones((300, 3), np.float32), Settings(seed=5), seen=told.append
    )
    assert (seeds, told) == ([5, 1005, 2005], [1, 1, 1])
    assert (found.mode, found.agreement, found.is_tentative) == (Mode.TOPICS, 1, False)


def test_what_does_not_recur_is_counted_not_shown(monkeypatch):
    noise = iter(np.random.default_rng(0).integers(0, 2, (3, 300)))
    monkeypatch.setattr("analysis.topics.discovery.by_bertopic", lambda *_: next(noise))
    found = discover([f"bus {row}" for row in range(300)], np.ones((300, 3), np.float32))
    assert (found.topics, found.dropped, found.outside) == ((), 2, 1)


def test_a_topic_is_never_smaller_than_ten():
    assert [smallest(number) for number in (300, 1500, 4000)] == [10, 15, 40]


def test_the_map_lies_between_nought_and_one_also_when_there_is_nothing_to_spread():
    _, vectors, _ = made_up(10)
    flat = on_a_plane(vectors, 0)
    assert (flat.shape, flat.min(), flat.max()) == ((40, 2), 0, 1)
    assert on_a_plane(np.ones((1, 3), np.float32), 0).tolist() == [[0, 0]]


def test_the_control_groups_by_words():
    texts, _, truth = made_up(20)
    found = by_nmf(texts, 4, 0)
    assert all(len(set(found[truth == at])) == 1 for at in range(4))


@pytest.mark.thorough
def test_bertopic_finds_what_was_made_up_and_the_same_again():
    texts, vectors, truth = made_up(100, spread=0.08)
    found = discover(texts, vectors, Settings(seed=3))
    assert found.mode is Mode.TOPICS
    assert found.agreement > 0.9
    inside = found.labels != -1
    assert inside.mean() > 0.9
    assert all(len(set(truth[found.labels == at])) == 1 for at in range(len(found.topics)))
    assert (by_bertopic(texts, vectors, 3) == by_bertopic(texts, vectors, 3)).all()
