import importlib
import traceback
from importlib.util import find_spec

import pytest
from django_tasks import task
from django_tasks.base import Task

from feedback.wordless import TaskFailed, wordless

WORDS = "fictional heron words"


@wordless
def fails(error):
    raise error


@wordless
def fails_while_failing():
    try:
        raise ValueError(WORDS)
    except ValueError as first:
        raise KeyError(WORDS) from first


@wordless
def leaves_while_failing():
    try:
        raise ValueError(WORDS)
    except ValueError:
        raise SystemExit(3)  # noqa: B904 - as a signal arriving just then would


def stored(error):
    """What the task backend would write into its row."""
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize("error", [ValueError(WORDS), UnicodeEncodeError("ascii", WORDS, 0, 1, WORDS)], ids=repr)
def test_a_failure_keeps_its_class_and_place_and_loses_its_words(error):
    error.add_note(WORDS)
    with pytest.raises(TaskFailed, match=rf"^{type(error).__name__} at test_wordless\.py:\d+$") as raised:
        fails(error)
    assert "heron" not in stored(raised.value)
    assert raised.value.__context__ is None


def test_neither_cause_nor_context_comes_along():
    with pytest.raises(TaskFailed) as raised:
        fails_while_failing()
    assert "heron" not in stored(raised.value)
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)


def test_being_told_to_stop_is_passed_on_without_words():
    with pytest.raises(SystemExit) as raised:
        leaves_while_failing()
    assert raised.value.code == 3
    assert "heron" not in stored(raised.value)


def test_a_result_passes_through_and_the_name_stays():
    @wordless
    def count(number, *, more):
        """Counts."""
        return number + more

    assert count(2, more=3) == 5
    assert (count.__name__, count.__doc__) == ("count", "Counts.")


@task()
def talkative():
    raise ValueError(WORDS)


def is_wordless(task):
    """Whether the decorator made this task's function: its code is the decorator's inner function's."""
    return task.func.__code__ is fails.__code__


def our_tasks():
    for package in ("feedback", "surveys", "analysis", "outcomes", "pages", "config"):
        name = f"{package}.tasks"
        if find_spec(package) and find_spec(name):
            yield from (thing for thing in vars(importlib.import_module(name)).values() if isinstance(thing, Task))


def test_every_task_of_ours_is_wordless():
    assert not is_wordless(talkative)
    assert [task.module_path for task in our_tasks() if not is_wordless(task)] == []
