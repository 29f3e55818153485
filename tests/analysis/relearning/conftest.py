"""Models of set-up, learned once for all tests here, and an office that uses them."""

import shutil

import pytest

from analysis.codebook import load
from tests.analysis.relearning import factories
from tools import train_tagger


@pytest.fixture(scope="session")
def learned_at_set_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    made = factories.models()
    train_tagger.write(made.speaking_for(["communication"]), folder, factories.corpus())
    assert load().sha256 == made.known.sha256
    return folder


@pytest.fixture
def office(db, settings, tmp_path, learned_at_set_up):
    """Its models folder."""
    shutil.copytree(learned_at_set_up, tmp_path / "models")
    settings.HEARD_MODELS_DIR = tmp_path / "models"
    settings.HEARD_AUDIT_SHARE = 0
    return tmp_path / "models"
