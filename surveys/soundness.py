"""Whether a definition may go live, and what in it deserves a second look: sentences that say what to do."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from surveys import formats
from surveys.definition import (
    CHOICE_KINDS,
    LIST_KINDS,
    OPTION_KINDS,
    SCALES,
    TEXT_KINDS,
    USES,
    VOICES,
    Definition,
    Kind,
    Option,
    Part,
    Question,
)
from surveys.definition import Sensitivity as Care

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
# Long enough for any sentence a person can take in at once.
LONGEST_SENTENCE_IN_WORDS = 25
# More than this nobody can hold in mind and put in order.
MOST_TO_RANK = 7
PARTS_OF_ONE_KIND = {Part.TAKE_PART: Kind.SINGLE, Part.VOICE: Kind.SINGLE, Part.USES: Kind.MULTIPLE}


def faults(definition: Definition) -> list[str]:
    """Every reason this definition cannot go live, each a sentence that says what to do. Empty means sound."""
    found: list[str] = []
    earlier: dict[str, Question] = {}
    for number, question in enumerate(definition.questions, start=1):
        found.extend(f"Question {number}: {fault}" for fault in question_faults(question, earlier))
        earlier[question.id] = question
    return [*found, *_whole_faults(definition), *_unreachable(definition)]


def warnings(definition: Definition) -> list[str]:
    """What may be meant but often is not: none of it stops a survey from going live."""
    found = [
        f"Question {number}: it is longer than {LONGEST_SENTENCE_IN_WORDS} words. Shorter ones are easier to answer."
        for number, question in enumerate(definition.questions, start=1)
        if len(question.label.split()) > LONGEST_SENTENCE_IN_WORDS
    ]
    found += [
        f"Question {number}: more than {MOST_TO_RANK} things are hard to put in order. Offer fewer."
        for number, question in enumerate(definition.questions, start=1)
        if question.kind is Kind.RANKING and len(question.options) > MOST_TO_RANK
    ]
    if not any(question.part is Part.VOICE for question in definition.questions):
        found.append("Nothing asks who is answering, so every answer counts as first-hand.")
    if definition.questions and definition.questions[-1].sensitivity is Care.DISTRESSING:
        found.append("The last question may distress people. Close with a lighter one.")
    return [*found, *formats.warnings(definition)]


def question_faults(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    """What is wrong with one question, given the questions before it by id."""
    yield from reference_faults(question, earlier)
    if not question.label.strip():
        yield "it has no words. Write what you want to ask."
    if question.show_if and not question.show_if.any_of:
        yield f"its rule looks at {question.show_if.question} but for no answer. Say which answers it looks for."
    yield from _option_faults(question)
    yield from _part_faults(question)


def reference_faults(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    """What is wrong with how one question is named and what it refers to; all that matters in a first draft."""
    if not ID.fullmatch(question.id):
        yield "its key may have letters, digits and hyphens only, and at most 40 of them. Change it."
    if question.id in earlier:
        yield f"the key {question.id} is used twice. Give one of them another key."
    yield from _rule_faults(question, earlier)


def _option_faults(question: Question) -> Iterator[str]:
    if question.kind in SCALES and _points(question.options) != _points(SCALES[question.kind]):
        yield "it does not offer the five points of its scale. Choose another kind of question."
    if question.kind not in OPTION_KINDS and question.options:
        yield "people answer it in their own way, so it cannot have options. Take them out."
    if question.kind in OPTION_KINDS and len(question.options) < 2:
        yield "it needs at least two options. Add them."
    if question.kind is not Kind.MULTIPLE and any(option.is_exclusive for option in question.options):
        yield "only a question with several answers can have one that stands on its own. Take that out."
    yield from _value_faults(question)


def _points(options: Sequence[Option]) -> list[tuple[str, str]]:
    return [(option.value, option.label) for option in options]


def _value_faults(question: Question) -> Iterator[str]:
    if any(not option.value or not option.label.strip() for option in question.options):
        yield "one of its options is empty. Fill it in or take it out."
    if any(option.value and not ID.fullmatch(option.value) for option in question.options):
        yield "an option’s value may have letters, digits and hyphens only, and at most 40 of them. Change it."
    for value, times in Counter(option.value for option in question.options).items():
        if times > 1 and value:
            yield f"the value “{value}” is used by two of its options. Give one of them another value."


def _part_faults(question: Question) -> Iterator[str]:
    wanted = PARTS_OF_ONE_KIND.get(question.part)
    values = {option.value for option in question.options}
    if wanted and question.kind is not wanted:
        yield f"a question of this use must be a {wanted} choice. Change its kind."
    if question.part is Part.TAKE_PART and "yes" not in values:
        yield "it asks whether someone agrees to take part, so one option must have the value “yes”. Add it."
    if question.part is Part.USES:
        for value in sorted(values - set(USES)):
            yield f"“{value}” is not a use of answers that this site knows. Take it out."
    yield from _report_faults(question)


def _report_faults(question: Question) -> Iterator[str]:
    is_about_voice = question.part is Part.VOICE
    yield from _helping_faults(question)
    if is_about_voice and any(option.voice not in VOICES for option in question.options):
        yield "each option must say whose experience it stands for. Choose one for each."
    if not is_about_voice and any(option.voice for option in question.options):
        yield "only the question about who is answering can say whose experience it is. Take that out."
    if question.breakdown and (question.part or question.kind not in LIST_KINDS):
        yield "a report can only be split by a question with one answer from a list. Take out the breakdown."
    if question.valence and question.kind not in TEXT_KINDS:
        yield "only a text question can say whether it asks for praise or problems. Take that out."
    if question.purpose and question.kind is not Kind.MONTH_YEAR:
        yield "only a question for a month and year can say why the month is kept. Take that out."


def _helping_faults(question: Question) -> Iterator[str]:
    if question.alone and question.part in {Part.TAKE_PART, Part.VOICE}:
        yield "it decides how the survey goes on, so nobody can answer it alone at the end. Take that out."
    if any(o.helped and (question.part is not Part.VOICE or o.voice != "first-hand") for o in question.options):
        yield "“with help” is for people who tell their own experience. Take it out of the other options."


def _rule_faults(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    rule = question.show_if
    if rule is None:
        return
    steering = earlier.get(rule.question)
    if steering is None:
        yield f"its rule looks at {rule.question}, which does not come before it. Choose an earlier question."
        return
    if steering.kind not in CHOICE_KINDS:
        yield f"its rule looks at {rule.question}, which has no fixed answers. Choose a choice question."
        return
    if steering.alone and not question.alone:
        yield f"its rule looks at {rule.question}, which people answer alone, and last. Let this be answered alone too."
    known = {option.value for option in steering.options}
    for value in rule.any_of:
        if value not in known:
            yield f"its rule looks for “{value}”, which {rule.question} does not offer. Correct it."


def _whole_faults(definition: Definition) -> Iterator[str]:
    first = definition.questions[0] if definition.questions else None
    if first is None or first.part is not Part.TAKE_PART:
        yield "The first question must ask whether the person agrees to take part. Add it, or move it to the top."
    parts = Counter(question.part for question in definition.questions)
    if parts[Part.USES] == 0:
        yield "Nothing asks how the answers may be used, so nobody may use them. Add that question."
    for part, name in ((Part.USES, "how the answers may be used"), (Part.VOICE, "who is answering")):
        if parts[part] > 1:
            yield f"Two questions ask {name}. Keep one."
        if any(question.part is part and question.show_if for question in definition.questions):
            yield f"The question about {name} must be asked of everyone. Take out its rule."
    for name, times in Counter(question.breakdown for question in definition.questions).items():
        if name and times > 1:
            yield f"Two questions split the report by {name}. Keep one."


def _unreachable(definition: Definition) -> Iterator[str]:
    """Questions whose rule waits for an answer that ends the survey, or for a question nobody is asked."""
    reached: dict[str, Question] = {}
    for number, question in enumerate(definition.questions, start=1):
        steering = reached.get(question.show_if.question) if question.show_if else None
        ends = steering is not None and steering.part is Part.TAKE_PART
        if question.show_if is None or (steering and (not ends or "yes" in question.show_if.any_of)):
            reached[question.id] = question
        elif question.show_if.question in {q.id for q in definition.questions[: number - 1]}:
            yield f"Question {number}: nobody can ever be asked it. Change its rule."
