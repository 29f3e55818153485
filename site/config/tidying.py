"""Deletes what the staff's side keeps longer than it needs: sessions that ended, and old lines of the editing log."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry


def tidy() -> dict[str, int]:
    """Delete them, and say how many of each. Who opened which text is another log, and stays."""
    now = timezone.now()
    before = now - timedelta(days=settings.HEARD_EDIT_LOG_DAYS)
    old = {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "lines on pages": PageLogEntry.objects.filter(timestamp__lt=before),
        "lines on other content": ModelLogEntry.objects.filter(timestamp__lt=before),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
