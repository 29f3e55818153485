"""Property tests here look for a counter-example, never for speed: a busy machine must not fail them."""

import importlib

import pytest
from django.apps import apps
from hypothesis import settings

settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.load_profile("unhurried")

MIGRATION = "surveys.migrations.0002_lists_and_equality_bank"


@pytest.fixture
def filled_lists(db):
    """The lists as the migration fills them; tests make their tables without migrations."""
    importlib.import_module(MIGRATION).fill_lists(apps, None)
