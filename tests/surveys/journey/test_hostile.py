"""Whatever is posted, the answer is a clear page and never a fault, and nothing is filled that should not be."""

import base64
import os
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definition import TEXT_KINDS
from surveys.journey import idle, places, sitting
from surveys.models import Draft, DraftAnswer
from tests.surveys.journey.factories import EVERY_KIND, Walker

FORM = "application/x-www-form-urlencoded"
# Continuous integration looks longer for an odd post that breaks a page.
MANY = settings(
    max_examples=60 if os.environ.get("HEARD_REQUIRE_ALL") == "1" else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
odd_text = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\0\x08\x1b\u202e\u2066\ufeff\u200d\u061c\r\n%&=+<>'\"{}"),
    max_size=80,
)
names = st.sampled_from(
    ["place", "step", "token", "button", "change", "answer", "answer_0", "answer_1", "survey", "replace"]
)


@MANY
@given(fields=st.lists(st.tuples(names | odd_text, odd_text), max_size=12))
def test_any_fields_get_a_page(walker, fields):
    response = walker.client.post("/form/", urlencode(fields, errors="surrogatepass"), content_type=FORM)
    assert response.status_code < 500


@MANY
@given(body=st.binary(max_size=400))
def test_any_bytes_get_a_page(walker, body):
    response = walker.client.generic("POST", "/form/", body, content_type=FORM)
    assert response.status_code < 500


@MANY
@given(cookie=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=';,"\\'), max_size=120))
@pytest.mark.django_db
def test_any_cookie_gets_a_page(cookie):
    client = Client()
    client.cookies["sitting"] = cookie
    assert client.get("/form/").status_code == 200
    assert client.post("/form/", "place=", content_type=FORM).status_code in {403, 410}


@pytest.mark.parametrize("question", EVERY_KIND.questions, ids=lambda question: question.id)
def test_any_answer_to_any_kind_gets_a_page_and_stores_only_what_was_offered(walker, question):
    walker.go_to(question.id)
    offered = {option.value for option in question.options}

    @MANY
    @given(values=st.lists(odd_text, min_size=1, max_size=3), parts=st.tuples(odd_text, odd_text))
    def check(values, parts):
        walker.read()
        if walker.place != question.id:
            walker.press("back")
            return
        walker.press(answer=values, answer_0=parts[0], answer_1=parts[1])
        assert walker.response.status_code in {200, 422}
        row = DraftAnswer.objects.filter(question_id=question.id).first()
        if row and row.value and offered:
            assert {row.value} <= offered if isinstance(row.value, str) else set(row.value) <= offered

    check()


RAW = {
    "bytes that are no UTF-8": b"%FF%FE%C3%28",
    "half of a surrogate pair": b"%ED%A0%80",
    "NUL": b"%00%00",
    "marks that turn the direction": b"%E2%80%AE%E2%81%A6",
    "raw bytes": b"\xff\x00\xfe",
    "a broken escape": b"%",
    "the same field a thousand times": b"&answer=".join([b"x"] * 900),
    "a list and a mapping": b"x&answer[]=y&answer[a]=z&answer_0[]=1",
    "ten thousand digits": b"9" * 10_000,
}


@pytest.mark.parametrize("question", EVERY_KIND.questions, ids=lambda question: question.id)
def test_what_no_browser_sends_gets_a_page_and_leaves_nothing_odd_behind(walker, question):
    for name, raw in RAW.items():
        walker.go_to(question.id)
        marks = urlencode(walker.marks).encode()
        fields = b"".join(b"&answer%s=%s" % (part, raw) for part in (b"", b"_0", b"_1", b"_2"))
        response = walker.client.generic("POST", "/form/", marks + b"&button=continue" + fields, content_type=FORM)
        assert response.status_code in {303, 422}, name
        row = DraftAnswer.objects.filter(question_id=question.id).first()
        if row and question.kind not in TEXT_KINDS:
            assert row.value is None, name
        walker.read()
        assert walker.response.status_code == 200, name
        assert not {"\0", "\u202e", "\u2066"} & set(walker.text), name
        if walker.place != question.id:
            walker.press("back")


def test_ten_thousand_fields_get_a_page_and_change_nothing(walker):
    walker.go_to("K-08a")
    step = Draft.objects.get().step
    walker.press(**{f"answer_{place}": "1" for place in range(10_000)})
    assert walker.response.status_code == 413
    assert Draft.objects.get().step == step


@pytest.mark.parametrize("question_id", ["K-10", "K-11"])
def test_both_kinds_of_text_say_their_limit_and_by_how_much_it_is_passed(walker, question_id):
    limit = EVERY_KIND.question(question_id).limit
    walker.go_to(question_id)
    assert f"You can write up to {limit} characters." in walker.text
    walker.press(answer="x" * (limit + 7))
    assert walker.response.status_code == 422
    assert f"Your answer is 7 characters too long. Shorten it to {limit} characters or fewer." in walker.text
    assert "x" * (limit + 7) in walker.text
    assert f"You can write up to {limit} characters." in walker.text


def test_invisible_controls_are_left_out_and_the_words_kept(walker):
    walker.go_to("K-11")
    walker.press(answer="One\0 two\u202e three\r\nfour")
    assert "One two three<br>four" in walker.text


def test_markup_is_shown_as_typed(walker):
    walker.go_to("K-11")
    walker.press(answer="<script>alert(1)</script> {{ 7|add:7 }}")
    assert "<script>alert" not in walker.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in walker.text


@pytest.mark.parametrize("field", ["place", "step", "token"])
def test_a_forged_mark_changes_nothing(walker, field):
    walker.go_to("K-04")
    step = Draft.objects.get().step
    walker.press(marks={**walker.marks, field: "1"}, answer="no")
    assert walker.response.status_code == 403
    assert walker.heading == "We could not take that page"
    assert Draft.objects.get().step == step


def test_a_form_of_another_sitting_changes_nothing(walker, version):
    other = Walker()
    other.begin(version.survey.code)
    walker.press(marks=other.marks)
    assert walker.response.status_code == 403
    assert Draft.objects.get(pk=draft_of(walker)).step == 0


def test_a_post_without_a_sitting_is_refused(walker):
    marks = dict(walker.marks)
    stranger = Walker()
    stranger.press(marks=marks)
    assert stranger.response.status_code == 403
    assert stranger.heading == "There is nothing here"


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_a_post_from_another_site_is_refused_unread(walker, version, origin):
    response = walker.client.post(
        "/form/", f"survey={version.survey.code}&replace=yes", content_type=FORM, headers={"Sec-Fetch-Site": origin}
    )
    assert response.status_code == 403
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""])
def test_only_plain_forms_are_read(walker, kind):
    response = walker.client.generic("POST", "/form/", b"place=", content_type=kind)
    assert response.status_code == 403


def test_a_form_in_another_encoding_gets_a_page(walker):
    response = walker.client.generic("POST", "/form/", b"place=", content_type=f"{FORM}; charset=utf-7")
    assert response.status_code == 400
    assert b"could not be read" in response.content


def test_more_than_can_be_read_says_what_was_not_kept(walker):
    walker.go_to("K-11")
    walker.press(answer="x" * 1_200_000)
    assert walker.response.status_code == 413
    assert "has not been kept" in walker.text
    assert Draft.objects.get().position == "K-11"


def test_too_many_fields_get_a_page(walker, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    response = walker.client.post("/form/", "&".join(f"f{n}=1" for n in range(60)), content_type=FORM)
    assert response.status_code == 413


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(walker, method):
    assert getattr(walker.client, method)("/form/").status_code == 405


@pytest.mark.django_db
def test_leave_is_not_posted_to():
    assert Client().post("/leave").status_code == 405


@pytest.mark.parametrize("code", ["nope", "x" * 500, "é", "a\0b", "../admin", ""])
def test_an_odd_survey_code_gets_a_page(walker, code):
    walker.begin(code)
    assert walker.response.status_code == 404


def test_a_place_around_the_questions_ignores_buttons_it_does_not_have(walker):
    walker.press("send")
    assert walker.place == places.START
    walker.press("delete")
    assert Draft.objects.exists()


def test_a_cookie_of_the_right_length_with_an_unknown_id_finds_nothing(walker):
    walker.client.cookies["sitting"] = base64.urlsafe_b64encode(
        b"\1" * 48 + idle.stamp(uuid.UUID(bytes=b"\1" * 16)) + b"en-"
    ).decode()
    walker.read()
    assert walker.heading == "There is nothing here"
    walker.client.cookies["sitting"] = base64.urlsafe_b64encode(b"\1" * 16).decode()
    walker.read()
    assert walker.heading == "There is nothing here"


def draft_of(walker):
    return sitting.read(walker.client.get("/form/").wsgi_request).draft_id
