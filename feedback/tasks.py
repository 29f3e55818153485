"""Background work of this package. Tasks carry no id: each looks for itself what there is to do."""

from django_tasks import task

from feedback.wordless import wordless


@task()
@wordless
def end_uses() -> int:
    """Remove what may not be used any more since a consultation's last day of use, and say how many contributions."""
    from feedback.ending import end_uses as end

    return end()
