"""Which part of a date is kept: of a month its half-year, unless the question says what the month itself is for.

A month beside an area and a kind of crime can point at one event; a half-year seldom does, and no report is finer.
"""

import re

from surveys.definition import Kind, Question
from surveys.routes import Answer

BAND = re.compile(r"(19|20)\d\d-H[12]")
FIRST_MONTHS = 6


def keeps_month(question: Question) -> bool:
    """Whether the question says why the month itself is kept."""
    return bool(question.purpose.strip())


def kept(question: Question, answer: Answer) -> Answer:
    """What is stored of an answer: for a month without a purpose only its half-year, all other answers as they are."""
    if question.kind is not Kind.MONTH_YEAR or keeps_month(question) or not isinstance(answer, str):
        return answer
    return half_year(answer)


def half_year(month: str) -> str:
    """The half-year of a month: "2026-H1" for "2026-03". A year alone, or a half-year, stays as it is."""
    year, _, part = month.partition("-")
    if not part or part.startswith("H"):
        return month
    return f"{year}-H{1 if int(part) <= FIRST_MONTHS else 2}"
