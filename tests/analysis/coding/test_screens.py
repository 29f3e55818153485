"""The coding screens as plain forms, without a script. Every word here is made up."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.roles import MAY, Capability
from analysis.coding.places import places
from analysis.coding.recording import Found, code
from analysis.models import CodedTag, Coding, PassageTag
from analysis.staff.urls import urlpatterns
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.coding.factories import analyst, passage

pytestmark = pytest.mark.django_db
BLANK = {
    "theme-1": "",
    "how-1": "problem",
    "words-1": "",
    "theme-2": "",
    "how-2": "problem",
    "words-2": "",
    "theme-3": "",
    "how-3": "problem",
    "words-3": "",
}


@pytest.fixture(autouse=True)
def not_audited(settings):
    settings.HEARD_AUDIT_SHARE = 0


@pytest.fixture
def coder(client):
    client.coder = analyst()
    sign_in(client, client.coder)
    return client


def item(place, name="analysis_coding_item"):
    return reverse(name, args=[place.passage.pk, place.start])


def words_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("role", [*Role, None])
def test_only_coders_reach_any_of_it(client, role):
    place = places(passage())[0]
    sign_in(client, UserFactory(roles=[role]) if role else UserFactory(is_superuser=True))
    coding = code(place, [], by=analyst())
    allowed = bool(role) and Capability.CODE in MAY[role]
    for route in (one for one in urlpatterns if one.name.startswith("analysis_coding")):
        wanted = route.pattern.converters
        numbers = {"pk": coding.pk if "take_back" in route.name else place.passage.pk, "start": place.start}
        where = reverse(route.name, kwargs={name: numbers[name] for name in wanted})
        response = client.post(where) if "take_back" in route.name else client.get(where)
        went_to = urlsplit(response.headers.get("Location", where)).path
        refused = response.status_code == 403 or "coding" not in went_to
        assert refused != allowed, route.name
    assert Coding.objects.exists()


def test_the_next_statement_is_covered_with_its_evidence_marked_and_its_theme_explained(coder):
    passage()
    response = coder.get(reverse("analysis_coding_next"), follow=True)
    page = words_of(response)
    place = response.context["place"]
    assert '<details class="words" data-words>' in page
    assert "no-store" in response.headers["Cache-Control"]
    assert place.number == 1
    assert "<mark>Nobody rang me back</mark>" in page
    assert "What “" in page
    assert len(re.findall(r'<input type="radio" name="keep-communication" value="(?:yes|fix|no)"', page)) == 3


def test_yes_no_and_ones_own_are_kept_with_what_they_do_to_the_suggestion(coder):
    place = places(passage())[1]
    sent = BLANK | {
        "keep-respect-dignity": "yes",
        "valence-respect-dignity": "mixed",
        "theme-1": response_name("delay"),
        "words-1": "in the end",
    }
    response = coder.post(item(place), sent)
    assert response.status_code == 302
    made = {tag.theme: tag for tag in CodedTag.objects.all()}
    kept, own = made["respect-dignity"], made["delay"]
    assert (kept.how, kept.suggested, kept.valence) == ("corrected", "respect-dignity", "mixed")
    text = place.passage.text
    assert (own.how, own.suggested, text[own.start : own.end]) == ("added", "", "in the end")
    assert Coding.objects.get().coder == coder.coder


def response_name(slug):
    from analysis.codebook import load

    return load().theme(slug).name


def test_a_statement_may_have_six_themes_of_ones_own(coder):
    place = places(passage(tags={}))[0]
    slugs = ["delay", "training", "consistency", "communication", "victim-blaming", "therapy-access"]
    named = {f"theme-{number}": response_name(slug) for number, slug in enumerate(slugs, start=1)}
    coder.post(item(place), BLANK | named)
    assert set(CodedTag.objects.values_list("theme", flat=True)) == set(slugs)


def test_accepting_and_refusing(coder):
    first, second = places(passage())[:2]
    coder.post(item(first), BLANK | {"keep-communication": "yes", "valence-communication": "problem"})
    assert CodedTag.objects.get().how == "accepted"
    coder.post(item(second), BLANK | {"none": "on", "valence-respect-dignity": "praise"})
    assert [one.tags.count() for one in Coding.objects.order_by("start")] == [1, 0]


def test_a_suggestion_is_corrected_in_its_theme_and_its_words(coder):
    place = places(passage())[1]
    fixed = {"fix-theme-respect-dignity": response_name("delay"), "fix-words-respect-dignity": "in the end"}
    coder.post(item(place), BLANK | {"keep-respect-dignity": "fix", "valence-respect-dignity": "praise"} | fixed)
    tag, text = CodedTag.objects.get(), place.passage.text
    assert (tag.theme, tag.valence, tag.how, tag.suggested) == ("delay", "praise", "corrected", "respect-dignity")
    assert text[tag.start : tag.end] == "in the end"
    assert PassageTag.objects.filter(theme="respect-dignity").exists(), "the machine's tag stays as it was"


@pytest.mark.parametrize(
    ("words", "kept", "how"),
    [("was kind", "was kind", "accepted"), ("", "The officer was kind in the end.", "corrected")],
)
def test_a_correction_that_changes_nothing_accepts_and_no_words_mean_all_of_them(coder, words, kept, how):
    place = places(passage())[1]
    fixed = {"fix-theme-respect-dignity": response_name("respect-dignity"), "fix-words-respect-dignity": words}
    coder.post(item(place), BLANK | {"keep-respect-dignity": "fix", "valence-respect-dignity": "praise"} | fixed)
    tag = CodedTag.objects.get()
    assert (tag.how, place.passage.text[tag.start : tag.end].strip()) == (how, kept)


def test_the_form_of_a_correction_holds_what_the_machine_saw(coder):
    page = words_of(coder.get(item(places(passage())[1])))
    assert 'name="fix-words-respect-dignity"' in page
    assert 'value="was kind"' in page
    assert f'value="{response_name("respect-dignity")}"' in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Say yes or no."),
        ({"keep-communication": "no"}, "Choose a theme"),
        ({"keep-communication": "no", "theme-1": "Teapots"}, "No theme has this name"),
        ({"keep-communication": "yes", "theme-1": "COMMUNICATION"}, "here already"),
        ({"keep-communication": "no", "theme-1": "DELAY", "words-1": "I made tea"}, "not in the statement"),
        ({"keep-communication": "perhaps"}, "Say yes or no."),
        ({"keep-communication": "fix", "fix-theme-communication": "Teapots"}, "No theme has this name"),
        ({"keep-communication": "fix", "fix-theme-communication": ""}, "No theme has this name"),
        ({"keep-communication": "fix", "fix-theme-communication": "DELAY", "theme-1": "DELAY"}, "here already"),
        (
            {"keep-communication": "fix", "fix-theme-communication": "DELAY", "fix-words-communication": "I made tea"},
            "not in the statement",
        ),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(coder, sent, said):
    named = {key: response_name(value.lower()) if value.isupper() else value for key, value in sent.items()}
    page = words_of(coder.post(item(places(passage())[0]), BLANK | {"valence-communication": "problem"} | named))
    assert said in page
    assert all(value in page for key, value in named.items() if key.startswith(("theme", "words")))
    assert not Coding.objects.exists()


def test_an_audited_statement_shows_no_suggestion_and_no_evidence(coder, settings):
    settings.HEARD_AUDIT_SHARE = 1
    place = places(passage())[0]
    code(place, [Found("delay", "problem", 0, 6)], by=analyst())
    page = words_of(coder.get(item(place)))
    assert "Two people code this statement" in page
    assert "<mark>" not in page
    assert "keep-" not in page
    coder.post(item(place), BLANK | {"none": "on", "keep-communication": "yes"})
    assert set(Coding.objects.values_list("was_blind", flat=True)) == {True}


def test_what_was_coded_is_shown_and_can_be_taken_back(coder):
    place = places(passage())[0]
    coding = code(place, [Found("delay", "problem", 0, 6)], by=coder.coder)
    assert response_name("delay") in words_of(coder.get(item(place)))
    coder.post(reverse("analysis_coding_take_back", args=[coding.pk]))
    assert not Coding.objects.exists()


def test_enough_for_today_leads_to_a_break_and_never_to_a_count(coder, settings):
    settings.HEARD_CODING_A_DAY = 1
    first, second = places(passage())[:2]
    coder.post(item(first), BLANK | {"none": "on"})
    for where in (reverse("analysis_coding_next"), item(second)):
        page = words_of(coder.get(where, follow=True))
        assert "enough for today" in page
        assert "was kind" not in page
    coder.post(item(second), BLANK | {"none": "on"})
    assert Coding.objects.count() == 2, "what was open already is kept"


def test_skipping_goes_through_the_queue_and_back_to_its_start(coder):
    passage()
    seen = [
        coder.get(reverse("analysis_coding_next"), {"at": at}, follow=True).context["place"].start for at in range(3)
    ]
    assert len(set(seen)) == 3
    assert coder.get(reverse("analysis_coding_next"), {"at": 3}, follow=True).context["place"].start == seen[0]
    for nonsense in ("-1", "x", "9" * 30, "٣"):
        assert coder.get(reverse("analysis_coding_next"), {"at": nonsense}, follow=True).status_code == 200


def test_words_taken_back_are_gone_and_said_so(coder):
    made = passage()
    place = places(made)[0]
    made.contribution.delete()
    assert "taken back" in words_of(coder.get(item(place), follow=True))
    assert "taken back" in words_of(coder.post(item(place), BLANK | {"none": "on"}, follow=True))


def test_differences_are_settled_on_a_page_of_their_own(coder, settings):
    settings.HEARD_AUDIT_SHARE = 1
    place = places(passage())[0]
    listing = reverse("analysis_coding_differences")
    assert "Nothing waits" in words_of(coder.get(listing))
    code(place, [Found("delay", "problem", 0, 6)], by=analyst())
    code(place, [], by=analyst())
    where = item(place, "analysis_coding_settle")
    assert where in words_of(coder.get(listing))
    page = words_of(coder.get(where))
    assert "None of the themes" in page
    assert f"{response_name('delay')}: Problem" in page
    coder.post(where, BLANK | {"theme-1": response_name("delay")})
    assert Coding.objects.get(standing="third").tags.get().theme == "delay"
    assert "nothing to settle" in words_of(coder.get(where, follow=True))


def test_an_empty_queue_says_what_will_appear(coder):
    page = words_of(coder.get(reverse("analysis_coding_next"), follow=True))
    assert "Nothing waits to be coded" in page


@pytest.mark.parametrize(("share", "heading", "has_keys"), [(0, "Other themes", True), (1, "Themes", False)])
def test_only_where_something_is_suggested_the_page_speaks_of_suggestions(coder, settings, share, heading, has_keys):
    settings.HEARD_AUDIT_SHARE = share
    shown = words_of(coder.get(item(places(passage())[0])))
    assert f">{heading}</legend>" in shown
    assert ("Suggestion: yes, correct it, no" in shown) is has_keys
