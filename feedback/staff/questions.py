"""What a question asked, told by whoever asked it: feedback knows only permanent ids.

A package above registers the Wagtail hook `feedback_question_labels`: it is called with consultation ids and returns
labels by consultation id and question id.
"""

from collections.abc import Iterable
from uuid import UUID

from wagtail import hooks

from feedback.models import SealedText

LABELS_HOOK = "feedback_question_labels"


def name_questions(texts: Iterable[SealedText]) -> None:
    """Give each text `asked`, the question as it was put, or its id in readable form where nobody knows it."""
    held = list(texts)
    known = labels({text.contribution.consultation_id for text in held})
    for text in held:
        place = (text.contribution.consultation_id, text.question_id)
        text.asked = known.get(place) or readable(text.question_id)  # type: ignore[attr-defined]


def labels(consultation_ids: set[UUID]) -> dict[tuple[UUID, str], str]:
    """Every label the packages above know for these consultations."""
    known: dict[tuple[UUID, str], str] = {}
    for tell in hooks.get_hooks(LABELS_HOOK):
        known |= tell(consultation_ids)
    return known


def readable(question_id: str) -> str:
    """A permanent id in the form a person reads: "what-happened" is "What happened", "VE-30" stays."""
    return question_id.replace("-", " ").capitalize() if question_id.islower() else question_id
