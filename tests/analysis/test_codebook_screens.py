"""The codebook in the admin: drafted by one person, compared, published by another, and in use from then on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Role
from analysis import editions
from analysis.codebook import CodebookInvalid, load
from analysis.codebook.documents import from_text, to_yaml
from analysis.codebook.editing import entry_of, merged, with_theme
from analysis.editions import ChangedMeanwhile
from analysis.models import CodebookDraft, CodebookVersion
from analysis.report.counting import count
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import contributions
from tests.feedback.factories import ConsultationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return UserFactory(roles=[Role.ANALYST])


@pytest.fixture
def publisher():
    return UserFactory(roles=[Role.PUBLISHER])


@pytest.fixture
def draft(analyst):
    return editions.begin(by=analyst)


def url(name, *args):
    return reverse(f"analysis_codebook{name}", args=args)


def say(response):
    return " ".join(response.content.decode().split())


def theme_post(draft, slug="communication", **changed):
    entry = entry_of(from_text(draft.documents), slug)
    lists = {"cues": entry["cues"], **entry["patterns"]}
    typed = {name: value for name, value in entry.items() if name not in ("patterns", "number")}
    lines = {name: "\n".join(said) for name, said in lists.items()}
    return {"step": draft.step, **typed, **lines, **changed}


def published(draft, documents, publisher):
    editions.change(draft, documents, by=draft.begun_by)
    return editions.publish(CodebookDraft.objects.get(), note="Made up.", by=publisher)


def test_until_a_version_is_published_the_shipped_codebook_is_in_use(draft):
    assert editions.current() is load()


def test_an_edited_theme_is_kept_in_the_draft_and_nowhere_else(client, analyst, draft):
    sign_in(client, analyst)
    client.post(url("_theme", "communication"), theme_post(draft, definition="Being told, and in time."))
    kept = from_text(CodebookDraft.objects.get().documents).read()
    assert kept.theme("communication").definition == "Being told, and in time."
    assert kept.theme("communication").patterns == load().theme("communication").patterns
    assert kept.theme("communication").number == load().theme("communication").number
    assert editions.current().theme("communication").definition == load().theme("communication").definition


def test_saving_a_theme_unchanged_changes_nothing(client, analyst, draft):
    sign_in(client, analyst)
    client.post(url("_theme", "communication"), theme_post(draft))
    assert from_text(CodebookDraft.objects.get().documents).read().sha256 == load().sha256


def test_a_pattern_that_cannot_be_read_is_refused_with_everything_typed_still_there(client, analyst, draft):
    sign_in(client, analyst)
    answer = client.post(
        url("_theme", "communication"), theme_post(draft, problem="(never .. told", definition="Kept?")
    )
    assert "A pattern cannot be read." in say(answer)
    assert "(never .. told" in say(answer)
    assert "Kept?" in say(answer)
    assert CodebookDraft.objects.get().step == draft.step


def test_of_two_people_the_second_is_told_and_keeps_what_they_typed(client, analyst, draft):
    sign_in(client, analyst)
    stale = theme_post(draft, definition="The second one wrote this.")
    client.post(url("_theme", "communication"), theme_post(draft, definition="The first one wrote this."))
    answer = client.post(url("_theme", "communication"), stale)
    assert "Somebody else has changed the draft" in say(answer)
    assert "The second one wrote this." in say(answer)
    kept = from_text(CodebookDraft.objects.get().documents).read()
    assert kept.theme("communication").definition == "The first one wrote this."


def test_a_new_theme_is_added(client, analyst, draft):
    sign_in(client, analyst)
    typed = {"slug": "lost-property", "name": "Lost property", "definition": "Made up.", "parent": "contact"}
    client.post(url("_add"), {"step": draft.step, "tier": "review", **typed})
    assert from_text(CodebookDraft.objects.get().documents).read().theme("lost-property").name == "Lost property"


def test_themes_are_merged_and_split_from_their_pages(client, analyst, draft):
    sign_in(client, analyst)
    client.post(url("_merge"), {"step": 0, "themes_gone": ["by-and-for"], "into": "support-availability"})
    part = {f"{name}_{number}": f"part-{number}" for name in ("slug", "name", "definition") for number in (1, 2)}
    client.post(url("_split"), {"step": 1, "theme": "communication", **part})
    book = from_text(CodebookDraft.objects.get().documents).read()
    assert book.now("by-and-for") == "support-availability"
    assert book.theme("part-2").rolls_up_to == "communication"


def test_the_differences_are_shown_before_publishing(client, analyst, draft):
    sign_in(client, analyst)
    client.post(url("_theme", "communication"), theme_post(draft, definition="Being told, and in time."))
    page = say(client.get(url("_compare")))
    assert "<ins>Being told, and in time.</ins>" in page
    assert f"<del>{load().theme('communication').definition.split(',')[0]}" in page
    assert "Publish this version" not in page


def test_a_publisher_publishes_and_it_is_in_use(client, analyst, publisher, draft):
    documents = with_theme(
        from_text(draft.documents), {**entry_of(from_text(draft.documents), "communication"), "name": "Told"}
    )
    editions.change(draft, documents, by=analyst)
    sign_in(client, publisher)
    client.post(url("_compare"), {"step": draft.step + 1, "note": "A shorter name."})
    assert editions.current().theme("communication").name == "Told"
    assert (editions.current().version, CodebookDraft.objects.count()) == ("1.1", 0)
    assert "A shorter name." in say(client.get(url("")))


def test_a_draft_that_changed_after_it_was_shown_is_not_published(client, analyst, publisher, draft):
    documents = with_theme(
        from_text(draft.documents), {**entry_of(from_text(draft.documents), "communication"), "name": "Told"}
    )
    editions.change(draft, documents, by=analyst)
    sign_in(client, publisher)
    answer = client.post(url("_compare"), {"step": draft.step, "note": "Unread."})
    assert "has changed since this page was shown" in say(answer)
    assert CodebookVersion.objects.count() == 0


def test_a_draft_that_says_nothing_new_is_not_published(publisher, draft):
    with pytest.raises(CodebookInvalid, match="says what the codebook in use says"):
        editions.publish(draft, note="", by=publisher)


def test_a_published_version_never_changes(analyst, publisher, draft):
    documents = merged(from_text(draft.documents), ["by-and-for"], into="support-availability")
    published(draft, documents, publisher)
    with pytest.raises(DatabaseError), transaction.atomic():
        CodebookVersion.objects.update(note="Rewritten.")


def test_there_is_one_draft_at_a_time(analyst, draft):
    with pytest.raises(ChangedMeanwhile):
        editions.begin(by=analyst)


def test_a_theme_merged_since_counts_as_the_one_it_went_into(analyst, publisher, draft):
    consultation = ConsultationFactory()
    contributions(consultation, 1, themes={"by-and-for": "problem"})
    merge = merged(from_text(draft.documents), ["by-and-for"], into="support-availability")
    published(draft, merge, publisher)
    (heard,) = count(consultation, ["2026-Q3"], {})
    assert set(heard.themes) == {"support-availability"}


def test_an_exported_file_comes_back_as_the_draft(client, analyst):
    sign_in(client, analyst)
    text = client.get(url("_export", "in-use")).content.decode().replace("name: Contact and", "name: Getting in", 1)
    assert "Getting in" in text
    client.post(url("_import"), {"file": SimpleUploadedFile("codebook.yaml", text.encode())})
    assert "Getting in communication" in from_text(CodebookDraft.objects.get().documents).read().groups.values()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"head: [", "cannot be read as YAML"), (b"\xff\xfe", "not UTF-8"), (b"- a", "not a codebook")],
)
def test_a_file_that_is_no_codebook_is_refused_in_a_sentence(client, analyst, content, said):
    sign_in(client, analyst)
    assert said in say(client.post(url("_import"), {"file": SimpleUploadedFile("x.yaml", content)}))
    assert CodebookDraft.objects.count() == 0


def test_a_published_version_can_be_exported_for_good(client, analyst, publisher, draft):
    documents = merged(from_text(draft.documents), ["by-and-for"], into="support-availability")
    version = published(draft, documents, publisher)
    sign_in(client, analyst)
    assert client.get(url("_export", str(version.number))).content.decode() == to_yaml(from_text(version.documents))
    assert client.get(url("_export", "99")).status_code == 404


@pytest.mark.parametrize("name", ["_theme", "_merge", "_split", "_add"])
def test_without_a_draft_the_way_leads_back_to_the_codebook(client, analyst, name):
    sign_in(client, analyst)
    args = ["communication"] if name == "_theme" else []
    assert client.get(url(name, *args)).url == url("")


def test_a_theme_that_is_not_there_leads_back_to_the_codebook(client, analyst, draft):
    sign_in(client, analyst)
    assert client.get(url("_theme", "nowhere")).url == url("")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.SAFEGUARDING_LEAD])
@pytest.mark.parametrize("name", ["", "_compare", "_import", "_merge"])
def test_other_roles_see_nothing_of_it(client, role, name):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(url(name)).status_code in (302, 403)
    assert "Codebook" not in say(client.get(reverse("wagtailadmin_home"), follow=True))


def test_a_publisher_cannot_edit_and_an_analyst_cannot_publish(client, analyst, publisher, draft):
    sign_in(client, publisher)
    assert client.post(url("_discard")).status_code in (302, 403)
    assert CodebookDraft.objects.count() == 1
    sign_in(client, analyst)
    client.post(url("_compare"), {"step": 0, "note": "x"})
    assert CodebookVersion.objects.count() == 0
