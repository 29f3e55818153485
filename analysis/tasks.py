"""Background work of analysis. Tasks are told ids of consultations, requests and staff, never of a contribution."""

from django_tasks import task


@task()
def freeze_report(request_id: str) -> None:
    """Freeze the report a publisher asked for, or write down why it cannot be."""
    from analysis.releasing import fulfil

    fulfil(request_id)
