"""Background work of analysis. Its tasks are told nothing: each finds what is waiting."""

from django_tasks import task

from feedback.wordless import wordless


@task()
@wordless
def sweep() -> dict[str, int]:
    """Read what was not read yet, or not with the codebook and pipeline in use; the result is counts only."""
    from analysis.sweep import sweep as read_unread

    done = read_unread(again=True)
    return {"texts": done.texts, "passages": done.passages, "left out": sum(done.left_out.values())}


@task()
@wordless
def learn_from_people() -> dict[str, str]:
    """Learn themes again with what people coded; the result is one word."""
    from analysis.relearning.job import CannotLearn, learn

    try:
        return {"outcome": learn().state}
    except CannotLearn:
        return {"outcome": "not now"}


@task()
@wordless
def learn_without_who_left() -> dict[str, str]:
    """Learn themes again where models know of somebody who has left; the result is one word."""
    from analysis.relearning.job import CannotLearn, keep_up

    try:
        learned = keep_up()
    except CannotLearn:
        return {"outcome": "not now"}
    return {"outcome": learned.state if learned else "nothing to do"}


@task()
@wordless
def find_topics() -> dict[str, int]:
    """Look for topics in reviewed statements the codebook does not cover; the result is counts only."""
    from analysis.emerging import find

    run = find()
    return {"statements": run.statements, "topics": run.topics.count()}


@task()
@wordless
def watch_topics() -> dict[str, str]:
    """Once a week, see whether recent statements are about something new; the result is one word."""
    from analysis.watching import look

    seen = look()
    return {"outcome": seen.outcome if seen else "done this week"}


@task()
@wordless
def find_alike() -> int:
    """Find which reviewed passages are alike, where that is not known yet, and say of how many."""
    from analysis.search.neighbours import find

    return find()


@task()
@wordless
def forget_searches() -> int:
    """Delete the searches of more than a year ago, and say how many."""
    from analysis.search.asking import forget_old

    return forget_old()
