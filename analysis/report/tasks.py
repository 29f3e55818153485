"""Background work of reports. A task is told the id of a publisher's request, never of a contribution."""

from django_tasks import task

from feedback.wordless import wordless


@task()
@wordless
def freeze_report(request_id: str) -> None:
    """Freeze the report a publisher asked for, or write down why it cannot be."""
    from analysis.report.releasing import fulfil

    fulfil(request_id)
