"""Background work of surveys. Tasks carry no id: each looks for itself what there is to do."""

from django_tasks import task

from feedback.wordless import wordless


@task()
@wordless
def clear_drafts() -> int:
    """Delete the drafts somebody walked away from, and say how many; and the marks of forms that were counted."""
    from django.utils import timezone

    from surveys.equality.counting import forget_used
    from surveys.journey.drafts import discard_abandoned

    forget_used(timezone.localdate())
    return discard_abandoned(timezone.localdate())


@task()
@wordless
def publish_due() -> None:
    """Let what is scheduled go live or come off, as Wagtail's own command does."""
    from django.core.management import call_command

    call_command("publish_scheduled", verbosity=0)
