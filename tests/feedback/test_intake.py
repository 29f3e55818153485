import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import intake, release, triage, vault
from feedback import keys as key_pairs
from feedback.intake import FreeText, InvalidSubmission, Submission, receive
from feedback.models import Batch, Channel, Contribution, Envelope, Period, SealedText, Use, Voice
from tests.feedback.factories import ConsultationFactory

WORDS = "The fictional heron said nobody rang."


@pytest.fixture
def consultation(keys):
    return ConsultationFactory()


def submission(consultation, *words, **changes):
    texts = [FreeText(f"question-{number}", text) for number, text in enumerate(words)]
    facts = {"channel": Channel.ONLINE, "voice": Voice.FIRST_HAND, "texts": texts, **changes}
    return Submission(consultation=consultation, **facts)


def test_words_are_sealed_and_open_again_as_they_were_written(consultation):
    contribution = receive(submission(consultation, WORDS, "More words."))
    texts = contribution.sealed_texts.order_by("question_id")
    assert [text.question_id for text in texts] == ["question-0", "question-1"]
    assert [release.unseal(text) for text in texts] == [WORDS, "More words."]


def test_the_facts_are_kept_and_a_day_is_as_fine_as_time_gets(consultation):
    contribution = receive(
        submission(
            consultation,
            "Heron.",
            voice=Voice.PROXY,
            people=3,
            language="pa-Guru",
            channel=Channel.PAPER,
            received_on=datetime.date(2026, 3, 2),
            consents=frozenset({Use.STATISTICS, Use.QUOTE}),
        )
    )
    contribution.refresh_from_db()
    assert (contribution.voice, contribution.people, contribution.language) == ("proxy", 3, "pa-Guru")
    assert contribution.received_on == datetime.date(2026, 3, 2)
    assert (contribution.may_statistics, contribution.may_quote) == (True, True)
    assert (contribution.may_paraphrase, contribution.may_future) == (False, False)
    columns = [field.get_internal_type() for field in Contribution._meta.fields]
    assert "DateTimeField" not in columns


def test_no_tick_is_no(consultation):
    contribution = receive(submission(consultation, WORDS))
    assert not any(getattr(contribution, f"may_{use.value}") for use in Use)


def test_received_today_unless_said_otherwise(consultation):
    assert receive(submission(consultation, WORDS)).received_on == timezone.localdate()


def test_late_paper_is_sealed_with_the_key_of_the_day_it_is_keyed_in(consultation, keys):
    contribution = receive(submission(consultation, WORDS, received_on=datetime.date(2025, 1, 5)))
    assert contribution.sealed_texts.get().period == keys


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u200b\ufeff", "\0"])
def test_blank_texts_leave_nothing_behind(consultation, blank):
    contribution = receive(submission(consultation, blank, WORDS))
    assert [text.question_id for text in contribution.sealed_texts.all()] == ["question-1"]


def test_a_contribution_may_hold_no_words_at_all(consultation):
    Period.objects.all().delete()
    assert receive(submission(consultation)).sealed_texts.count() == 0


def test_words_are_normalised_before_they_are_judged_and_sealed(consultation, monkeypatch):
    judged = []
    monkeypatch.setattr(triage, "assess", lambda texts, likeness: judged.extend(texts) or triage.Assessment(0, ()))
    contribution = receive(submission(consultation, " Jo\u200bhn cafe\u0301\r\nleft \0"))
    assert judged == ["John café\nleft"]
    assert release.unseal(contribution.sealed_texts.get()) == "John café\nleft"


def test_danger_is_seen_before_sealing_and_only_its_name_is_kept(consultation):
    contribution = receive(submission(consultation, "All fine.", "He says he will kill me tonight."))
    assert contribution.urgency == 2
    assert contribution.flags
    assert all(" " not in flag for flag in contribution.flags)
    assert receive(submission(consultation, "The officer was kind.")).urgency == 0


def test_a_fault_in_triage_turns_nobody_away_and_quotes_nobody(consultation, monkeypatch, caplog):
    def broken(texts, likeness):
        raise ValueError(f"cannot digest {texts}")

    monkeypatch.setattr(triage, "assess", broken)
    contribution = receive(submission(consultation, WORDS))
    assert (contribution.urgency, contribution.flags) == (1, [intake.NOT_JUDGED])
    assert "ValueError" in caplog.text
    assert "heron" not in caplog.text


def test_only_the_public_key_is_needed(consultation, settings):
    for path in settings.HEARD_KEYS_DIR.iterdir():
        path.unlink()
    assert receive(submission(consultation, WORDS)).sealed_texts.count() == 1


def test_without_a_key_nothing_is_stored_and_the_error_says_what_to_do(consultation):
    Period.objects.all().delete()
    with pytest.raises(key_pairs.NoOpenPeriod, match="Start the worker"):
        receive(submission(consultation, WORDS))
    assert not Contribution.objects.exists()


def test_a_text_too_long_stores_nothing(consultation):
    with pytest.raises(vault.TextTooLong):
        receive(submission(consultation, WORDS, "x" * (vault.LONGEST_TEXT + 1)))
    assert not Contribution.objects.exists()
    assert not SealedText.objects.exists()


def test_the_callers_transaction_takes_the_contribution_with_it(consultation):
    with transaction.atomic():
        receive(submission(consultation, WORDS))
        transaction.set_rollback(True)
    assert not Contribution.objects.exists()
    assert not Envelope.objects.exists()


def test_a_failure_while_sealing_leaves_no_half(consultation, monkeypatch):
    sealed = []

    def fails_at_the_second(text, **options):
        if sealed:
            raise vault.VaultError("stopped")
        sealed.append(text)
        return vault.Sealed(b"ciphertext", b"key")

    monkeypatch.setattr(vault, "seal", fails_at_the_second)
    with pytest.raises(vault.VaultError):
        receive(submission(consultation, WORDS, WORDS))
    assert not Contribution.objects.exists()


def test_a_batch_is_remembered(consultation):
    batch = Batch.objects.create(label="Fictional file", sha256="0" * 64)
    assert receive(submission(consultation, WORDS, batch=batch)).batch == batch


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"voice": "somebody"}, "Voice"),
        ({"channel": "pigeon"}, "Channel"),
        ({"people": 0}, "People"),
        ({"people": -1}, "People"),
        ({"voice": Voice.PROXY, "people": 501}, "People"),
        ({"people": 2}, "one person's"),
        ({"voice": Voice.GROUP, "people": 1}, "two people"),
        ({"consents": frozenset({"marketing"})}, "Consents"),
        ({"language": "English"}, "Language"),
        ({"language": ""}, "Language"),
        ({"language": "en-a-very-long-tag"}, "Language"),
        ({"received_on": datetime.date(2999, 1, 1)}, "future"),
        ({"texts": [FreeText("q", "one"), FreeText("q", "two")]}, "one text"),
        ({"texts": [FreeText("a question?", WORDS)]}, "question id"),
        ({"texts": [FreeText("x" * 65, WORDS)]}, "question id"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_submission_that_contradicts_itself_is_refused_without_a_word(consultation, changes, message):
    with pytest.raises(InvalidSubmission, match=message) as raised:
        receive(submission(consultation, WORDS, **changes))
    assert "heron" not in repr(raised.value)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("voice", "people"), [(Voice.FIRST_HAND, 1), (Voice.PROXY, 1), (Voice.PROXY, 500), (Voice.GROUP, 2)]
)
def test_voices_with_as_many_people_as_they_may_have(consultation, voice, people):
    assert receive(submission(consultation, WORDS, voice=voice, people=people)).people == people


@pytest.mark.parametrize("language", ["en", "en-GB", "ur", "pa-Guru", "cy", "zh-Hant-TW"])
def test_language_tags(consultation, language):
    assert receive(submission(consultation, "Heron.", language=language)).language == language


def test_representations_hold_no_words(consultation):
    whole = submission(consultation, WORDS)
    assert "heron" not in repr(whole)
    assert "heron" not in repr(whole.texts[0])


@given(st.text(alphabet=st.characters(), max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_anyone_can_type_breaks_the_way_in(consultation, text):
    contribution = receive(submission(consultation, text))
    stored = contribution.sealed_texts.first()
    assert (stored is None) == (not intake.normalise(text))
    if stored is not None:
        assert release.unseal(stored) == intake.normalise(text)
