"""Answering with help: whose words they are, and a part done alone that no way in opens again."""

import pytest
from django.test import Client, RequestFactory

from feedback import vault
from feedback.intake import NOT_JUDGED
from feedback.keys import private_key
from feedback.models import Contribution, SealedText, Use, Voice
from surveys.definition import SCALES, Definition, Kind, Option, Part, Question, Rule, Sensitivity
from surveys.journey import drafts, places, sitting
from surveys.models import Answer, Draft, DraftAnswer, KeptText
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import TAKE_PART, YES_NO, Walker
from tests.surveys.returning.factories import come_back, held, shown

USES = Question(
    "H-02",
    Kind.MULTIPLE,
    "How may we use what you tell us?",
    options=(Option("statistics", "Count it"), Option("quote", "Publish some words")),
    part=Part.USES,
    alone=True,
)
VOICE = Question(
    "H-03",
    Kind.SINGLE,
    "Whose experience is it?",
    options=(
        Option("me", "Mine", voice="first-hand"),
        Option("me-with-help", "Mine, and someone helps", voice="first-hand", helped=True),
        Option("for-someone", "Somebody else’s", voice="proxy"),
    ),
    part=Part.VOICE,
)
TOLD = Question("H-04", Kind.SINGLE, "Did you tell the police?", options=YES_NO)
SAFE = Question(
    "H-05",
    Kind.SINGLE,
    "Did you feel safe?",
    options=(Option("very-safe", "Very safe indeed"), Option("unsafe", "Not at all safe")),
    show_if=Rule("H-04", ("yes",)),
    alone=True,
    breakdown="crime-type",
)
LISTENED = Question(
    "H-06", Kind.AGREE5, "They listened to me.", options=SCALES[Kind.AGREE5], sensitivity=Sensitivity.PERSONAL
)
ELSE = Question(
    "H-07", Kind.LONG_TEXT, "Is there anything else?", limit=400, alone=True, sensitivity=Sensitivity.PERSONAL
)
CHANGE = Question("H-08", Kind.LONG_TEXT, "What should change?", limit=400)
HELPED = Definition("With help", (TAKE_PART, USES, VOICE, TOLD, SAFE, LISTENED, ELSE, CHANGE))
SECRET = "The person beside me reads my letters."
TOGETHER = {
    "K-01": {"answer": "yes"},
    "H-03": {"answer": "me"},
    "H-04": {"answer": "yes"},
    "H-06": {"answer": "agree"},
    "H-08": {"answer": "Ring people back."},
}
ALONE = {"H-02": {"answer": ["statistics"]}, "H-05": {"answer": "unsafe"}, "H-07": {"answer": SECRET}}
CLOSED = ("H-02", "H-05", "H-07")
# What leads on from each page around the questions.
BUTTONS = {places.WORDS: "skip", places.HANDOVER: "alone", places.FINISHED: "finished"}


@pytest.fixture
def version(keys):
    return SurveyVersionFactory(definition=HELPED)


@pytest.fixture
def walker(version):
    walker = Walker()
    walker.begin(version.survey.code)
    return walker


def sitting_of(walker):
    request = RequestFactory().get("/")
    request.COOKIES[sitting.COOKIE] = walker.client.cookies[sitting.COOKIE].value
    return sitting.read(request)


def opened(period):
    """Every text that was received, as the worker's key opens it."""
    found = {}
    for row in SealedText.objects.select_related("envelope"):
        sealed = vault.Sealed(ciphertext=bytes(row.ciphertext), wrapped_key=bytes(row.envelope.wrapped_key))
        header = vault.Header(row.period_id, row.pk, row.question_id)
        found[row.question_id] = vault.open_sealed(sealed, header=header, private_key=private_key(period))
    return found


def walk(walker, to, *, said="helping", answers=None, **buttons):
    """Go on until this place is shown, as somebody who said this about who fills it in; `shown` has the way."""
    pressed = {**BUTTONS, places.WHO: said, **buttons}
    answers = {**TOGETHER, **ALONE, **(answers or {})}
    shown = []
    for _ in range(40):
        if walker.place == to:
            return shown
        shown.append(walker.place)
        walker.press(pressed.get(walker.place, "continue"), **answers.get(walker.place, {}))
    raise AssertionError(f"never came to {to!r}, but to {walker.place!r}")


class TestWhoFillsItIn:
    def test_somebody_on_their_own_meets_every_question_in_its_order_and_is_not_asked_twice(self, walker):
        shown = walk(walker, places.CHECK, said="none")
        assert [place for place in shown if not place.startswith(":") and place] == [
            "K-01", "H-02", "H-04", "H-05", "H-06", "H-07", "H-08",
        ]  # fmt: skip
        assert not {places.HELPING, places.HANDOVER, places.FINISHED} & set(shown)
        assert DraftAnswer.objects.get(question_id="H-03").value == "me"
        walker.press("send")
        assert (Contribution.objects.get().voice, Contribution.objects.get().with_help) == (Voice.FIRST_HAND, False)

    @pytest.mark.parametrize("said", ["helped", "helping"])
    def test_words_of_somebody_who_is_helped_stay_first_hand_and_are_marked(self, walker, said):
        shown = walk(walker, places.CHECK, said=said)
        assert [place for place in shown if not place.startswith(":") and place] == [
            "K-01", "H-04", "H-06", "H-08", "H-02", "H-05", "H-07",
        ]  # fmt: skip
        assert shown.index(places.HELPING) < shown.index("K-01")
        assert shown.index("H-08") < shown.index(places.HANDOVER) < shown.index("H-02")
        walker.press("send")
        contribution = Contribution.objects.get()
        assert (contribution.voice, contribution.with_help) == (Voice.FIRST_HAND, True)
        assert Answer.objects.get(question_id="H-03").value == "me-with-help"
        assert contribution.may_statistics
        assert not contribution.may_quote

    def test_somebody_who_answers_for_another_is_asked_for_whom(self, walker):
        shown = walk(walker, places.CHECK, said="other", answers={"H-03": {"answer": "for-someone"}})
        assert "H-03" in shown
        assert places.HANDOVER not in shown
        walker.press("send")
        assert (Contribution.objects.get().voice, Contribution.objects.get().with_help) == (Voice.PROXY, False)

    def test_saying_with_help_only_in_the_survey_leads_to_the_part_alone_too(self, walker):
        shown = walk(walker, places.CHECK, said="other", answers={"H-03": {"answer": "me-with-help"}})
        assert shown.index(places.HANDOVER) < shown.index("H-05")
        walker.press("send")
        assert Contribution.objects.get().with_help

    def test_another_choice_takes_the_first_one_back(self, walker):
        walk(walker, "K-01", said="helped")
        walker.press("back")
        walker.press("back")
        walker.press("back")
        assert walker.place == places.WHO
        walker.press("other")
        assert Draft.objects.get().help == "other"
        assert not DraftAnswer.objects.filter(question_id="H-03").exists()
        assert "H-03" in walk(walker, places.CHECK, answers={"H-03": {"answer": "for-someone"}})

    def test_what_is_to_be_read_aloud_is_marked_for_helpers_alone(self, walker):
        walk(walker, places.ABOUT)
        assert "read this page aloud" in walker.text
        walk(walker, "K-01")
        assert "read this page aloud" in walker.text
        walk(walker, "H-02")
        assert "read this page aloud" not in walker.text
        assert "This part is for you alone" in walker.text
        other = Walker(Client(enforce_csrf_checks=True))
        other.begin(Draft.objects.get().version.survey.code)
        walk(other, "K-01", said="none")
        assert "aloud" not in other.text

    def test_a_survey_without_the_choice_asks_nothing(self, keys):
        walker = Walker()
        walker.begin(SurveyVersionFactory().survey.code)
        walker.press()
        walker.press()
        assert walker.place == places.ABOUT


class TestTheClosedPart:
    @pytest.fixture
    def closed(self, walker):
        """Somebody whose part is closed, at "check your answers"; every page of the way is remembered."""
        walker.old = {}
        for place in ("H-04", places.HANDOVER, *CLOSED, places.FINISHED):
            walk(walker, place)
            walker.old[place] = dict(walker.marks)
        walk(walker, places.CHECK)
        return walker

    def assert_nothing_tells(self, walker):
        for said in (SECRET, "Not at all safe", "checked"):
            assert said not in walker.text

    def test_check_your_answers_names_the_questions_only(self, closed):
        self.assert_nothing_tells(closed)
        assert closed.text.count("Answered alone, not shown here") == 3
        assert [f'name="change" value="{name}"' in closed.text for name in CLOSED] == [False] * 3
        assert 'name="change" value="H-06"' in closed.text

    def test_it_does_not_say_which_were_skipped(self, walker):
        walk(walker, places.CHECK, answers={name: {} for name in CLOSED})
        assert walker.text.count("Answered alone, not shown here") == 3
        assert "Not answered" not in walker.text

    @pytest.mark.parametrize("name", CLOSED)
    def test_a_change_link_made_up_shows_nothing(self, closed, name):
        closed.change(name)
        assert closed.place == places.CHECK
        self.assert_nothing_tells(closed)

    def test_back_leads_past_it(self, closed):
        closed.press("back")
        assert closed.place == "H-08"
        for _ in range(12):
            self.assert_nothing_tells(closed) if closed.place in CLOSED else None
            assert closed.place not in (*CLOSED, places.FINISHED)
            if closed.place == places.ABOUT:
                break
            closed.press("back")

    @pytest.mark.parametrize("button", ["continue", "skip", "back", "stop", "pause"])
    @pytest.mark.parametrize("name", CLOSED)
    def test_a_replay_of_its_form_changes_nothing_and_tells_nothing(self, closed, name, button):
        before = self.stored()
        answers = {"H-02": ["statistics", "quote"], "H-05": ["unsafe", "very-safe"], "H-07": [SECRET, "Other words"]}
        for answer in answers[name]:
            closed.press(button, marks=closed.old[name], answer=answer, earlier="delete")
            assert (closed.response.status_code, closed.place) == (200, places.CHECK)
            self.assert_nothing_tells(closed)
        assert self.stored() == before

    @pytest.mark.parametrize("button", ["alone", "together", "back", "finished"])
    @pytest.mark.parametrize("place", [places.HANDOVER, places.FINISHED])
    def test_a_replay_of_the_pages_around_it_opens_nothing(self, closed, place, button):
        before = self.stored()
        closed.press(button, marks=closed.old[place])
        assert closed.place == places.CHECK
        assert Draft.objects.get().alone_part == ""
        assert self.stored() == before

    @pytest.mark.parametrize("name", CLOSED)
    def test_a_position_set_by_force_shows_another_page(self, closed, name):
        Draft.objects.update(position=name)
        closed.read()
        assert closed.place == places.CHECK
        self.assert_nothing_tells(closed)

    @pytest.mark.parametrize("name", CLOSED)
    def test_a_genuine_form_of_this_very_step_is_not_taken(self, closed, name):
        before = self.stored()
        draft = Draft.objects.get()
        ours = sitting_of(closed)
        marks = {"place": name, "step": str(draft.step), "token": sitting.token(ours, name, draft.step)}
        for answer in ("unsafe", "very-safe", "quote", "Other words"):
            closed.press(marks=marks, answer=answer)
            assert closed.place == places.CHECK
        assert self.stored() == before

    def test_what_led_to_it_cannot_be_changed_either(self, closed):
        assert 'name="change" value="H-04"' not in closed.text
        closed.press(marks=closed.old["H-04"], answer="no")
        assert DraftAnswer.objects.get(question_id="H-04").value == "yes"
        closed.press("send")
        assert Answer.objects.get(question_id="H-05").value == "unsafe"

    def test_no_key_of_this_device_opens_its_words_and_the_worker_s_key_does(self, closed, keys):
        row = DraftAnswer.objects.get(question_id="H-07")
        assert (row.sitting_box, row.period_box, row.value) == (None, None, None)
        assert KeptText.objects.get().answer_id == row.pk
        closed.press("send")
        assert opened(keys) == {"H-07": SECRET, "H-08": "Ring people back."}

    def test_triage_has_heard_its_words_before_they_were_closed(self, walker):
        walk(walker, places.CHECK, answers={"H-07": {"answer": "He says he will kill me tonight."}})
        walker.press("send")
        contribution = Contribution.objects.get()
        assert contribution.urgency
        assert NOT_JUDGED not in contribution.flags

    def test_the_help_that_is_shown_does_not_tell_it(self, closed):
        ours = Draft.objects.get()
        progress = drafts.load(sitting_of(closed))
        assert progress.draft == ours
        assert progress.named("crime-type") == ""

    def test_a_second_handover_does_not_open_it(self, walker):
        walk(walker, "H-05")
        walker.press("stop")
        walker.press("back")
        walk(walker, places.CHECK, answers={"H-05": {"answer": "unsafe"}})
        Draft.objects.update(alone_part="open")
        for name in CLOSED:
            Draft.objects.update(position=name)
            walker.read()
            assert walker.place == places.FINISHED
            self.assert_nothing_tells(walker)

    def test_the_person_may_still_delete_everything(self, closed):
        closed.press("delete")
        assert not Draft.objects.exists()
        assert not KeptText.objects.exists()

    def stored(self):
        return {
            (row.question_id, str(row.value), row.given_alone, tuple(row.kept_texts.values_list("pk", flat=True)))
            for row in DraftAnswer.objects.all()
        }


class TestWhileItIsOpen:
    def test_a_page_from_before_in_a_second_tab_is_not_taken(self, walker):
        walk(walker, "H-06")
        old = dict(walker.marks)
        walk(walker, "H-05")
        walker.press(marks=old, answer="disagree")
        assert walker.place == "H-05"
        assert DraftAnswer.objects.get(question_id="H-06").value == "agree"

    def test_back_from_its_first_question_is_the_handover_and_back_from_there_closes_it(self, walker):
        walk(walker, "H-05")
        walker.press("back")
        assert (walker.place, "checked" in walker.text) == ("H-02", True)
        walker.press("back")
        assert walker.place == places.HANDOVER
        walker.press("back")
        assert walker.place == "H-08"
        assert Draft.objects.get().alone_part == ""
        assert DraftAnswer.objects.get(question_id="H-02").given_alone == "closed"
        shown = walk(walker, places.CHECK)
        assert (places.HANDOVER in shown, "H-02" in shown, "H-05" in shown) == (True, False, True)

    def test_stopping_in_it_still_asks_for_the_consents_and_closes_it(self, walker):
        walk(walker, "H-02")
        walker.press("stop")
        assert walker.place == places.STOP
        walker.press("keep")
        assert walker.place == "H-02"
        walker.press(answer=["statistics"])
        assert walker.place == places.FINISHED
        walker.press("finished")
        assert walker.place == places.CHECK
        assert walker.text.count("Answered alone, not shown here") == 3

    def test_stopping_before_it_leads_to_it(self, walker):
        walk(walker, "H-06")
        walker.press("back")
        Draft.objects.update(position=places.STOP)
        walker.read()
        walker.press("keep")
        assert walker.place == places.HANDOVER

    def test_who_comes_back_with_the_words_finds_it_closed(self, walker, keys):
        walk(walker, places.WORDS)
        walker.press("give")
        six = " ".join(shown(walker))
        walker.press("written", held=held(walker))
        walker.press("retyped", held=held(walker), words=six)
        walk(walker, places.FINISHED)
        drafts.leave(sitting_of(walker))
        again = come_back(six)
        assert again.place == places.FINISHED
        again.press("back")
        assert again.place == places.CHECK
        assert "Not at all safe" not in again.text
        assert again.text.count("Answered alone, not shown here") == 3
        again.press("send")
        assert opened(keys)["H-07"] == SECRET


class TestTogether:
    def test_it_is_left_out_but_for_the_consents(self, walker):
        shown = walk(walker, places.CHECK, **{places.HANDOVER: "together"})
        assert "H-02" in shown
        assert not {"H-05", "H-07", places.FINISHED} & set(shown)
        assert "Did you feel safe?" not in walker.text
        walker.press("send")
        contribution = Contribution.objects.get()
        assert [use for use in Use if getattr(contribution, f"may_{use.value}")] == [Use.STATISTICS]
        assert contribution.with_help

    def test_it_can_be_taken_back(self, walker):
        walk(walker, "H-02", **{places.HANDOVER: "together"})
        walker.press("back")
        assert walker.place == places.HANDOVER
        shown = walk(walker, places.CHECK)
        assert "H-05" in shown

    def test_what_was_said_alone_until_then_stays_and_stays_closed(self, walker):
        walk(walker, "H-07")
        walker.press("back")
        walker.press("back")
        walker.press("back")
        assert walker.place == places.HANDOVER
        walker.press("together")
        assert walker.place == places.CHECK
        assert "Not at all safe" not in walker.text
        assert walker.text.count("Answered alone, not shown here") == 2
