"""What the tables hold of a draft.

It is read at every request, so in SQL: Django takes longer to write these two statements than a database takes to
answer them.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from surveys.models import Draft, DraftAnswer

DRAFT = """
    SELECT *, EXISTS (SELECT 1 FROM surveys_draftwords WHERE draft_id = surveys_draft.id) AS has_words
    FROM surveys_draft WHERE id = %s
"""
ANSWERS = "SELECT id, question_id, value, sitting_box, given_alone FROM surveys_draftanswer WHERE draft_id = %s"


@dataclass(frozen=True)
class StoredAnswer:
    """One answer as it is kept: a closed one as its value, words only in a box."""

    id: uuid.UUID
    question_id: str
    value: Any
    box: bytes | None = field(repr=False)
    given_alone: str


def draft(draft_id: uuid.UUID) -> tuple[Draft, bool] | None:
    """The draft, and whether return words lead back to it; None if there is no such draft."""
    found = list(Draft.objects.raw(DRAFT, [_key(draft_id)]))
    return (found[0], bool(vars(found[0])["has_words"])) if found else None


def answers(draft_id: uuid.UUID) -> Iterator[StoredAnswer]:
    """The draft's answers, in no order."""
    key, value = DraftAnswer._meta.pk, DraftAnswer._meta.get_field("value")
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [_key(draft_id)])
        rows = cursor.fetchall()
    for row_id, question_id, stored, box, given_alone in rows:
        said = value.from_db_value(stored, None, connection)  # type: ignore[arg-type] # for look-ups only
        yield StoredAnswer(key.to_python(row_id), question_id, said, box and bytes(box), given_alone)


def _key(draft_id: uuid.UUID) -> Any:
    return Draft._meta.pk.get_db_prep_value(draft_id, connection)
