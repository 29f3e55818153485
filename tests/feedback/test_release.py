import datetime

import pytest

from feedback import keys as key_pairs
from feedback import redaction, release
from feedback.models import Envelope, SealedText, Use
from feedback.release import LeftOut
from tests.feedback.factories import PassageFactory, PeriodFactory, SealedTextFactory

LATER = datetime.date(2099, 1, 1)


def sweep(use=Use.STATISTICS):
    return release.unreviewed(SealedText.objects.all(), use=use)


def test_each_text_comes_redacted_with_the_facts_of_its_contribution(keys):
    sealed = SealedTextFactory(text="Write to heron@example.org about it.", contribution__group=True)
    (item,) = list(sweep())
    assert item.sealed_text_id == sealed.pk
    assert item.contribution_id == sealed.contribution_id
    assert (item.question_id, item.voice, item.people, item.language) == ("what-happened", "group", 6, "en")
    assert "heron@example.org" not in item.text
    assert item.text.startswith("Write to [")
    assert "Write" not in repr(item)


@pytest.mark.parametrize("use", Use)
def test_no_text_is_opened_for_a_use_its_contributor_did_not_agree_to(keys, monkeypatch, use):
    agreed = {f"contribution__may_{other.value}": other != use for other in Use}
    SealedTextFactory(**agreed)
    monkeypatch.setattr(release, "unseal", lambda text: pytest.fail("it was opened"))
    going = sweep(use)
    assert list(going) == []
    assert going.left_out == {LeftOut.NO_CONSENT: 1}


@pytest.mark.parametrize("use", Use)
def test_agreeing_to_one_use_opens_it_for_that_use(keys, use):
    SealedTextFactory(contribution__refused=True, **{f"contribution__may_{use.value}": True})
    assert len(list(sweep(use))) == 1


@pytest.mark.parametrize(("language", "is_read"), [("en", True), ("en-GB", True), ("pa", False), ("cy", False)])
def test_other_languages_are_left_to_people(keys, monkeypatch, language, is_read):
    SealedTextFactory(contribution__language=language)
    going = sweep()
    assert len(list(going)) == is_read
    assert going.left_out[LeftOut.NOT_ENGLISH] == (not is_read)


def test_nothing_vanishes(keys, settings):
    past = PeriodFactory(id="2026-01")
    destroyed = [SealedTextFactory(period=past) for _ in range(2)]
    lost = PeriodFactory(id="2026-03")
    SealedTextFactory(period=lost)
    (settings.HEARD_KEYS_DIR / "2026-03.key").unlink()
    damaged = SealedTextFactory()
    SealedText.objects.filter(pk=damaged.pk).update(ciphertext=b"\x01" + b"x" * 4000)
    Envelope.objects.filter(sealed_text=SealedTextFactory()).delete()
    SealedTextFactory(contribution__refused=True)
    SealedTextFactory(contribution__language="ur")
    good = SealedTextFactory()
    key_pairs.destroy(past, on=LATER)
    going = sweep()
    assert [item.sealed_text_id for item in going] == [good.pk]
    assert going.left_out == {
        LeftOut.KEY_DESTROYED: len(destroyed),
        LeftOut.KEY_MISSING: 1,
        LeftOut.DAMAGED: 1,
        LeftOut.WITHDRAWN: 1,
        LeftOut.NO_CONSENT: 1,
        LeftOut.NOT_ENGLISH: 1,
    }
    assert going.left_out.total() + 1 == SealedText.objects.count()


def test_texts_swapped_between_rows_are_damaged_not_misread(keys):
    one, other = SealedTextFactory(text="one"), SealedTextFactory(text="other")
    SealedText.objects.filter(pk=one.pk).update(ciphertext=bytes(other.ciphertext))
    Envelope.objects.filter(pk=one.pk).update(wrapped_key=bytes(other.envelope.wrapped_key))
    going = sweep()
    assert [item.sealed_text_id for item in going] == [other.pk]
    assert going.left_out == {LeftOut.DAMAGED: 1}


def test_a_withdrawal_during_a_sweep_is_heeded(keys):
    SealedTextFactory.create_batch(3)
    going = sweep()
    assert len(list(_withdrawing_after_the_first(going))) == 1
    assert going.left_out == {LeftOut.WITHDRAWN: 2}


def _withdrawing_after_the_first(going):
    for item in going:
        yield item
        SealedText.objects.exclude(pk=item.sealed_text_id).delete()


def test_consent_withdrawn_during_a_sweep_is_heeded(keys):
    first, second = SealedTextFactory(), SealedTextFactory()
    seen = []
    going = sweep()
    for item in going:
        seen.append(item.sealed_text_id)
        for text in (first, second):
            type(text.contribution).objects.filter(pk=text.contribution_id).update(may_statistics=False)
    assert len(seen) == 1
    assert going.left_out == {LeftOut.NO_CONSENT: 1}


def test_only_the_texts_asked_for_are_opened(keys):
    wanted, _ = SealedTextFactory(), SealedTextFactory()
    going = release.unreviewed(SealedText.objects.filter(pk=wanted.pk), use=Use.STATISTICS)
    assert [item.sealed_text_id for item in going] == [wanted.pk]
    assert going.left_out.total() == 0


def test_a_text_redaction_cannot_digest_is_left_to_people_and_quoted_nowhere(keys, monkeypatch, caplog):
    SealedTextFactory(text="heron words")

    def broken(text):
        raise ValueError(text)

    monkeypatch.setattr(redaction, "redact", broken)
    going = sweep()
    assert list(going) == []
    assert going.left_out == {LeftOut.NOT_REDACTED: 1}
    assert "heron" not in caplog.text


def test_a_refusal_to_unseal_carries_no_other_error_along(keys):
    damaged = SealedTextFactory()
    damaged.ciphertext = b"\x01short"
    with pytest.raises(release.NotReleased) as raised:
        release.unseal(damaged)
    assert raised.value.why == LeftOut.DAMAGED
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("use", Use)
def test_passages_are_those_whose_contributors_agreed(keys, use):
    agreed = PassageFactory(quotable=True)
    PassageFactory(
        **{f"decision__sealed_text__contribution__may_{other.value}": other != use for other in Use},
    )
    assert list(release.passages(use)) == [agreed]
