import io

import pytest
from django.core.management import CommandError, call_command

from feedback.models import Envelope
from tests.feedback.factories import DecisionFactory, PeriodFactory, SealedTextFactory


def run(*arguments):
    out = io.StringIO()
    call_command("destroy_period", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def past(keys):
    period = PeriodFactory(id="2026-01")
    SealedTextFactory(period=period)
    DecisionFactory(sealed_text__period=period)
    return period


def test_without_the_confirmation_it_only_says_what_would_end(past, settings):
    said = run("2026-01")
    assert "2 sealed texts, 1 of them not reviewed" in said
    assert "Nothing was changed" in said
    assert Envelope.objects.count() == 2
    assert (settings.HEARD_KEYS_DIR / "2026-01.key").exists()


def test_with_it_the_key_and_the_envelopes_are_gone(past, settings):
    assert "Remove it from the key backup too" in run("2026-01", "--for-good")
    past.refresh_from_db()
    assert past.key_destroyed_on is not None
    assert not Envelope.objects.exists()
    assert not (settings.HEARD_KEYS_DIR / "2026-01.key").exists()


def test_a_month_in_use_is_kept(keys):
    SealedTextFactory(period=keys)
    with pytest.raises(CommandError, match="is not over"):
        run(keys.pk, "--for-good")
    assert Envelope.objects.count() == 1


def test_a_month_that_never_was_is_explained(keys):
    with pytest.raises(CommandError, match="There is no period 1999-01"):
        run("1999-01")
