"""Background work of the installation itself. Its tasks are told nothing."""

from django_tasks import task

from feedback.wordless import wordless


@task()
@wordless
def note_round() -> None:
    """Write down that the worker does what it is given, for the health page."""
    from config.models import LastTime, remember

    remember(LastTime.Deed.ROUND)


@task()
@wordless
def tidy() -> dict[str, int]:
    """Delete what staff's side keeps longer than it needs; the result is counts only."""
    from config.tidying import tidy

    return tidy()
