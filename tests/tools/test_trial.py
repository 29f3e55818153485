"""The visitor whose way is measured and attacked does what a person's browser does."""

import pytest

from accounts.models import Role
from config.demo.people import make_people
from feedback import keys
from feedback.models import Contribution, SealedText
from surveys.models import Draft
from surveys.returning.words import NUMBER
from tests.feedback.factories import ConsultationFactory
from tools.trial import installation
from tools.trial.set_up import _publish
from tools.trial.visitor import TurnedAway, Visitor, marks_of, wait_for


@pytest.fixture
def port(transactional_db, settings, tmp_path, live_server):
    settings.HEARD_KEYS_DIR = tmp_path / "keys"
    settings.VAR = tmp_path
    keys.prepare_periods()
    people = make_people()
    _publish(ConsultationFactory(duty_holder=people[Role.SAFEGUARDING_LEAD]), people)
    return live_server.thread.port


def test_a_visitor_goes_the_whole_way_with_words(port):
    visitor = Visitor(port, "Nobody rang back, a fictional person says.")
    names = [step.name for step in visitor.walk()]
    assert visitor.is_sent
    assert names[0] == "begin"
    assert names[-1] == "send"
    assert len(visitor.words.split()) == NUMBER
    assert Contribution.objects.count() == SealedText.objects.count() == 1
    assert not Draft.objects.exists()
    stranger = Visitor(port, "x")
    stranger.browser.cookies["sitting"] = "nobody"
    with pytest.raises(TurnedAway, match="this sitting is over"):
        list(stranger.walk())


def test_waiting_for_nobody_ends():
    with pytest.raises(TurnedAway, match="nothing answers"):
        wait_for(1, seconds=0.2)


def test_only_the_fields_of_a_step_go_back():
    page = '<input type="hidden" name="place" value="a&amp;b"><input type="hidden" name="survey" value="trial">'
    assert marks_of(page) == {"place": "a&b"}


def test_an_installation_takes_no_setting_from_this_one(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARD_PART", "staff")
    given = installation.environment(tmp_path, HEARD_SWEEP_SECONDS="2")
    assert "HEARD_PART" not in given
    assert given["HEARD_VAR"] == str(tmp_path)
    assert given["HEARD_SWEEP_SECONDS"] == "2"
