"""Whether the installation is well: each sign with a figure, a sentence, and what to do where it is not.

Nothing here tells how much anybody sent: ages in whole days, and nothing that could be subtracted.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils import timezone

from analysis.waiting import oldest_unread
from config.durations import in_words
from config.models import LastTime
from feedback.keys import period_id
from feedback.models import Contribution, Period, SealedText

# A round of the worker may wait behind one long piece of work, such as reading a large import.
LONGEST_ROUND = timedelta(minutes=15)
UNPROCESSED_DAYS, URGENT_DAYS = 1, 1
LEAST_FREE, LEAST_FREE_BYTES = 0.1, 2 * 1024**3
LEAST_CERTIFICATE_DAYS = 14
REHEARSED_EVERY = timedelta(days=40)
# When next month's key must be there.
KEY_AHEAD = timedelta(days=3)


@dataclass(frozen=True)
class Sign:
    """One thing looked at. `figure` is None where there is nothing to measure; its unit is the end of `name`."""

    name: str
    title: str
    says: str
    is_well: bool
    advice: str = ""
    figure: float | None = None


def signs() -> list[Sign]:
    """Everything looked at, in the order an operator asks."""
    return [sign for look in LOOKS for sign in look()]


def _worker() -> Iterator[Sign]:
    yield _since(
        LastTime.Deed.ROUND,
        "worker_age_seconds",
        "Worker",
        ("The worker last finished a task {} ago.", "The worker has never finished a task."),
        LONGEST_ROUND,
        "Nothing is read, and nobody is deleted on time, until it runs. Start it: “systemctl restart heard-worker”, or "
        "“make run” on one machine. If it runs and is reading a large file, look again later.",
    )


def _since(
    deed: LastTime.Deed, name: str, title: str, sentences: tuple[str, str], limit: timedelta, advice: str
) -> Sign:
    last = LastTime.objects.filter(deed=deed).first()
    if last is None:
        return Sign(name, title, sentences[1], is_well=False, advice=advice)
    length = timezone.now() - last.at
    says = sentences[0].format(in_words(length))
    return Sign(name, title, says, length <= limit, advice, length.total_seconds())


def _key() -> Iterator[Sign]:
    today = timezone.localdate()
    wanted = {period_id(today), period_id(today + KEY_AHEAD)}
    there = set(Period.objects.filter(pk__in=wanted, key_destroyed_on__isnull=True).values_list("pk", flat=True))
    missing = sorted(wanted - there)
    says = f"There is no key for {' and '.join(missing)}." if missing else "The keys that seal what comes in are there."
    advice = "Nobody can send anything without it. Start the worker, or run “python manage.py make_keys” where it runs."
    yield Sign("keys_missing", "Keys", says, not missing, advice, float(len(missing)))


def _unprocessed() -> Iterator[Sign]:
    yield _oldest(
        "oldest_unprocessed_days",
        "Read by the machine",
        oldest_unread(),
        UNPROCESSED_DAYS,
        "Look at the worker first. If it is well, its log names the fault: “journalctl -u heard-worker”.",
    )


def _unread() -> Iterator[Sign]:
    urgent = (
        Contribution.objects.urgent_unopened().order_by("received_on").values_list("received_on", flat=True).first()
    )
    advice = "Somebody may be in danger. Ring the duty holder of the consultation today."
    yield _oldest("oldest_urgent_unread_days", "Marked urgent, opened by nobody", urgent, URGENT_DAYS - 1, advice)
    texts = SealedText.objects.awaiting_review().order_by("contribution__received_on")
    yield _oldest(
        "oldest_unread_days",
        "Awaiting review",
        texts.values_list("contribution__received_on", flat=True).first(),
        settings.HEARD_UNREAD_DAYS,
        "Tell whoever leads the moderators: people were promised that they would be read.",
    )


def _oldest(name: str, title: str, day: date | None, limit: int, advice: str) -> Sign:
    if day is None:
        return Sign(name, title, "Nothing waits.", is_well=True, figure=0)
    days = (timezone.localdate() - day).days
    says = "The oldest came in today." if days == 0 else f"The oldest came in {in_words(timedelta(days=days))} ago."
    return Sign(name, title, says, days <= limit, advice, days)


def _disk() -> Iterator[Sign]:
    disk = shutil.disk_usage(settings.VAR)
    says = f"{disk.free / 1e9:.1f} GB of {disk.total / 1e9:.1f} GB are free where Heard keeps its files."
    is_well = disk.free >= LEAST_FREE_BYTES and disk.free / disk.total >= LEAST_FREE
    advice = "On a full disk nobody can send anything. Make room or a larger disk; never delete keys or the database."
    yield Sign("disk_free_bytes", "Disk", says, is_well, advice, disk.free)


def _certificate() -> Iterator[Sign]:
    path = settings.HEARD_CERTIFICATE
    if not path:
        return
    title, advice = "Certificate", "Renew it as the guide of your web server says, and let the server read it afresh."
    try:
        ends = x509.load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        yield Sign(
            "certificate_days", title, f"The certificate at {path} cannot be read.", is_well=False, advice=advice
        )
        return
    days = (ends - datetime.now(UTC)).days
    says = f"It is good for {days} more days." if days >= 0 else "It has run out."
    yield Sign("certificate_days", title, says, days >= LEAST_CERTIFICATE_DAYS, advice, days)


def _backup() -> Iterator[Sign]:
    yield _since(
        LastTime.Deed.BACKUP,
        "backup_age_seconds",
        "Backup",
        ("The last backup was made {} ago.", "No backup was ever made."),
        timedelta(hours=settings.HEARD_BACKUP_HOURS),
        "What came in since is on one disk only. Run “make backup”, and see why the timer did not.",
    )
    yield _since(
        LastTime.Deed.REHEARSAL,
        "rehearsal_age_seconds",
        "Rehearsed restore",
        ("A restore was last rehearsed {} ago.", "No restore was ever rehearsed."),
        REHEARSED_EVERY,
        "A backup nobody has restored is a hope. Run “make rehearse”; if you did it on another computer, write it down "
        "here: “python manage.py rehearse_restore --elsewhere”.",
    )


LOOKS: tuple[Callable[[], Iterator[Sign]], ...] = (
    _worker,
    _key,
    _unprocessed,
    _unread,
    _disk,
    _certificate,
    _backup,
)
