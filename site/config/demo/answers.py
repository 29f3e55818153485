"""Closed answers for demonstration contributions: drawn by seed, always on the route, leaning the way the words do."""

from collections.abc import Mapping
from random import Random
from typing import Any

from surveys.definition import TEXT_KINDS, Definition, Kind, Part, Question
from surveys.routes import Answer, on_route, route

SKIPPED = 0.12  # the share of questions a fictional respondent leaves out
# How likely each step of a five-point scale is, best to worst, by the tone of the words.
TONES = {"good": (40, 35, 12, 8, 5), "mixed": (12, 25, 26, 22, 15), "bad": (4, 10, 16, 30, 40)}
COLUMNS = ("tone", "well", "change")
AGREED = {"statistics": 0.96, "paraphrase": 0.8, "quote": 0.7, "future": 0.5}
AREAS = {
    "birmingham": 40,
    "coventry": 14,
    "dudley": 10,
    "sandwell": 12,
    "solihull": 6,
    "walsall": 9,
    "wolverhampton": 9,
}
FIVE_POINT = frozenset({Kind.AGREE5, Kind.SATISFACTION5})


def draw(definition: Definition, given: Mapping[str, Answer], *, tone: str, random: Random) -> dict[str, Answer]:
    """Answers to every closed question on the route; `given` ones are kept, texts are left out."""
    answers: dict[str, Answer] = {}
    while True:
        waiting = [q for q in route(definition, answers) if q.id not in answers]
        if not waiting:
            return on_route(definition, answers)
        question = waiting[0]
        answers[question.id] = given.get(
            question.id, None if question.kind in TEXT_KINDS else pick(question, tone, random)
        )


def pick(question: Question, tone: str, random: Random) -> Answer:
    """One answer to one question, or None for a skip."""
    if question.part is Part.TAKE_PART:
        return "yes"
    if not question.options or random.random() < SKIPPED:
        return None
    values = [option.value for option in question.options]
    if question.kind in FIVE_POINT:
        return random.choices(values, weights=[*TONES[tone], *[2] * (len(values) - 5)])[0]
    if question.kind is Kind.MULTIPLE:
        several = [option.value for option in question.options if not option.is_exclusive]
        return random.sample(several, k=random.randint(1, min(3, len(several))))
    if question.kind is Kind.RANKING:
        return random.sample(values, k=random.randint(1, len(values)))
    return random.choice(values)


def entries(file: Mapping[str, Any], random: Random) -> list[dict[str, Any]]:
    """The demonstration file as one mapping for each contribution, with what it leaves open drawn by seed."""
    written = [
        {"crime": crime, **(item if isinstance(item, dict) else dict(zip(COLUMNS, item, strict=True)))}
        for crime, items in file["contributions"].items()
        for item in items
    ]
    silent = [{"crime": random.choice(written)["crime"], "tone": "mixed"} for _ in range(file["without_words"])]
    return [{**drawn(random), **entry} for entry in [*written, *silent]]


def drawn(random: Random) -> dict[str, Any]:
    """Who answered, from which area, in which quarter and for which uses, where the file does not say."""
    uses = [use for use, share in AGREED.items() if random.random() < share]
    return {
        "who": random.choices(["me", "me-with-help", "for-someone"], weights=[80, 12, 8])[0],
        "area": random.choices(list(AREAS), weights=list(AREAS.values()))[0],
        "quarter": random.choice([1, 2]),
        "uses": uses,
        "told": random.choices(["yes", "another-organisation"], weights=[92, 8])[0],
    }


def stated(entry: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers an entry holds itself: who, how it may be used, crime and area."""
    return {
        "VE-01": "yes",
        "VE-01a": list(entry["uses"]),
        "VE-02": entry["who"],
        "VE-02a": "yes",
        "VE-03": entry["told"],
        "VE-03a": entry["crime"],
        "VE-03b": entry["area"],
    }
