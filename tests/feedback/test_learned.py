"""How what was learned reaches triage, and who is told when it does not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks

from feedback import intake, learned
from feedback.intake import FreeText, Submission, receive
from feedback.models import Channel, Voice
from tests.feedback.factories import ConsultationFactory

ROOT = Path(__file__).resolve().parents[2]
# Nothing in it is a telling phrase.
LIKENED = "He sits in my chair all evening with the lights out and will not say what he wants."


@pytest.fixture
def folder(settings, tmp_path):
    """An empty folder of models, and nothing remembered of another."""
    settings.HEARD_MODELS_DIR = tmp_path / "models"
    settings.HEARD_MODELS_DIR.mkdir()
    learned._remembered.cache_clear()
    yield settings.HEARD_MODELS_DIR
    learned._remembered.cache_clear()


@pytest.fixture
def whole(folder, models):
    """A folder in which all was learned."""
    shutil.copytree(models, folder, dirs_exist_ok=True)
    return folder


def received(text):
    texts = [FreeText("what-happened", text)]
    return receive(
        Submission(consultation=ConsultationFactory(), channel=Channel.ONLINE, voice=Voice.FIRST_HAND, texts=texts)
    )


def warnings():
    return [warning.id for warning in checks.run_checks() if warning.id.startswith("feedback.")]


def test_what_was_learned_is_read_from_the_folder_of_models(whole, likeness):
    assert learned.likeness() == likeness


def test_it_is_read_once_while_it_does_not_change(whole):
    assert learned.likeness() is learned.likeness()


def test_what_is_learned_while_the_site_runs_is_taken_up(folder, models, likeness):
    assert learned.likeness() is None
    shutil.copy(models / "triage.json", folder)
    assert learned.likeness() == likeness
    (folder / "triage.json").unlink()
    assert learned.likeness() is None


def test_a_damaged_file_counts_as_missing(whole):
    (whole / "triage.json").write_bytes(b"\x80\x04]\x94.")
    assert learned.likeness() is None


def test_a_folder_in_its_place_counts_as_missing(folder):
    (folder / "triage.json").mkdir()
    assert learned.likeness() is None


def test_that_it_is_missing_is_logged_once_in_one_line(folder, caplog):
    for _ in range(3):
        learned.likeness()
    assert [record.getMessage() for record in caplog.records] == [
        "triage goes by phrases alone: triage.json is missing or damaged; run manage.py prepare"
    ]


def test_where_it_is_whole_nothing_is_logged_and_no_check_complains(whole, caplog):
    learned.likeness()
    assert caplog.text == ""
    assert warnings() == []


@pytest.mark.parametrize("damaged", [False, True])
def test_the_system_check_says_what_to_run(folder, damaged):
    if damaged:
        (folder / "triage.json").write_text("{")
    warning = next(found for found in checks.run_checks() if found.id == "feedback.W001")
    assert warning.level == checks.WARNING
    assert "manage.py prepare" in warning.hint


def test_languages_in_roman_letters_are_read_from_there_too(whole, roman):
    assert learned.roman_letters() == roman
    (whole / "languages.json").unlink()
    assert learned.roman_letters() is None
    assert [found.id for found in checks.run_checks() if found.id.startswith("feedback.")] == ["feedback.W002"]


def test_a_contribution_told_sideways_is_marked(whole, keys):
    contribution = received(LIKENED)
    assert (contribution.urgency, contribution.flags) == (1, ["sounds-urgent"])


def test_without_it_a_contribution_is_received_and_phrases_are_heard(folder, keys):
    assert received(LIKENED).urgency == 0
    contribution = received("He says he will kill me tonight.")
    assert contribution.urgency == 2
    assert intake.NOT_JUDGED not in contribution.flags


def test_what_says_that_it_is_missing_quotes_nobody(folder, keys, caplog):
    received("The fictional heron waited.")
    assert "phrases alone" in caplog.text
    assert "heron" not in caplog.text


def test_reading_it_loads_no_learning_library(models, tmp_path):
    shutil.copytree(models, tmp_path / "models")
    code = (
        "import sys, django; django.setup(); from feedback import learned; assert learned.likeness() and learned.roman_letters();"
        "print([name for name in ('sklearn', 'numpy', 'scipy', 'pandas') if name in sys.modules])"
    )
    environment = {
        **os.environ,
        "HEARD_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
