import pytest

from feedback import remembering
from feedback.remembering import MOST_KEPT, remembered


@pytest.fixture
def clock(monkeypatch, settings):
    settings.HEARD_REMEMBER_SECONDS = 5
    monkeypatch.setattr(remembering, "_kept", {})
    now = [100.0]
    monkeypatch.setattr(remembering.time, "monotonic", lambda: now[0])
    return now


def test_a_value_is_asked_for_once_until_its_time_is_over(clock):
    asked = iter(range(10))
    assert [remembered("a", lambda: next(asked)) for _ in range(3)] == [0, 0, 0]
    clock[0] += 4.9
    assert remembered("a", lambda: next(asked)) == 0
    clock[0] += 0.1
    assert remembered("a", lambda: next(asked)) == 1


def test_each_key_has_its_own_value_even_if_it_is_nothing(clock):
    asked = []
    for _ in range(2):
        assert remembered("a", lambda: asked.append("a")) is None
        assert remembered("b", lambda: "b") == "b"
    assert asked == ["a"]


def test_a_failure_is_not_remembered(clock):
    with pytest.raises(ZeroDivisionError):
        remembered("a", lambda: 1 / 0)
    assert remembered("a", lambda: 1) == 1


def test_it_never_grows_beyond_a_bound(clock):
    for number in range(3 * MOST_KEPT):
        remembered(number, int)
    assert len(remembering._kept) <= MOST_KEPT


def test_nothing_is_remembered_where_the_time_is_nought(clock, settings):
    settings.HEARD_REMEMBER_SECONDS = 0
    asked = iter(range(10))
    assert [remembered("a", lambda: next(asked)) for _ in range(3)] == [0, 1, 2]
