"""What intake makes of the language words are in: the words decide where they are sure, else whoever wrote them."""

import pytest

from feedback import intake, learned, presealed, release
from feedback.intake import NOT_JUDGED, FreeText, Submission, preseal, receive
from feedback.models import Channel, SealedText, Urgency, Use, Voice
from tests.feedback.factories import ConsultationFactory

ENGLISH = "The fictional heron said that nobody ever rang her back."
POLISH = "Fikcyjna czapla mówi, że nikt do niej nie oddzwonił."
ROMAN_URDU = "Police ne us fictional bagle ki baat nahi suni aur kisi ne jawab bhi nahi diya."


@pytest.fixture(autouse=True)
def knows_roman_letters(roman, monkeypatch):
    monkeypatch.setattr(learned, "roman_letters", lambda: roman)


@pytest.fixture
def consultation(keys):
    return ConsultationFactory()


def received(consultation, *words, **changes):
    texts = [FreeText(f"question-{number}", text) for number, text in enumerate(words)]
    facts = {"channel": Channel.ONLINE, "voice": Voice.FIRST_HAND, "texts": texts, **changes}
    contribution = receive(Submission(consultation=consultation, **facts))
    contribution.refresh_from_db()
    return contribution


@pytest.mark.parametrize(
    ("words", "chosen", "kept"),
    [
        ([ENGLISH], "en", "en"),
        ([ROMAN_URDU], "en", "ur-Latn"),
        ([POLISH], "en", "pl"),
        ([ENGLISH, POLISH], "en", "pl"),
        ([ENGLISH], "pl", "en"),
        (["No comment", "yes"], "cy", "cy"),
        (["No comment", "yes"], "en", "en"),
        ([], "ur", "ur"),
    ],
)
def test_the_words_decide_where_they_are_sure(consultation, words, chosen, kept):
    assert received(consultation, *words, language=chosen).language == kept


def test_no_machine_reads_what_is_not_in_english(consultation):
    received(consultation, ROMAN_URDU, consents=frozenset({Use.STATISTICS}))
    received(consultation, ENGLISH, consents=frozenset({Use.STATISTICS}))
    going = release.unreviewed(SealedText.objects.all(), use=Use.STATISTICS)
    assert [text.language for text in going] == ["en"]
    assert going.left_out == {release.LeftOut.NOT_ENGLISH: 1}


def test_a_person_looks_soon_at_what_triage_cannot_understand(consultation):
    contribution = received(consultation, POLISH)
    assert (contribution.urgency, contribution.flags) == (Urgency.SOON, [NOT_JUDGED])
    assert received(consultation, ENGLISH).flags == []
    assert received(consultation, language="pl").flags == []


def test_danger_that_triage_heard_in_a_mixed_text_keeps_its_urgency(consultation):
    contribution = received(consultation, "He says he will kill me tonight.", POLISH)
    assert contribution.urgency == Urgency.NOW
    assert NOT_JUDGED in contribution.flags
    assert len(contribution.flags) > 1


def test_a_text_of_an_earlier_sitting_brings_its_language_along(consultation):
    carried = presealed.from_bytes(presealed.to_bytes(preseal(FreeText("earlier", POLISH), judged=True)))
    assert carried.language == "pl"
    contribution = received(consultation, ENGLISH, presealed=[carried])
    assert (contribution.language, contribution.urgency) == ("pl", Urgency.SOON)


def test_a_text_carried_before_languages_were_told_is_in_the_chosen_one(consultation, monkeypatch):
    carried = preseal(FreeText("earlier", ENGLISH), judged=True)
    names = presealed.asdict(carried)
    names.pop("language")
    monkeypatch.setattr(presealed, "asdict", lambda _text: names)
    assert presealed.from_bytes(presealed.to_bytes(carried)).language == "und"


def test_a_fault_in_telling_turns_nobody_away_and_quotes_nobody(consultation, monkeypatch, caplog):
    def fails(*_):
        raise ValueError(POLISH)

    monkeypatch.setattr(intake.languages, "detect", fails)
    assert received(consultation, POLISH, language="cy").language == "cy"
    assert "the chosen language stands" in caplog.text
    assert "czapla" not in caplog.text


def test_neither_queue_puts_another_language_behind(consultation):
    agreed = {"consents": frozenset({Use.STATISTICS})}
    english, other = (received(consultation, words, **agreed) for words in (ENGLISH, POLISH))
    waiting = [text.contribution for text in SealedText.objects.awaiting_review()]
    assert waiting == [other, english]
