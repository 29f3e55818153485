"""What a form's question asked for: the valence that decides where a person's words do not."""

import uuid

from surveys.definition import from_json
from surveys.models import Response, SurveyVersion


class Asked:
    """Remembers each version's questions for one sweep."""

    def __init__(self) -> None:
        self._versions: dict[uuid.UUID, dict[str, str]] = {}

    def of(self, contribution_id: uuid.UUID, question_id: str) -> str:
        """The valence the question implies, such as "praise"; empty if it implies none or came without a survey."""
        version = Response.objects.filter(contribution_id=contribution_id).values_list("version_id", flat=True).first()
        return self._questions(version).get(question_id, "") if version else ""

    def _questions(self, version_id: uuid.UUID) -> dict[str, str]:
        if version_id not in self._versions:
            definition = from_json(SurveyVersion.objects.get(pk=version_id).definition)
            self._versions[version_id] = {question.id: question.valence for question in definition.questions}
        return self._versions[version_id]
