"""Double clicks, Back, second tabs and replays change nothing they should not."""

import pytest

from feedback.models import Contribution
from surveys.journey import drafts, moves, places, posts, sitting, submission
from surveys.models import Draft, DraftAnswer, Response
from tests.surveys.journey.factories import WHOLE_WAY


def answers() -> dict[str, object]:
    return {row.question_id: row.value for row in DraftAnswer.objects.all()}


def test_a_second_click_on_continue_goes_on_as_if_nothing_happened(walker):
    walker.go_to("K-04")
    marks = dict(walker.marks)
    walker.press(answer="no", marks=marks)
    walker.press(answer="no", marks=marks)
    assert walker.place == "K-06"
    assert Draft.objects.get().step == 8


def test_a_second_click_on_continue_never_fills_the_next_question(walker):
    walker.go_to("K-04")
    marks = dict(walker.marks)
    walker.press(answer="yes", marks=marks)
    walker.press(answer="yes", marks=marks)
    assert set(answers()) == {"K-01", "K-02", "K-03", "K-04"}


def test_a_page_from_earlier_with_a_new_answer_is_shown_again_and_nothing_is_kept(walker):
    walker.go_to("K-03")
    old = dict(walker.marks)
    walker.go_to("K-08")
    walker.press(marks=old, answer="us")
    assert walker.response.status_code == 409
    assert walker.place == "K-03"
    assert "Nothing has been changed yet" in walker.text
    assert 'value="us" checked' in walker.text
    assert answers()["K-03"] == "for-someone"


def test_the_page_shown_again_can_be_sent_knowingly(walker):
    walker.go_to("K-03")
    old = dict(walker.marks)
    walker.go_to("K-08")
    walker.press(marks=old, answer="us")
    walker.press(answer="us")
    assert answers()["K-03"] == "us"
    assert walker.place == "K-08"


def test_words_typed_on_an_old_page_are_shown_again(walker):
    walker.go_to("K-10")
    old = dict(walker.marks)
    walker.go_to(places.CHECK)
    walker.press(marks=old, answer="Other words")
    assert walker.response.status_code == 409
    assert "Other words" in walker.text
    assert drafts.load(ours(walker)).answers["K-10"] == "Slow but kind"


@pytest.mark.parametrize("button", ["skip", "back", "stop"])
def test_other_buttons_on_an_old_page_do_nothing(walker, button):
    walker.go_to("K-04")
    old = dict(walker.marks)
    walker.go_to("K-08")
    walker.press(button, marks=old)
    assert walker.place == "K-08"
    assert answers()["K-04"] == "yes"


def test_an_old_answer_to_a_question_no_longer_asked_is_not_kept_and_says_so(walker):
    walker.go_to("K-05")
    old = dict(walker.marks)
    walker.press("back")
    walker.press(answer="no")
    walker.press(marks=old, answer="agree")
    assert "no longer asked" in walker.text
    assert walker.place == "K-06"
    assert "K-05" not in answers()


def test_a_second_send_stores_nothing_twice_and_shows_the_confirmation(walker):
    walker.go_to(places.CHECK)
    marks = dict(walker.marks)
    walker.press("send", marks=marks)
    walker.press("send", marks=marks)
    assert walker.heading == "Your answers have been sent"
    assert Contribution.objects.count() == 1


def test_a_second_send_on_its_way_at_the_same_time_stores_nothing_twice(walker):
    walker.go_to(places.CHECK)
    cookie = walker.client.cookies["sitting"].value
    marks = dict(walker.marks)
    walker.press("send", marks=marks)
    walker.client.cookies["sitting"] = cookie
    walker.press("send", marks=marks)
    assert walker.response.status_code == 410
    assert "they reached us, and only once" in walker.text
    assert Contribution.objects.count() == 1


def test_of_two_equal_posts_read_at_the_same_step_only_one_is_counted(walker):
    walker.go_to("K-04")
    first = drafts.load(ours(walker))
    second = drafts.load(ours(walker))
    assert drafts.advance(first, position="K-06", changed={"K-04": "no"})
    assert not drafts.advance(second, position="K-05", changed={"K-04": "yes"})
    assert answers()["K-04"] == "no"


def test_a_post_overtaken_between_reading_and_writing_is_treated_as_late(walker, rf):
    walker.go_to("K-04")
    data = {**walker.marks, "button": "continue", "answer": "yes"}
    request = rf.post("/form/", data)
    progress = drafts.load(ours(walker))
    assert drafts.advance(drafts.load(ours(walker)), position="K-06", changed={"K-04": "no"})
    response = moves.make(request, progress, posts.read(request))
    assert response.status_code == 409
    assert answers()["K-04"] == "no"


def test_of_two_sends_read_at_the_same_step_only_one_is_received(walker):
    walker.go_to(places.CHECK)
    first, second = drafts.load(ours(walker)), drafts.load(ours(walker))
    assert submission.send(first)
    assert not submission.send(second)
    assert Contribution.objects.count() == 1


def test_a_fault_while_storing_leaves_the_draft_as_it_was(walker, monkeypatch):
    walker.go_to(places.CHECK)
    step = Draft.objects.get().step

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Response.objects, "create", fail)
    with pytest.raises(RuntimeError):
        walker.press("send")
    assert not Contribution.objects.exists()
    assert Draft.objects.get().step == step
    monkeypatch.undo()
    walker.read()
    walker.press("send")
    assert Contribution.objects.count() == 1


def test_nobody_jumps_ahead(walker):
    walker.go_to("K-02")
    sitting_now = ours(walker)
    step = Draft.objects.get().step
    marks = {"place": "K-11", "step": str(step), "token": sitting.token(sitting_now, "K-11", step)}
    walker.press(marks=marks, answer="From nowhere")
    assert walker.place == "K-02"
    assert "K-11" not in answers()


def test_change_leads_only_to_what_was_shown(walker):
    walker.go_to(places.CHECK, answers={**WHOLE_WAY, "K-04": {"answer": "no"}})
    for place in ("K-05", "K-99", places.STOP):
        walker.change(place)
        assert walker.place == places.CHECK


def test_a_draft_left_at_a_closed_question_shows_the_next_open_one(walker):
    walker.go_to("K-05")
    draft = Draft.objects.get()
    DraftAnswer.objects.filter(question_id="K-04").update(value="no")
    assert draft.position == "K-05"
    walker.read()
    assert walker.place == "K-06"


def ours(walker) -> sitting.Sitting:
    return sitting.read(walker.client.get(walker.url).wsgi_request)
