"""A draft as it stands: what it asks in this person's words and order, what was answered, and where each button leads.

What versions ask never changes, so each process reads and translates it once.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone, translation

from feedback.models import Consultation
from feedback.remembering import remembered
from surveys import formats, helping, texts
from surveys.definition import Definition, Sensitivity, from_json
from surveys.facets import Mode
from surveys.helping import AlonePart
from surveys.journey import places
from surveys.journey.sitting import Sitting
from surveys.models import Draft, SurveyVersion
from surveys.offering import ENGLISH, Offered, offered
from surveys.routes import Answer, Answers, route

UNSAID = frozenset({"not-sure", "prefer-not-to-say"})  # values of options that name nothing


@dataclass(frozen=True)
class Progress:
    """A draft as it stands: what was answered, what was only seen, and the words as the sitting's key opens them."""

    draft: Draft
    whole: Definition
    sitting: Sitting
    values: Mapping[str, Answer] = field(repr=False)
    seen: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()  # questions with words of an earlier sitting, which cannot be shown
    closed: frozenset[str] = frozenset()  # questions answered alone, which nothing shows or changes any more
    has_words: bool = False  # whether somebody can come back to this draft with return words

    @property
    def definition(self) -> Definition:
        """What is asked, in this person's order: somebody who is helped does a part alone, at the end."""
        if not self.is_helped:
            return self.whole
        return helping.arranged(self.whole, part=self.draft.alone_part, closed=self.closed)

    @property
    def is_helped(self) -> bool:
        """Whether the person is there and somebody helps them."""
        return helping.is_helped(self.whole, self.draft.help, self.values)

    @property
    def is_alone(self) -> bool:
        """Whether the person has the device to themselves now."""
        return self.draft.alone_part == AlonePart.OPEN

    @property
    def is_easy(self) -> bool:
        """Whether the pages are in Easy Read."""
        return is_easy(self.draft)

    @property
    def locked(self) -> frozenset[str]:
        """The closed questions and those that led to them: none of them can be changed."""
        return helping.locked(self.whole, self.closed)

    @property
    def languages(self) -> tuple[Offered, ...]:
        """The languages this survey may be answered in today."""
        version = self.draft.version
        return remembered(("languages", version.pk), lambda: offered(version, definition_of(version)))

    @property
    def consultation(self) -> Consultation:
        """What is being asked, and by whom."""
        return self.draft.version.survey.consultation

    @property
    def answers(self) -> Answers:
        """Every answer so far by question id; None where a question was skipped."""
        return self.values

    @property
    def is_closed(self) -> bool:
        """Whether the day has passed on which somebody who had begun could still send."""
        return self.consultation.last_day_to_send < timezone.localdate()

    def named(self, breakdown: str) -> str:
        """What the person answered to the question for this breakdown, such as "area"; empty if they have not said."""
        for question in route(self.definition, self.answers):
            given = self.answers.get(question.id)
            is_known = question.breakdown == breakdown and question.id not in self.closed
            if is_known and isinstance(given, str) and given not in UNSAID:
                return given
        return ""

    def with_answer(self, question_id: str, answer: Answer) -> "Progress":
        """The same draft as it would be with this answer, or with the question skipped if the answer is None."""
        return replace(self, values={**self.values, question_id: answer}, seen=self.seen | {question_id})

    def onward(self) -> str:
        """Where "Continue" leads; return words are offered once, before the first sensitive question or at the end."""
        to = places.onward(self.definition, self.answers, self.seen)
        return places.WORDS if self._is_offer_due(to) else self._by_way_of_handover(to)

    def back(self, place: str) -> str:
        """Where "Back" leads: never to a closed question, and out of the part done alone only by its first page."""
        before = places.back(self.definition, self.answers, place)
        if self._is_for_alone(place) and not self._is_for_alone(before):
            return places.HANDOVER
        while before in self.locked:
            before = places.back(self.definition, self.answers, before)
        return before

    def last_together(self) -> str:
        """The question before the part done alone, or the page before the questions if none can be shown."""
        asked = [q.id for q in route(self.definition, self.answers) if not q.alone and q.id not in self.locked]
        return asked[-1] if asked else places.ABOUT

    def last_alone(self) -> str:
        """The last question of the part done alone that can still be changed, or the page before the part."""
        asked = [q.id for q in route(self.definition, self.answers) if q.alone and q.id not in self.closed]
        return asked[-1] if asked else places.HANDOVER

    def _by_way_of_handover(self, to: str) -> str:
        if self.is_alone:
            return to if self._is_for_alone(to) else places.FINISHED
        is_ahead = self._is_for_alone(to) and self.draft.alone_part != AlonePart.TOGETHER
        return places.HANDOVER if is_ahead else to

    def _is_for_alone(self, place: str) -> bool:
        return self.is_helped and not places.is_around(place) and self.definition.question(place).alone

    def _is_offer_due(self, to: str) -> bool:
        if self.draft.words_offered or self.is_alone or to == places.DECLINED:
            return False
        return to == places.CHECK or self.definition.question(to).sensitivity is not Sensitivity.NONE

    def is_open(self, place: str) -> bool:
        """Whether this question may be shown now: never a closed one, and a first one of those only when alone."""
        if place in self.locked or not places.is_open(self.definition, self.answers, self.seen, place):
            return False
        return place in self.seen or self._by_way_of_handover(place) == place

    def place(self) -> str:
        """The place to show: where the draft says the person is, or where they can be if that has closed."""
        position = self.draft.position
        return position if places.is_around(position) or self.is_open(position) else self.onward()


def version_of(version_id: uuid.UUID) -> SurveyVersion:
    """The version with who asks and until when, as it was a few seconds ago at most."""
    versions = SurveyVersion.objects.select_related("survey__consultation__organisation")
    # Deferred, because what a version asks is read once per process.
    deferred = versions.defer("definition", "survey__questions")
    return remembered(("version", version_id), lambda: deferred.get(pk=version_id))


def definition_of(version: SurveyVersion, language: str = ENGLISH) -> Definition:
    """What this version asks, in a language it has. A published version never changes: each process reads it once."""
    if (version.pk, language) not in _definitions:
        _definitions[version.pk, language] = _read(version, language)
    return _definitions[version.pk, language]


_definitions: dict[tuple[uuid.UUID, str], Definition] = {}


def _read(version: SurveyVersion, language: str) -> Definition:
    if language == ENGLISH:
        return from_json(version.definition)
    definition = definition_of(version)
    with translation.override(language):
        return texts.said_in(definition, definition.translations[language], translation.gettext)


def is_easy(draft: Draft) -> bool:
    """Whether this draft's pages are in Easy Read. Other formats are in English only."""
    return draft.mode == Mode.EASY and draft.language == ENGLISH


def presented(draft: Draft) -> Definition:
    """What the draft asks in its language and mode, made once per process: it is read at every request.

    Other formats are in English only, so no other language is shown in one.
    """
    mode = draft.mode if draft.language == ENGLISH else Mode.STANDARD
    key = (draft.version_id, draft.language, mode)
    if key not in _in_modes:
        _in_modes[key] = formats.presented(definition_of(draft.version, draft.language), mode)
    return _in_modes[key]


_in_modes: dict[tuple[uuid.UUID, str, str], Definition] = {}
