"""Easy Read and sign language in the journey: chosen at the start or on any page, nothing typed is lost, nothing kept."""

import json
import re
from dataclasses import replace

import pytest
from django.core import serializers
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from feedback.models import Contribution
from surveys import filing, pictures
from surveys.definition import Definition
from surveys.facets import Easy, Signed
from surveys.journey import idle, modes, pages, places, sitting
from surveys.models import Answer, Draft, Response
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND, WHOLE_WAY, Walker
from tests.surveys.test_filing import FILM, document
from tools.measure_reading import ENDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def in_easy_words(question):
    options = tuple(replace(option, easy=f"Easy {option.value}", picture="house:yes") for option in question.options)
    return replace(question, easy=Easy(f"Easy {question.id}?", "Short.", "house:talk", "Two people"), options=options)


@pytest.fixture
def easy(keys):
    definition = Definition("Fictional", tuple(in_easy_words(question) for question in EVERY_KIND.questions))
    return SurveyFactory(published=True, definition=definition)


@pytest.fixture
def plain(keys):
    return SurveyFactory(published=True, definition=EVERY_KIND)


def begun(survey, **more):
    return begun_with(survey.code, **more)


def begun_with(code, **more):
    walker = Walker()
    walker.begin(code, **more)
    return walker


def switch(walker, mode, **data):
    return walker._send({**walker.marks, "mode": mode, **data})


def test_easy_read_is_chosen_at_the_start_and_shown_on_every_page(easy):
    walker = begun(easy, **{"in": "easy"})
    assert "heard--easy" in walker.text
    assert walker.heading == "Are you in danger now?"
    walker.go_to("K-04")
    assert walker.heading == "Easy K-04?"
    assert "Easy yes</span></label>" in walker.text
    assert 'alt="Two people"' in walker.text


def test_it_is_changed_on_a_page_around_the_questions_and_back(easy):
    walker = begun(easy)
    walker.press()
    assert walker.heading == "If somebody may see your screen"
    switch(walker, "easy")
    assert (walker.place, walker.heading) == (places.LEAVING, "Can someone see your screen?")
    switch(walker, "standard")
    assert walker.heading == "If somebody may see your screen"


TYPED = {"K-06": 'value="phone" checked', "K-07": 'value="2024"', "K-11": "Ring people back."}


@pytest.mark.parametrize("question_id", TYPED)
def test_what_is_typed_survives_the_change(easy, question_id):
    walker = begun(easy).go_to(question_id)
    switch(walker, "easy", **WHOLE_WAY[question_id])
    assert walker.place == question_id
    assert walker.heading == f"Easy {question_id}?"
    assert TYPED[question_id] in walker.text


def test_what_cannot_be_kept_as_it_is_is_shown_again_in_the_other_words(easy):
    walker = begun(easy).go_to("K-11")
    switch(walker, "easy", answer="x" * 201)
    assert walker.response.status_code == 422
    assert walker.heading == "Easy K-11?"
    assert "x" * 201 in walker.text


def test_a_change_from_an_old_page_keeps_what_was_typed(easy):
    walker = begun(easy).go_to("K-10")
    old = dict(walker.marks)
    walker.press(answer="First")
    walker._send({**old, "mode": "easy", "answer": "Second"})
    assert walker.response.status_code == 409
    assert "Second" in walker.text


def test_the_whole_way_in_easy_read_gives_the_same_answers_and_no_trace_of_the_mode(easy):
    found = []
    for mode in ("standard", "easy"):
        walker = begun(easy, **{"in": mode}).go_to(places.CHECK)
        assert ("Easy phone" in walker.text) == (mode == "easy")
        walker.press("send")
        assert walker.heading == "Your answers have been sent"
        response = Response.objects.latest("contribution__received_on")
        found.append(sorted((a.question_id, str(a.value)) for a in response.answers.all()))
        rows = [*Contribution.objects.all(), *Response.objects.all(), *Answer.objects.all()]
        assert '"easy"' not in json.dumps(json.loads(serializers.serialize("json", rows)))
        assert not Draft.objects.exists()
        Contribution.objects.all().delete()
    assert found[0] == found[1]


def test_a_version_without_easy_words_does_not_offer_the_mode(plain):
    walker = begun(plain, **{"in": "easy"})
    assert "heard--easy" not in walker.text
    assert 'name="mode"' not in walker.text
    switch(walker, "easy")
    switch(walker, "nonsense")
    assert Draft.objects.get().mode == "standard"


def test_the_mode_button_is_never_what_enter_presses(easy):
    text = begun(easy).go_to("K-10").text
    assert text.index('name="button" value="continue"') < text.index('name="mode"')


def test_the_consultation_page_offers_what_the_version_has(easy, client):
    make_site(easy)
    page = client.get("/how-was-it/").content.decode()
    assert "Start in Easy Read" in page
    assert "Start in sign language" not in page


class TestSigned:
    @pytest.fixture
    def signed(self, keys):
        film, captions = document(), document("film.vtt", b"WEBVTT\n")
        facet = Signed(f"document:{film.pk}", f"document:{captions.pk}")
        questions = tuple(replace(question, signed=facet) for question in EVERY_KIND.questions)
        return SurveyFactory(published=True, definition=Definition("Fictional", questions))

    def test_the_film_stands_before_the_question_and_starts_only_when_asked(self, signed):
        text = begun(signed, **{"in": "signed"}).go_to("K-04").text
        assert '<video class="heard-signed" controls preload="none"' in text
        assert "autoplay" not in text
        assert '<track kind="captions"' in text
        assert "Did you tell the police?" in text

    def test_without_the_mode_there_is_no_film(self, signed):
        assert "<video" not in begun(signed).go_to("K-04").text

    def test_a_player_gets_the_part_it_asks_for(self, signed, client):
        name = filing.File(".mp4", FILM).name
        address = reverse("journey:file", args=[name])
        part = client.get(address, headers={"Range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, b"ftyp")
        assert part["Content-Range"] == f"bytes 4-7/{len(FILM)}"
        rest = client.get(address, headers={"Range": "bytes=8-"})
        assert rest.content == FILM[8:]
        assert client.get(address, headers={"Range": f"bytes={len(FILM)}-"}).status_code == 416
        assert client.get(address)["Accept-Ranges"] == "bytes"


def test_a_picture_is_served_by_its_content_and_can_run_nothing(easy, client):
    name = filing.File(".svg", pictures.drawing("talk")).name
    response = client.get(reverse("journey:file", args=[name]))
    assert b"".join(response.streaming_content) == pictures.drawing("talk")
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.get(reverse("journey:file", args=["f" * 32 + ".svg"])).status_code == 404


def held(walker):
    return re.search('name="held" value="([0-9a-f]+)"', walker.text)[1]


class TestEveryPageIsInEasyRead:
    """Nobody who needs short words meets the longer ones on the way."""

    @pytest.fixture
    def walker(self, easy):
        return begun(easy, **{"in": "easy"})

    @pytest.mark.parametrize("template", [*pages.TEMPLATES.values(), *(f"surveys/{name}.html" for name in ENDS)])
    def test_each_page_around_the_questions_has_its_own(self, template):
        easy = get_template(template.replace("surveys/", "surveys/easy/", 1))
        assert "components/easy_line.html" in easy.template.source

    def test_the_page_for_somebody_under_16(self, walker):
        walker.go_to(places.ABOUT)
        walker.press("young")
        assert "Please do not do them on your own." in walker.text
        assert "heard-idea" in walker.text

    def test_the_six_words_shown_and_typed_back(self, walker):
        walker.go_to(places.WORDS)
        walker.press("give")
        assert (walker.heading, "heard--easy" in walker.text) == ("Write down these 6 words", True)
        walker.press("written", held=held(walker))
        assert (walker.heading, "heard--easy" in walker.text) == ("Type the 6 words from your note", True)
        walker.press("retyped", held=held(walker), words="not these words")
        assert walker.heading == "Write down these 6 words"

    def test_the_end_without_sending(self, walker):
        walker.go_to(places.CHECK)
        walker.press("delete")
        assert (walker.heading, "heard--easy" in walker.text) == ("We deleted all you typed", True)

    def test_half_an_hour_without_a_page(self, walker, monkeypatch):
        walker.go_to("K-04")
        monkeypatch.setattr(idle, "is_over", lambda stamp, draft_id: True)
        walker.read()
        assert (walker.heading, "heard--easy" in walker.text) == ("You were away for a while", True)


class TestPagesWithoutADraft:
    """Where a draft has gone there is only the cookie to say in which words to speak."""

    @pytest.fixture
    def walker(self, easy):
        return begun(easy, **{"in": "easy"}).go_to("K-04")

    def seen(self, walker):
        return walker.heading, "heard--easy" in walker.text, "heard-idea" in walker.text

    def test_answers_that_are_gone(self, walker):
        Draft.objects.all().delete()
        walker.press(answer="no")
        assert self.seen(walker) == ("Your answers were sent or deleted", True, True)
        assert "I have 6 words" in walker.text

    def test_answers_that_are_gone_while_they_are_sent(self, walker):
        walker.go_to(places.CHECK)
        Draft.objects.all().delete()
        walker.press("send")
        assert self.seen(walker) == ("Your answers are not here now", True, True)

    def test_a_form_of_somebody_else(self, walker):
        walker.press(marks={**walker.marks, "token": "1"}, answer="no")
        assert self.seen(walker) == ("We could not take that page", True, True)

    def test_more_than_can_be_read(self, walker):
        walker.press(answer="x" * 1_200_000)
        assert self.seen(walker) == ("That was too long", True, True)

    def test_nothing_open(self, walker):
        Draft.objects.all().delete()
        walker.read()
        assert self.seen(walker) == ("There is nothing here", True, True)

    def test_questions_that_are_not_open_are_named_so_to_whoever_asks_for_easy_read(self):
        assert self.seen(begun_with("none", **{"in": "easy"})) == ("These questions are not open now", True, True)
        assert self.seen(begun_with("none")) == ("These questions are not open now", False, False)

    def test_other_answers_are_open_and_the_new_ones_stay_in_easy_read(self, walker, plain):
        walker.begin(plain.code, **{"in": "easy"})
        assert self.seen(walker) == ("You have other answers open", True, True)
        assert '<input type="hidden" name="in" value="easy"' in walker.text

    def test_the_confirmation_when_it_is_loaded_again(self, walker):
        walker.go_to(places.CHECK)
        walker.press("send")
        walker.read()
        assert self.seen(walker) == ("Your answers have been sent", True, True)
        assert "Thank you. We have your answers." in walker.text

    def test_back_in_usual_words_they_are_in_usual_words(self, walker):
        switch(walker, "standard")
        Draft.objects.all().delete()
        walker.read()
        assert self.seen(walker) == ("There is nothing here", False, False)

    def test_a_cookie_made_up_is_no_easy_read(self, walker):
        walker.client.cookies["sitting"] = sitting.encoded(b"xxe")
        walker.read()
        assert self.seen(walker) == ("There is nothing here", False, False)


def test_in_another_language_nothing_is_in_easy_read(easy, rf):
    request = rf.get("/form/")
    request.COOKIES["sitting"] = sitting.encoded(b"x" * 16 + b"ene")
    assert modes.is_easy(request)
    with translation.override("cy"):
        assert not modes.is_easy(request)
