"""What is kept of a month, and that the pages say so."""

import pytest

from surveys import bands
from surveys.models import DraftAnswer
from tests.surveys.journey.factories import CONTENT, HEARD_OF, ORDER, WHEN


@pytest.mark.parametrize(
    ("question", "answer", "kept"),
    [
        (WHEN, "2025-01", "2025-H1"),
        (WHEN, "2025-06", "2025-H1"),
        (WHEN, "2025-07", "2025-H2"),
        (WHEN, "2025-12", "2025-H2"),
        (WHEN, "2025", "2025"),
        (WHEN, "2025-H2", "2025-H2"),
        (WHEN, None, None),
        (HEARD_OF, "2025-07", "2025-07"),
        (CONTENT, "satisfied", "satisfied"),
        (ORDER, ["safe"], ["safe"]),
    ],
)
def test_a_month_is_kept_only_where_the_question_says_what_for(question, answer, kept):
    assert bands.kept(question, answer) == kept


def test_the_page_says_beneath_the_question_what_is_kept(walker):
    walker.go_to("K-07")
    assert "We keep only the half-year" in walker.text
    walker.go_to("K-08c")
    assert "We keep only the half-year" not in walker.text
    assert "Why we ask for the month: Waiting times are counted in months." in " ".join(walker.text.split())


def test_the_month_is_shown_again_during_the_sitting_and_check_answers_says_what_is_kept(walker):
    walker.go_to(":check")
    assert "We keep only: January to June 2024" in walker.text
    assert "November 2023" in walker.text
    walker.change("K-07")
    assert 'value="3"' in walker.text
    assert DraftAnswer.objects.get(question_id="K-07").value == "2024-03"


def test_an_order_is_checked_by_its_numbers(walker):
    walker.go_to(":check")
    text = " ".join(walker.text.split())
    assert text.index("1. Feeling safe") < text.index("2. Being kept up to date")
