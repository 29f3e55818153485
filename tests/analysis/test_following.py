"""The second choice: after a warning, the themes that were noted and the reports that counted it; never a word."""

import pytest

from accounts.models import Role
from analysis.codebook import load
from analysis.report.tabulating import LeftOut
from feedback.consenting import change_uses
from feedback.models import Contribution, SealedText, Use
from surveys.journey import places
from surveys.returning.following import Became, became
from surveys.returning.reasons import REASONS, why
from tests.accounts.factories import UserFactory
from tests.analysis.factories import ReadingFactory, contributions, release
from tests.feedback.factories import ConsultationFactory
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import EVERY_KIND, WHOLE_WAY, Walker
from tests.surveys.returning.factories import ask, come_back, take_words

pytestmark = pytest.mark.django_db
THEME = "communication"
PROBLEM = {THEME: "problem"}


@pytest.fixture
def name():
    return load().theme(THEME).name


@pytest.fixture
def sent(keys):
    walker = Walker()
    walker.begin(SurveyVersionFactory(definition=EVERY_KIND).survey.code)
    words = take_words(walker)
    walker.go_to(places.CHECK, answers=WHOLE_WAY)
    walker.press("send")
    ReadingFactory(sealed_text=SealedText.objects.get(question_id="K-11"), themes=PROBLEM)
    return words


def test_no_topic_is_shown_before_the_warning(sent, name):
    page = come_back(sent)
    for step in ("uses", "receipt", "follow"):
        assert name not in page.text
        ask(page, step)
    assert page.heading == "The next page shows what your words were about"
    assert name not in page.text


def test_after_it_the_topic_is_named_and_by_whom_and_no_word_is_shown(sent, name):
    page = ask(ask(come_back(sent), "follow"), "became")
    assert name in page.text
    assert "not yet checked by a person" in page.text
    assert "No report has counted it yet" in page.text
    for words in ("Ring people back", "Slow but kind"):
        assert words not in page.text
    assert ask(page, "receipt").heading == "We have your answers"


def test_who_refuses_counting_is_told_that_nothing_is_noted(sent, name):
    change_uses(Contribution.objects.get().pk, {Use.QUOTE})
    page = ask(ask(come_back(sent), "follow"), "became")
    assert name not in page.text
    assert "because you said we may not count it" in page.text


def test_the_reports_that_counted_it_and_the_one_that_did_not():
    consultation, publisher = ConsultationFactory(), UserFactory(roles=[Role.PUBLISHER])
    one, *_ = contributions(consultation, 20, themes=PROBLEM, reviewed=True)
    (refused,) = contributions(consultation, 1, may_statistics=False)
    release(consultation, publisher, title="The first")
    release(consultation, publisher, title="The same again")
    (late,) = contributions(consultation, 1, themes=PROBLEM)
    told = became(one.pk)
    assert [(report.title, report.left_out) for report in told.reports] == [("The first", ""), ("The same again", "")]
    assert [theme.is_reviewed for theme in told.themes] == [True]
    assert {report.left_out for report in became(refused.pk).reports} == {"you said we may not count it"}
    assert became(late.pk).reports == ()


def test_a_report_that_counted_it_still_says_so_after_counting_is_refused():
    consultation, publisher = ConsultationFactory(), UserFactory(roles=[Role.PUBLISHER])
    one, *_ = contributions(consultation, 20, themes=PROBLEM)
    release(consultation, publisher)
    change_uses(one.pk, set())
    told = became(one.pk)
    assert (told.themes, [report.left_out for report in told.reports]) == ((), [""])


def test_every_reason_a_report_keeps_has_plain_words():
    assert set(REASONS) == {reason.name.lower() for reason in LeftOut}
    assert why("") == ""


def test_of_what_nobody_knows_anything_nothing_is_told(monkeypatch):
    from surveys.returning import following

    monkeypatch.setattr(following, "_tellers", [])
    assert became(None) == Became()
