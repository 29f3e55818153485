"""Coming back to a draft: the place and the closed answers are there, earlier words are kept and not shown."""

import datetime

import pytest
from django.utils import timezone

from feedback import vault
from feedback.keys import private_key
from feedback.models import Contribution, SealedText, Urgency
from surveys.journey import drafts, places, sitting
from surveys.models import Answer, Draft, DraftAnswer, DraftWords, KeptText, ReceiptWords
from tests.surveys.journey.factories import WHOLE_WAY, Walker
from tests.surveys.returning.factories import come_back, other_than, take_words

pytestmark = pytest.mark.django_db
EARLIER = "Quillfeather earlier words"
LATER = "Umbrella later words"


@pytest.fixture
def left(walker):
    """Somebody who wrote a text, left, and has only the words."""
    words = take_words(walker)
    walker.go_to("K-10")
    walker.press(answer="Short and early")
    walker.press(answer=EARLIER)
    assert walker.place == places.CHECK
    return words


def opened(keys):
    """Every sealed text as the worker would read it, by question."""
    found = []
    for row in SealedText.objects.select_related("envelope"):
        header = vault.Header(row.period_id, row.pk, row.question_id)
        sealed = vault.Sealed(bytes(row.ciphertext), bytes(row.envelope.wrapped_key))
        found.append((row.question_id, vault.open_sealed(sealed, header=header, private_key=private_key(keys))))
    return sorted(found)


def test_the_place_and_the_closed_answers_are_there(walker):
    words = take_words(walker)
    walker.go_to("K-08")
    back = come_back(words)
    assert back.place == "K-08"
    back.press("back")
    assert 'value="2024"' in back.text


@pytest.mark.parametrize("leaving", ["exit", "closed browser"])
def test_earlier_words_are_kept_and_not_shown(walker, left, leaving):
    if leaving == "exit":
        walker.client.get("/leave")
    back = come_back(left)
    assert back.place == places.CHECK
    assert EARLIER not in back.text
    assert back.text.count("kept, not shown") == 2
    back.change("K-11")
    assert EARLIER not in back.text
    assert "It is kept" in back.text


def test_kept_words_are_received_as_they_were_sealed(left, keys):
    back = come_back(left)
    back.press("send")
    assert opened(keys) == [("K-10", "Short and early"), ("K-11", EARLIER)]
    assert not Draft.objects.exists()
    assert not KeptText.objects.exists()


@pytest.mark.parametrize(
    ("earlier", "typed", "received"),
    [
        ("add", LATER, [EARLIER, LATER]),
        ("", LATER, [EARLIER, LATER]),
        ("add", "", [EARLIER]),
        ("replace", LATER, [LATER]),
        ("replace", "", [EARLIER]),
        ("delete", "", []),
        ("delete", LATER, [LATER]),
    ],
)
def test_earlier_words_are_added_to_replaced_or_deleted(left, keys, earlier, typed, received):
    back = come_back(left)
    back.change("K-11")
    back.press(answer=typed, earlier=earlier)
    assert back.place == places.CHECK
    back.press("send")
    assert [text for question, text in opened(keys) if question == "K-11"] == sorted(received)


def test_words_added_at_every_return_are_all_received(left, keys):
    for number in (1, 2):
        back = come_back(left)
        back.change("K-11")
        back.press(answer=f"Return {number}", earlier="add")
        back.client.get("/leave")
    come_back(left).press("send")
    said = [text for question, text in opened(keys) if question == "K-11"]
    assert said == sorted([EARLIER, "Return 1", "Return 2"])


def test_kept_words_off_the_route_are_dropped(left, keys):
    back = come_back(left)
    DraftAnswer.objects.filter(question_id="K-10").update(question_id="K-99")
    back.press("send")
    assert [question for question, _ in opened(keys)] == ["K-11"]


def test_danger_heard_when_it_was_typed_is_not_lost(walker):
    words = take_words(walker)
    walker.go_to("K-11")
    walker.press(answer="He says he will kill me tonight.")
    come_back(words).press("send")
    contribution = Contribution.objects.get()
    assert contribution.urgency == Urgency.NOW
    assert "not-judged" not in contribution.flags


def test_danger_typed_before_there_were_words_is_not_lost(walker):
    walker.go_to("K-11")
    walker.press(answer="He says he will kill me tonight.")
    walker.press("words")
    words = take_words(walker)
    come_back(words).press("send")
    contribution = Contribution.objects.get()
    assert contribution.urgency == Urgency.NOW
    assert "not-judged" not in contribution.flags


def test_no_flag_of_an_unsent_draft_is_readable(walker):
    take_words(walker)
    walker.go_to("K-11")
    walker.press(answer="He says he will kill me tonight.")
    box = bytes(DraftAnswer.objects.get(question_id="K-11").period_box)
    assert b"flags" not in box
    assert b"threat" not in box


def test_the_earlier_sitting_opens_nothing_after_a_return(walker, left):
    come_back(left)
    walker.read()
    assert walker.heading == "There is nothing here"
    walker.press("send", marks={"place": ":check", "step": "99", "token": "x"})
    assert Draft.objects.count() == 1
    assert not Contribution.objects.exists()


def test_a_return_gives_the_draft_another_id(walker, left):
    before = Draft.objects.get().pk
    come_back(left)
    after = Draft.objects.get().pk
    assert after != before
    come_back(left)
    assert Draft.objects.get().pk not in {before, after}


def test_exit_with_words_sets_aside_and_without_them_deletes(walker, left):
    before = Draft.objects.get().pk
    walker.client.get("/leave")
    draft = Draft.objects.get()
    assert draft.pk != before
    assert not DraftAnswer.objects.filter(sitting_box__isnull=False).exists()
    other = Walker()
    other.begin(draft.version.survey.code)
    other.client.get("/leave")
    assert list(Draft.objects.all()) == [draft]


def test_deleting_everything_takes_the_words_too(walker, left):
    walker.press("delete")
    assert not Draft.objects.exists()
    assert not DraftWords.objects.exists()
    assert come_back(left).heading == "We found nothing with these words"


@pytest.mark.parametrize(("has_words", "days", "is_kept"), [
    (True, 14, True), (True, 15, False), (False, 1, True), (False, 2, False),
])  # fmt: skip
def test_a_draft_with_words_is_kept_for_fourteen_days(walker, has_words, days, is_kept):
    words = take_words(walker) if has_words else ""
    today = timezone.localdate()
    Draft.objects.update(touched_on=today - datetime.timedelta(days=days))
    assert drafts.discard_abandoned(today) == (not is_kept)
    assert Draft.objects.exists() == is_kept
    if has_words:
        found = come_back(words)
        assert (found.heading != "We found nothing with these words") == is_kept


def test_each_return_begins_the_fourteen_days_again(left):
    Draft.objects.update(touched_on=timezone.localdate() - datetime.timedelta(days=10))
    come_back(left)
    assert Draft.objects.get().touched_on == timezone.localdate()


def test_typed_words_with_capitals_and_hyphens_come_back(left):
    assert come_back(left.upper().replace(" ", "-")).place == places.CHECK


@pytest.mark.parametrize("at", range(6))
def test_each_of_the_six_words_counts(left, at):
    assert come_back(other_than(left, at=at)).heading == "We found nothing with these words"
    assert Draft.objects.count() == 1


def test_answers_open_in_this_browser_are_not_lost_unsaid(left, version):
    walker = Walker()
    walker.begin(version.survey.code)
    walker._send({"return": "ask"})
    assert "Other answers are open in this browser" in walker.text
    assert Draft.objects.count() == 2
    walker._send({"return": "go", "words": left})
    assert walker.place == places.CHECK
    assert Draft.objects.count() == 1


def test_a_draft_taken_up_elsewhere_in_the_meantime_is_unknown(left, version):
    from surveys.returning import keeping
    from surveys.returning.proving import prove
    from surveys.returning.words import read

    proof = prove(read(left))
    row = keeping.find(proof)
    ours = sitting.begin(Draft.objects.get().pk)
    Draft.objects.all().delete()
    assert not keeping.take_up(row, proof, draft_id=ours.draft_id, carry=drafts.carrying_key(ours))


def test_sending_passes_the_words_on_under_other_marks(walker):
    take_words(walker)
    before = DraftWords.objects.values().get()
    walker.go_to(places.CHECK)
    walker.press("send")
    after = ReceiptWords.objects.values().get()
    assert not DraftWords.objects.exists()
    seen = {bytes(value) if isinstance(value, memoryview) else value for value in before.values()}
    assert not seen & {bytes(value) if isinstance(value, memoryview) else value for value in after.values()}


def test_no_box_of_a_draft_is_found_again_in_what_was_sent(left):
    come_back(left)
    boxes = [bytes(text.box) for text in KeptText.objects.all()]
    come_back(left).press("send")
    for row in SealedText.objects.select_related("envelope"):
        for part in (row.pk.bytes, bytes(row.ciphertext), bytes(row.envelope.wrapped_key)):
            assert not any(part in box for box in boxes)


def test_a_double_send_with_words_is_received_once(walker):
    take_words(walker)
    walker.go_to(places.CHECK)
    marks = walker.marks
    walker.press("send")
    walker.press("send", marks=marks)
    assert Contribution.objects.count() == 1
    assert ReceiptWords.objects.count() == 1
    assert Answer.objects.filter(question_id="K-04").count() == 1


def test_without_words_nothing_is_left_to_find(walker):
    walker.go_to(places.CHECK, answers=WHOLE_WAY)
    walker.press("send")
    assert not ReceiptWords.objects.exists()
