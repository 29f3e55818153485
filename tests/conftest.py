"""What every test shares: where the reference material lies, and no way out to the network."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import outbound

outbound.build()
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
IS_THOROUGH = os.environ.get("HEARD_REQUIRE_ALL") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long tests to continuous integration, saying so."""
    if IS_THOROUGH:
        return
    skip = pytest.mark.skip(reason="thorough: set HEARD_REQUIRE_ALL=1 to run it")
    for item in items:
        if "thorough" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """The languages, compiled as set-up does it."""
    from django.conf import settings

    from surveys.catalogues import compile_all

    compile_all(settings.LOCALE_PATHS[0])


@pytest.fixture
def shared() -> Path:
    """The reference material beside the checkout; the test is skipped, saying so, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the reference material is not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def no_outbound_network() -> Iterator[None]:
    """Any call that would leave this machine fails the test that made it, also where the code caught the refusal."""
    outbound.tried.clear()
    yield
    assert outbound.tried == []


@pytest.fixture(scope="session")
def models(tmp_path_factory) -> Path:
    """A folder in which everything was learned from the project's examples, once for all tests."""
    from tools import train_languages, train_triage

    folder = tmp_path_factory.mktemp("models")
    train_triage.main(folder)
    train_languages.main(folder)
    return folder


@pytest.fixture(scope="session")
def likeness(models):
    """What triage learned, as the site reads it."""
    from feedback import resemblance

    return resemblance.read((models / resemblance.FILE_NAME).read_bytes())


@pytest.fixture(scope="session")
def roman(models):
    """What was learned of Urdu and Panjabi in Roman letters, as the site reads it."""
    from feedback import roman

    return roman.read((models / roman.FILE_NAME).read_bytes())


@pytest.fixture
def keys(db, settings, tmp_path):
    """This month's period with a real key pair, in a keys folder of its own."""
    from feedback import keys

    settings.HEARD_KEYS_DIR = tmp_path / "keys"
    return keys.prepare_periods()[0]
