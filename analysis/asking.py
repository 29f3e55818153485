"""What a form's question asked for: the valence that decides where a person's words do not."""

import uuid
from collections.abc import Sequence

from surveys.definition import from_json
from surveys.models import Response, SurveyVersion


class Asked:
    """Remembers each version's questions for one sweep."""

    def __init__(self) -> None:
        self._versions: dict[uuid.UUID, dict[str, str]] = {}

    def of(self, contribution_id: uuid.UUID, question_id: str) -> str:
        """The valence the question implies, such as "praise"; empty if it implies none or came without a survey."""
        return self.of_all([(contribution_id, question_id)])[0]

    def of_all(self, asked: Sequence[tuple[uuid.UUID, str]]) -> list[str]:
        """The same for each pair of a contribution and a question."""
        answers = Response.objects.filter(contribution_id__in={contribution for contribution, _ in asked})
        versions = dict(answers.values_list("contribution_id", "version_id"))
        return [
            self._questions(versions[contribution]).get(question, "") if contribution in versions else ""
            for contribution, question in asked
        ]

    def _questions(self, version_id: uuid.UUID) -> dict[str, str]:
        if version_id not in self._versions:
            definition = from_json(SurveyVersion.objects.get(pk=version_id).definition)
            self._versions[version_id] = {question.id: question.valence for question in definition.questions}
        return self._versions[version_id]
