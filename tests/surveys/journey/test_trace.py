"""What a sitting leaves behind: one cookie, no cache, no address that tells, no readable word in any table."""

import datetime

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from feedback import presealed, vault
from feedback.keys import private_key
from surveys.journey import drafts, places, sitting
from surveys.models import Draft, DraftAnswer
from surveys.returning import boxes
from tests.surveys.journey.factories import Walker

CANARY = "Quillfeather zanzibar canary"


def every_cell() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            found += [repr(bytes(cell) if isinstance(cell, memoryview) else cell) for row in cursor for cell in row]
    return "\n".join(found)


def test_one_cookie_and_no_session_row(walker):
    walker.go_to("K-05")
    assert list(walker.client.cookies) == ["sitting"]
    cookie = walker.client.cookies["sitting"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["expires"]
    assert not cookie["max-age"]
    assert not Session.objects.exists()


def test_the_cookie_is_secure_where_the_site_is(version, settings):
    settings.SESSION_COOKIE_SECURE = True
    walker = Walker()
    walker.begin(version.survey.code)
    assert walker.client.cookies["sitting"]["secure"]


def test_every_page_has_one_address_one_title_and_stays_out_of_caches(walker):
    seen = set()
    for place in ("", "K-01", "K-04", "K-06", "K-07", "K-10", "K-11", places.CHECK):
        walker.go_to(place)
        response = walker.response
        seen.add((response.request["PATH_INFO"], response.request["QUERY_STRING"]))
        assert "<title>Your answers</title>" in walker.text
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "http://" not in walker.text.replace("http://www.w3.org", "")
    assert seen == {("/form/", "")}


def test_the_title_says_error_and_nothing_else(walker):
    walker.go_to("K-01")
    walker.press()
    assert "<title>Error: Your answers</title>" in walker.text


def test_a_survey_nobody_could_be_harmed_by_has_titles_and_no_exit(version):
    version.survey.consultation.is_victim_facing = False
    version.survey.consultation.save()
    walker = Walker()
    walker.begin(version.survey.code)
    walker.go_to("K-03")
    assert "<title>Who is filling this in?</title>" in walker.text
    assert "data-exit" not in walker.text


def test_every_page_has_the_exit_and_help(walker):
    for place in ("", "K-01", "K-11", places.CHECK):
        walker.go_to(place)
        assert 'href="/leave"' in walker.text
        assert "call 999" in walker.text


def test_no_form_asks_the_browser_to_remember(walker):
    for place in ("", "K-06", "K-07", "K-10", "K-11", places.CHECK):
        walker.go_to(place)
        assert walker.text.count("<form") == walker.text.count('autocomplete="off"') - walker.text.count(
            '<input type="hidden"'
        ) - walker.text.count('inputmode="numeric"')


def test_typed_words_are_readable_in_no_table(walker):
    walker.go_to("K-11")
    walker.press(answer=CANARY)
    assert CANARY in walker.text
    cells = every_cell()
    assert CANARY not in cells
    assert "canary" not in cells
    walker.press("send")
    assert "canary" not in every_cell()


def test_the_search_for_words_would_find_them(walker):
    DraftAnswer.objects.create(draft=Draft.objects.get(), question_id="planted", value=CANARY)
    assert CANARY in every_cell()


def test_typed_words_open_with_the_cookie_and_with_the_period_and_with_nothing_else(walker, keys):
    walker.go_to("K-11")
    walker.press(answer=CANARY)
    ours = sitting.read(walker.client.get(walker.url).wsgi_request)
    assert drafts.load(ours).answers["K-11"] == CANARY
    with pytest.raises(vault.Damaged):
        drafts.load(sitting.begin(ours.draft_id))
    row = DraftAnswer.objects.get(question_id="K-11")
    with pytest.raises(boxes.WrongBox):
        boxes.unlock(bytes(row.period_box), key=b"k" * 32, context=row.id.bytes)
    carried = boxes.unlock(bytes(row.period_box), key=drafts.carrying_key(ours), context=row.id.bytes)
    text = presealed.from_bytes(carried)
    header = vault.Header(period_id=text.period_id, sealed_text_id=text.sealed_text_id, question_id="K-11")
    assert vault.open_sealed(text.sealed, header=header, private_key=private_key(keys)) == CANARY


def test_words_of_one_question_cannot_be_moved_to_another(walker):
    walker.go_to("K-11")
    walker.press(answer=CANARY)
    box = DraftAnswer.objects.get(question_id="K-11").sitting_box
    DraftAnswer.objects.filter(question_id="K-10").update(sitting_box=box)
    with pytest.raises(vault.Damaged):
        drafts.load(sitting.read(walker.client.get(walker.url).wsgi_request))


def test_short_and_long_words_take_the_same_room(walker):
    walker.go_to("K-11")
    walker.press(answer="Yes")
    row = DraftAnswer.objects.get(question_id="K-11")
    sizes = (len(row.sitting_box), len(row.period_box))
    walker.change("K-11")
    walker.press(answer="A long answer " * 14)
    row.refresh_from_db()
    assert (len(row.sitting_box), len(row.period_box)) == sizes


def test_an_emptied_text_leaves_no_box(walker):
    walker.go_to(places.CHECK)
    walker.change("K-11")
    walker.press("skip")
    row = DraftAnswer.objects.get(question_id="K-11")
    assert row.sitting_box is None
    assert row.period_box is None


def test_nothing_about_a_sitting_shows_its_key(walker):
    ours = sitting.read(walker.client.get(walker.url).wsgi_request)
    assert "key" not in repr(ours)
    assert CANARY not in repr(drafts.load(ours).with_answer("K-11", CANARY))


def test_leaving_deletes_the_draft_clears_the_browser_and_goes_out(walker):
    walker.go_to("K-11")
    response = walker.client.get("/leave")
    assert response.status_code == 303
    assert response["Location"] == settings.HEARD_EXIT_TARGET
    assert response["Cache-Control"] == "no-store"
    assert response["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert response.cookies["sitting"]["max-age"] == 0
    assert not Draft.objects.exists()
    walker.read()
    assert walker.heading == "There is nothing here"


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_browser_that_looks_ahead_deletes_nothing(walker, headers):
    response = walker.client.get("/leave", headers=headers)
    assert response.status_code == 503
    assert Draft.objects.exists()


def test_asking_only_for_the_headers_of_leave_deletes_nothing(walker):
    walker.client.head("/leave")
    assert Draft.objects.exists()


@pytest.mark.django_db
def test_leaving_without_a_sitting_leaves_all_the_same():
    assert Client().get("/leave").status_code == 303


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (1, True), (2, False)])
def test_a_draft_nobody_touched_for_a_whole_day_is_deleted(walker, days, is_kept):
    today = timezone.localdate()
    Draft.objects.update(touched_on=today - datetime.timedelta(days=days))
    assert drafts.discard_abandoned(today) == (0 if is_kept else 1)
    assert Draft.objects.exists() == is_kept


def test_each_accepted_post_touches_the_draft(walker):
    Draft.objects.update(touched_on=datetime.date(2026, 1, 1))
    walker.press()
    assert Draft.objects.get().touched_on == timezone.localdate()


def test_after_sending_nothing_joins_the_browser_to_the_answers(walker):
    walker.go_to(places.CHECK)
    before = walker.client.cookies["sitting"].value
    walker.press("send")
    after = walker.client.cookies["sitting"].value
    assert after != before
    found = every_cell()
    draft_id = sitting.read(request_with(before)).draft_id
    assert str(draft_id) not in found
    assert draft_id.hex not in found


def request_with(cookie: str):
    request = RequestFactory().get("/")
    request.COOKIES[sitting.COOKIE] = cookie
    return request
