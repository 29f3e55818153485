"""What tests of analysis share."""

import pytest

from tests.analysis.small_models import small_models


@pytest.fixture(scope="session")
def models():
    return small_models()
