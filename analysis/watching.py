"""Once a week, sees whether people have begun to speak of something new, and tells analysts so without a word of it."""

from datetime import date, timedelta

import numpy as np
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from analysis.emerging import Uncovered, cleaned, speakers, still_allowed
from analysis.models import TopicWatch, WatchOutcome, WatchStatement
from analysis.pipeline.encoder import open_encoder
from analysis.topics.watch import WEEKS_BEFORE, WEEKS_RECENT, Alarm, is_enough, watch


def look(today: date | None = None) -> TopicWatch | None:
    """Look at the whole weeks before this one, by the day of review; None if that was done already.

    The day of review is when words become readable: counted by the day of arrival, what waits long for review would
    never be recent.
    """
    day = today or timezone.localdate()
    monday = day - timedelta(days=day.weekday())
    if TopicWatch.objects.filter(week=monday).exists():
        return None
    first = monday - timedelta(weeks=WEEKS_RECENT + WEEKS_BEFORE)
    said = [one for one in cleaned() if first <= one.reviewed_on < monday]
    recent = np.array([one.reviewed_on >= monday - timedelta(weeks=WEEKS_RECENT) for one in said], dtype=bool)
    if not is_enough(recent):
        return _kept(TopicWatch(week=monday, outcome=WatchOutcome.TOO_FEW), [])
    texts = [one.text for one in said]
    encoder = open_encoder(settings.HEARD_MODELS_DIR, texts, seed=0)
    # The week is the seed: a look done again says the same.
    alarm = watch(encoder.encode(texts), recent, speakers(said), seed=monday.toordinal())
    rows = [said[row] for row in alarm.rows] if alarm else []
    return _kept(_seen(monday, encoder.id, alarm, rows), rows)


def _seen(monday: date, encoder: str, alarm: Alarm | None, rows: list[Uncovered]) -> TopicWatch:
    if alarm is None:
        return TopicWatch(week=monday, encoder=encoder, outcome=WatchOutcome.NOTHING)
    # Of the weeks in which the same statements may still be recent: they are one thing, told once.
    told = WatchStatement.objects.filter(watch__week__gte=monday - timedelta(weeks=WEEKS_RECENT))
    known = {(passage_id, start) for passage_id, start in told.values_list("passage_id", "start")}
    is_known = any((row.passage_id, row.start) in known for row in rows)
    outcome = WatchOutcome.KNOWN if is_known else WatchOutcome.ALERT
    return TopicWatch(week=monday, encoder=encoder, outcome=outcome, chance=alarm.chance)


def _kept(seen: TopicWatch, rows: list[Uncovered]) -> TopicWatch | None:
    try:
        with transaction.atomic():
            seen.save(force_insert=True)
            allowed = still_allowed(rows)
            WatchStatement.objects.bulk_create(
                WatchStatement(watch=seen, passage_id=row.passage_id, start=row.start, end=row.end)
                for row in rows
                if row.passage_id in allowed
            )
    except IntegrityError:
        # Another worker kept this week first.
        return None
    return seen
