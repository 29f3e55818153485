"""Topics of reviewed statements: found by the worker, tied to the passages, decided about by analysts. All made up."""

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from analysis import editions, emerging, topic_decisions
from analysis.codebook import CodebookInvalid
from analysis.codebook.documents import from_text
from analysis.codebook.editing import entry_of
from analysis.coding.places import places
from analysis.coding.recording import Found, code
from analysis.models import CodebookDraft, PassageTag, Topic, TopicRun, TopicStatement, TopicStatus, TopicWord
from analysis.tasks import find_topics
from feedback.consenting import change_uses
from feedback.models import Passage, Use
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import RunFactory, contributions, review
from tests.feedback.factories import ConsultationFactory

pytestmark = pytest.mark.django_db
THINGS = ["violins", "gardens", "herons"]
PEOPLE = 26


@pytest.fixture
def analyst():
    return UserFactory(roles=[Role.ANALYST])


@pytest.fixture
def publisher():
    return UserFactory(roles=[Role.PUBLISHER])


@pytest.fixture(autouse=True)
def no_encoder(monkeypatch, settings, tmp_path):
    """Vectors by the thing that is talked about, so that the groups are known."""

    class ByThing:
        id = "by-thing-v1"

        def encode(self, texts):
            vectors = np.array([[thing in text for thing in THINGS] for text in texts], np.float32)
            vectors += np.random.default_rng(0).normal(0, 0.01, vectors.shape)
            return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    monkeypatch.setattr(emerging, "open_encoder", lambda *_, **__: ByThing())


@pytest.fixture
def said():
    """Twenty-six people for each thing; each passage has one statement no theme covers."""
    consultation, run = ConsultationFactory(), RunFactory()
    made = []
    for thing in THINGS:
        people = contributions(consultation, PEOPLE, may_quote=True, may_paraphrase=True)
        for number, one in enumerate(people):
            text = f"Somebody mentioned {thing} near the {chr(97 + number)}{thing[0]}quay."
            made += review(list(one.sealed_texts.all()), {}, run, text=text)
    return made


@pytest.fixture
def run(said):
    return emerging.find()


def of(run, thing):
    return next(topic for topic in run.topics.all() if topic.words.filter(word=thing).exists())


def page(client, user, name="analysis_topics", *args):
    sign_in(client, user)
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def entry(**changed):
    return {
        "slug": "violins",
        "name": "Violins",
        "parent": "contact",
        "tier": "review",
        "definition": "Made up.",
    } | changed


def test_the_worker_finds_them_told_nothing(said):
    assert find_topics.call() == {"statements": 78, "topics": 3}
    run = TopicRun.objects.get()
    assert (run.mode, run.is_tentative, run.encoder) == ("tentative", True, "by-thing-v1")
    assert {topic.words.order_by("place").first().word for topic in run.topics.all()} >= {"violins", "gardens"}
    assert all(topic.statements.count() == PEOPLE for topic in run.topics.all())


def test_what_a_theme_covers_or_nobody_lets_us_count_is_not_looked_at(said):
    covered = said[0]
    PassageTag.objects.create(
        reading=covered.reading,
        theme="x",
        valence="problem",
        source="rule",
        start=0,
        end=4,
        passage_length=covered.length,
    )
    said[1].contribution.__class__.objects.filter(pk=said[1].contribution_id).update(may_statistics=False)
    passages = {one.passage_id for one in emerging.uncovered()}
    assert passages == {one.pk for one in said[2:]}


def test_what_a_person_coded_says_whether_a_statement_is_covered(said, analyst):
    missed, overstated = said[:2]
    PassageTag.objects.create(
        reading=overstated.reading,
        theme="delay",
        valence="problem",
        source="rule",
        start=0,
        end=4,
        passage_length=overstated.length,
    )
    for passage, themes in ((missed, ["delay"]), (overstated, [])):
        place = places(Passage.objects.get(pk=passage.pk))[0]
        code(place, [Found(theme, "problem", place.start, place.end) for theme in themes], by=analyst)
    assert {one.passage_id for one in emerging.uncovered()} == {one.pk for one in said[1:]}


def test_too_few_is_said_and_nothing_is_kept_of_them(client, analyst):
    run = emerging.find()
    assert (run.mode, run.topics.count()) == ("too few", 0)
    shown = page(client, analyst)
    assert "Too few statements to look for topics." in shown
    assert "fewer than 10" in shown


def test_a_withdrawal_takes_statements_and_words_that_rest_on_them(run, said):
    topic = of(run, "violins")
    assert topic.words.said_by(10).filter(word="violins").exists()
    for passage in said[: PEOPLE - 9]:
        passage.contribution.delete()
    assert topic.statements.count() == 9
    assert not topic.words.said_by(10).filter(word="violins").exists()
    assert topic.words.said_by(3).filter(word="violins").exists()


def test_ending_the_consent_to_count_takes_it_out_of_topics(run, said):
    change_uses(said[0].contribution_id, [Use.QUOTE])
    assert not TopicStatement.objects.filter(passage=said[0]).exists()
    assert Passage.objects.filter(pk=said[0].pk).exists()


def test_a_new_look_drops_what_nobody_decided_about_and_words_too_few_still_say(run, said, analyst):
    kept, gone = of(run, "violins"), of(run, "herons")
    topic_decisions.dismiss(kept, by=analyst)
    for passage in said[: PEOPLE - 2]:
        passage.contribution.delete()
    emerging.find()
    assert Topic.objects.filter(pk=kept.pk).exists()
    assert not Topic.objects.filter(pk=gone.pk).exists()
    assert not TopicWord.objects.filter(topic=kept).exists()


def test_an_analyst_sees_rounded_counts_words_and_a_map_that_the_table_repeats(client, run, analyst):
    shown = page(client, analyst)
    assert shown.count("<circle") == 3
    assert "violins" in shown
    assert "<td>25</td>" in shown
    assert "<td>26</td>" not in shown
    assert "Tentative." in shown


def test_outside_the_analyst_role_only_words_of_ten_are_shown_and_nothing_is_decided(client, run, said, publisher):
    assert "violins" in page(client, publisher)
    for passage in said[: PEOPLE - 9]:
        passage.contribution.delete()
    shown = page(client, publisher)
    assert "violins" not in shown
    assert "Look again" not in shown
    assert "fewer than 10" in shown
    topic = Topic.objects.filter(run=run).first()
    assert client.post(reverse("analysis_topic_dismiss", args=[topic.pk])).status_code == 403
    topic.refresh_from_db()
    assert topic.status == TopicStatus.NEW
    with pytest.raises(PermissionDenied):
        topic_decisions.dismiss(topic, by=publisher)


def test_the_statements_of_a_topic_are_only_those_that_may_be_described(client, run, said, analyst):
    topic = of(run, "violins")
    assert "Somebody mentioned violins" in page(client, analyst, "analysis_topic", topic.pk)
    for passage in said[:PEOPLE]:
        type(passage.contribution).objects.filter(pk=passage.contribution_id).update(
            may_quote=False, may_paraphrase=False
        )
    shown = page(client, analyst, "analysis_topic", topic.pk)
    assert "Somebody mentioned" not in shown
    assert "agreed to be described or quoted" in shown


def test_a_topic_becomes_a_theme_in_the_draft_with_common_words_as_cues(client, run, analyst):
    topic = of(run, "violins")
    sign_in(client, analyst)
    answer = client.post(reverse("analysis_topic_promote", args=[topic.pk]), entry())
    assert answer.url == reverse("analysis_codebook_theme", args=["violins"])
    written = entry_of(from_text(CodebookDraft.objects.get().documents), "violins")
    assert "violins" in written["cues"]
    assert set(written["cues"]) == {row.word for row in topic.words.said_by(10)}
    topic.refresh_from_db()
    assert (topic.status, topic.theme, topic.decided_by) == (TopicStatus.PROMOTED, "violins", analyst)
    assert "violins" in page(client, analyst, "analysis_codebook_theme", "violins")


def test_a_theme_that_is_there_already_is_refused_and_what_was_typed_stays(client, run, analyst):
    draft, topic = editions.begin(by=analyst), of(run, "violins")
    sign_in(client, analyst)
    answer = client.post(
        reverse("analysis_topic_promote", args=[topic.pk]), entry(slug="communication", name="Fiddles")
    )
    shown = answer.content.decode()
    assert "There is a theme “communication” already" in shown
    assert "Fiddles" in shown
    topic.refresh_from_db()
    draft.refresh_from_db()
    assert (topic.status, draft.step) == (TopicStatus.NEW, 0)
    with pytest.raises(CodebookInvalid):
        topic_decisions.promote(topic, entry(slug="communication"), by=analyst)


def test_a_merged_topic_gives_its_statements_and_words_to_the_other(client, run, analyst):
    one, other = of(run, "violins"), of(run, "herons")
    sign_in(client, analyst)
    client.post(reverse("analysis_topic_merge", args=[one.pk]), {"into": str(other.pk)})
    assert other.statements.count() == 2 * PEOPLE
    words = {row.word for row in other.words.said_by(10)}
    assert {"violins", "herons"} <= words
    one.refresh_from_db()
    assert (one.status, one.merged_into) == (TopicStatus.MERGED, other)
    shared = other.words.get(word="mentioned") if other.words.filter(word="mentioned").exists() else None
    assert shared is None or shared.sayings.count() == 2 * PEOPLE


def test_nothing_is_decided_twice(client, run, analyst):
    topic, other = list(run.topics.all())[:2]
    topic_decisions.dismiss(topic, by=analyst)
    for late in (
        lambda: topic_decisions.dismiss(topic, by=analyst),
        lambda: topic_decisions.promote(topic, entry(), by=analyst),
        lambda: topic_decisions.merge(other, topic, by=analyst),
        lambda: topic_decisions.merge(other, other, by=analyst),
    ):
        with pytest.raises(topic_decisions.AlreadyDecided):
            late()
    sign_in(client, analyst)
    for name in ("promote", "merge"):
        assert client.get(reverse(f"analysis_topic_{name}", args=[topic.pk])).url == reverse("analysis_topics")
    assert "Dismissed" in page(client, analyst)


def test_others_do_not_even_see_the_screen(client, run):
    sign_in(client, UserFactory(roles=[Role.MODERATOR]))
    assert client.get(reverse("analysis_topics")).status_code == 403
    assert client.post(reverse("analysis_topics_look")).status_code == 403
