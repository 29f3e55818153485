"""The search screens of the admin, and the page that says who searched. Every word here is made up."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Role
from analysis.codebook import load
from analysis.coding.places import places
from analysis.coding.recording import Found, code
from analysis.models import Alike, PassageVector, Search, Why
from analysis.search import asking, finding
from feedback.models import Contribution
from feedback.retention import withdraw
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.coding.factories import passage
from tests.feedback.factories import PassageFactory

pytestmark = pytest.mark.django_db
HOME = "/admin/passages/"


@pytest.fixture
def analyst():
    return UserFactory(roles=[Role.ANALYST])


@pytest.fixture
def browser(client, analyst):
    sign_in(client, analyst)
    return client


def said(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def ask(browser, words="ring", why="theme", **more):
    return browser.post(HOME, {"words": words, "why": why, **more}, follow=True)


def results(browser, words="ring"):
    return said(ask(browser, words)).split("<main")[1]


def themes_shown(page):
    (facts,) = re.findall(r'one-evidence__facts">(.*?)</p>', page)
    slugs = {escape(theme.name): theme.slug for theme in load().themes}
    return [slugs[name] for name in re.findall(r"<span>(.*?)</span>", facts)]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANALYST])
def test_others_are_refused_before_anything_is_looked_up(client, role):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(HOME).status_code in {302, 403}
    assert client.post(HOME, {"words": "ring", "why": "theme"}).status_code in {302, 403}
    assert not Search.objects.exists()


def test_rank_is_not_access(client):
    sign_in(client, UserFactory(is_superuser=True, is_staff=True))
    assert client.get(HOME).status_code in {302, 403}
    assert client.get(reverse("analysis:searches")).status_code == 403


def test_an_analyst_finds_it_in_the_menu(browser):
    assert HOME in said(browser.get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"words": "ring", "why": ""}, "This field is required"),
        ({"words": "", "why": "theme"}, "This field is required"),
        ({"words": "-court", "why": "theme"}, "Type at least one word to look for."),
        ({"words": "ring", "why": "other"}, "Say in a few words why you search."),
        ({"words": "ring", "why": "curious"}, "Select a valid choice"),
        ({"words": "ring\x00", "why": "theme"}, "Null characters are not allowed"),
        ({"words": "r" * 201, "why": "theme"}, "at most 200 characters"),
    ],
)
def test_without_words_or_a_reason_nothing_is_searched_or_kept(browser, sent, told):
    assert told in said(browser.post(HOME, sent))
    assert not Search.objects.exists()


def test_the_words_stand_in_no_address(browser):
    response = ask(browser, "Quillfeather")
    assert all("uillfeather" not in url for url, _ in response.redirect_chain)


def test_what_was_looked_for_is_marked_and_waits_to_be_shown(browser):
    passage("It rained. They rang me. I made tea.", {})
    assert re.search(r"<details.*It rained\. They <mark>rang</mark> me\. I made tea\..*</details>", results(browser))


def test_no_fact_but_the_theme_stands_beside_the_words(browser):
    one = passage("They rang me about it.", {"rang me": ("communication", "problem")})
    page = results(browser)
    assert themes_shown(page) == ["communication"]
    given = Contribution.objects.get(pk=one.contribution_id)
    for fact in (
        given.get_voice_display(),
        given.get_channel_display(),
        given.consultation.title,
        "Problem",
        "quoted<",
    ):
        assert fact not in page
    assert str(timezone.localdate().year) not in re.sub(r"<script.*?</script>|<[^>]+>", " ", page)


def test_what_people_found_stands_in_the_place_of_what_a_machine_saw(browser, analyst):
    one = passage("They rang me about it.", {"rang me": ("communication", "problem")})
    place = places(one)[0]
    code(place, [Found("respect-dignity", "praise", place.start, place.end)], by=analyst)
    assert themes_shown(results(browser)) == ["respect-dignity"]


def test_no_total_is_given_and_more_is_asked_for(browser, monkeypatch):
    monkeypatch.setattr(finding, "A_PAGE", 3)
    for _ in range(5):
        PassageFactory(quotable=True, text="They rang.")
    response = ask(browser)
    address = response.redirect_chain[-1][0]
    first, second = response.content.decode(), said(browser.get(address, {"page": 2}))
    assert (first.count("<mark>"), second.count("<mark>")) == (3, 2)
    assert "?page=2" in first
    assert "?page=3" not in second
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", first.split("<main")[1], flags=re.DOTALL)
    assert not re.search(r"\b[35]\b|\bfive\b|\bof 2\b", text)


@pytest.mark.parametrize("number", ["0", "-1", "5", "x", "9" * 30])
def test_there_is_no_such_page(browser, number):
    address = ask(browser).redirect_chain[-1][0]
    assert browser.get(address, {"page": number}).status_code == 404


def test_somebody_elses_search_and_yesterdays_lead_back_to_the_form(browser):
    search = asking.ask("ring", why=Why.THEME, by=UserFactory(roles=[Role.ANALYST]))
    response = browser.get(reverse("analysis_search_results", args=[search.pk]), follow=True)
    assert response.redirect_chain[-1][0] == HOME
    assert "does not stand any more" in said(response)


def test_words_are_never_read_as_markup(browser):
    PassageFactory(quotable=True, text="<script>They rang")
    page = results(browser, '<img src=x> "rang')
    assert "<script>They" not in page
    assert "<img" not in page


def test_more_like_this_shows_what_is_alike_and_is_kept_with_the_reason(browser):
    one = PassageFactory(quotable=True, text="They rang me.")
    other = PassageFactory(quotable=True, text="Someone telephoned.")
    rows = [PassageVector.objects.create(passage=row, encoder="e", key=str(row.pk), vector=b"") for row in (one, other)]
    Alike.objects.create(passage=rows[0], other=rows[1], likeness=0.9)
    page = results(browser)
    (action,) = re.findall(r'action="(/admin/passages/[^"]+/like/[^"]+)"', page)
    assert browser.get(action).status_code == 405
    alike = said(browser.post(action, follow=True)).split("<main")[1]
    assert "Someone telephoned." in alike
    assert "They rang me." in alike
    assert Search.objects.filter(like_passage_id=one.pk, why="theme").count() == 1


def test_more_like_what_was_taken_back_says_so(browser):
    one = PassageFactory(quotable=True, text="They rang me.")
    (action,) = re.findall(r'action="(/admin/passages/[^"]+/like/[^"]+)"', results(browser))
    withdraw(Contribution.objects.get(pk=one.contribution_id))
    assert "was taken back meanwhile" in said(browser.post(action, follow=True))


def test_the_pages_are_kept_by_no_browser(browser):
    assert "no-store" in ask(browser)["Cache-Control"]


def test_the_number_of_queries_does_not_grow_with_the_results(browser, django_assert_max_num_queries):
    for _ in range(6):
        passage("They rang me about it.", {"rang me": ("communication", "problem")})
    address = ask(browser).redirect_chain[-1][0]
    with django_assert_max_num_queries(24):
        browser.get(address)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_who_searched_is_for_administrators(client, role):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(reverse("analysis:searches")).status_code == 403


def test_an_administrator_reads_who_looked_for_what_and_why(client, analyst):
    asking.ask("Quillfeather", why=Why.OTHER, why_words="to test it", by=analyst)
    sign_in(client, UserFactory(roles=[Role.ADMINISTRATOR]))
    assert reverse("analysis:searches") in said(client.get(reverse("accounts:start")))
    response = client.get(reverse("analysis:searches"))
    page = said(response)
    assert "Quillfeather" in page
    assert "to test it" in page
    assert (analyst.get_full_name() or analyst.get_username()) in page
    assert "no-store" in response["Cache-Control"]
