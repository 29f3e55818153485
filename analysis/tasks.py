"""Background work of analysis. Tasks are told ids of consultations, requests and staff, never of a contribution."""

from django_tasks import task

from feedback.wordless import wordless


@task()
@wordless
def freeze_report(request_id: str) -> None:
    """Freeze the report a publisher asked for, or write down why it cannot be."""
    from analysis.releasing import fulfil

    fulfil(request_id)


@task()
@wordless
def sweep() -> dict[str, int]:
    """Read whatever has come in and was not read yet; the result is counts only."""
    from analysis.sweep import sweep as read_unread

    done = read_unread()
    return {"texts": done.texts, "passages": done.passages, "left out": sum(done.left_out.values())}
