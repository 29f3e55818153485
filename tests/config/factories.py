"""One small fictional installation with something at every address, and somebody of every kind."""

import datetime
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from accounts.models import Role
from analysis import editions
from analysis.coding.places import places
from analysis.coding.recording import Found, code
from analysis.models import Topic, TopicRun, TopicStatement, TopicWatch, WatchOutcome, Why
from analysis.search.asking import ask
from config.addresses import PERSON_ACT
from feedback import keys
from feedback.models import Contribution
from surveys.definition import Kind
from surveys.equality import bank
from surveys.journey.places import CHECK
from surveys.models import EqualityQuestion, ListedOption
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.coding.factories import passage
from tests.analysis.factories import release
from tests.feedback.factories import SealedTextFactory, SupportServiceFactory
from tests.pages.factories import make_site, root
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND, WHOLE_WAY, Walker
from tests.surveys.returning.factories import come_back, take_words

COMPARE = "admin/snippets/surveys/survey/history/{}/revisions/compare/earliest...latest/"
DAY = datetime.date(2026, 1, 1)
SAID = WHOLE_WAY["K-11"]["answer"].split("\n", maxsplit=1)[0]


@dataclass
class World:
    """What the installation holds, by the names that addresses give it."""

    given: dict[str, dict[str, object]] = field(default_factory=dict)
    words: str = ""
    people: dict[str, object] = field(default_factory=dict)
    unmarked: object = None
    others_coding: object = None

    def client(self, column: str) -> Client:
        """A browser of this kind of person."""
        if column == "With return words":
            client = Client(raise_request_exception=False)
            client.cookies = come_back(self.words).client.cookies
            return client
        client = Client(raise_request_exception=False)
        if column in self.people:
            sign_in(client, self.people[column])
        return client


def ready() -> None:
    """This month's period with its keys, where nothing else has made them."""
    keys.prepare_periods()


def make_world() -> World:
    """Everything, made through the same functions as elsewhere in the tests. Needs keys for this month."""
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    root()
    world = World()
    world.people = {role.label: UserFactory(roles=[role]) for role in Role}
    world.people |= {
        "Signed in, no role": UserFactory(),
        "Superuser, no role": UserFactory(is_superuser=True, is_staff=True),
    }
    survey = SurveyFactory(published=True, definition=EVERY_KIND)
    pages = make_site(survey)
    walker = Walker()
    walker.begin(survey.code)
    world.words = take_words(walker)
    walker.go_to(CHECK)
    walker.press("send")
    sent = Contribution.objects.get()
    world.given = {
        **_of_pages(pages, survey),
        **_of_snippets(survey),
        "admin/snippets/surveys/survey/languages/": {"language": "cy", "pk": survey.pk},
        "staff/people/": {"user_id": world.people["Editor"].pk},
        PERSON_ACT: f"staff/people/{world.people['Editor'].pk}/report-lost/",
        "admin/users/": {"pk": world.people["Editor"].pk},
        **_of_reading(sent, world),
        **_of_understanding(survey.consultation, world),
    }
    return world


def _of_pages(pages, survey) -> dict:
    home, guidance = pages["home"], pages["guidance"]
    revision = guidance.save_revision()
    document = Document.objects.create(title="Fictional", file=ContentFile(b"fictional", "fictional.txt"))
    image = Image.objects.create(title="Fictional", file=get_test_image_file())
    page = {"page_id": guidance.pk, "parent_page_id": home.pk, "page_to_move_id": guidance.pk}
    kind = {"content_type_app_name": "pages", "content_type_model_name": "guidancepage", "model_name": "guidancepage"}
    compare = f"admin/pages/{guidance.pk}/revisions/compare/{revision.pk}...live/"
    code = f"admin/outreach/{pages['consultation'].pk}/a"
    return {
        "": {**page, **kind, "app_label": "pages", "destination_id": home.pk, "revision_id": revision.pk, "pk": 1},
        "admin/pages/": {"page_id": guidance.pk},
        "admin/outreach/": {"pk": pages["consultation"].pk},
        "admin/images/": {"image_id": image.pk, "filter_spec": "original", "pk": image.pk},
        "admin/documents/": {"document_id": document.pk, "doc_id": document.pk, "pk": document.pk},
        "admin/api/main/pages/": {"pk": guidance.pk, "action_name": "copy"},
        "admin/api/main/documents/": {"pk": document.pk},
        "admin/api/main/images/": {"pk": image.pk},
        "admin/editing-sessions/": {"object_id": guidance.pk, "session_id": 1},
        r"admin/pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$": compare,
        r"admin/outreach/(?P<pk>[0-9]{1,9})/(?P<code>[a-z])\.(?P<kind>svg|png)$": f"{code}.svg",
        "admin/outreach/(?P<pk>[0-9]{1,9})/(?P<code>[a-z])/(?P<size>a4|a6)/$": f"{code}/a4/",
        r"admin/snippets/surveys/survey/history/(?P<pk>.+)/revisions/compare/"
        r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": COMPARE.format(survey.pk),
        r"^((?:[\w\-]+/)*)$": "privacy/",
        "admin/.*/$": "admin/nothing-here/",
        "admin/bulk/": {"app_label": "wagtailcore", "model_name": "page", "action": "publish"},
    }


def _of_snippets(survey) -> dict:
    office = survey.consultation.organisation
    bank.adopt(office, from_date=DAY, by=UserFactory(roles=[Role.EDITOR]))
    listed = ListedOption.objects.create(kind=Kind.AREA, value="fenmarch", label="Fenmarch", from_date=DAY)
    made = {
        "surveys/survey": survey,
        "surveys/listedoption": listed,
        "surveys/equalityquestion": EqualityQuestion.objects.first(),
        "feedback/consultation": survey.consultation,
        "feedback/organisation": office,
        "feedback/supportservice": SupportServiceFactory(),
    }
    return {f"admin/snippets/{name}/": {"pk": one.pk} for name, one in made.items()} | {
        f"admin/snippets/choose/{name}/": {"pk": one.pk} for name, one in made.items()
    }


def _of_reading(sent, world) -> dict:
    text = sent.sealed_texts.first()
    marked = SealedTextFactory(contribution__urgent=True)
    world.unmarked = sent
    return {
        "admin/review/": {"pk": text.pk},
        "admin/safeguarding/": {"pk": marked.contribution.pk, "text_pk": marked.pk},
        "admin/keying/": {"code": sent.consultation.surveys.get().code},
    }


def _of_understanding(consultation, world) -> dict:
    coders = [UserFactory(roles=[Role.ANALYST]) for _ in range(2)]
    differently = passage(decision__sealed_text__is_audited=True)
    place = places(differently)[0]
    found = Found("communication", "problem", place.start, place.end)
    world.others_coding = code(place, [found], by=coders[0])
    code(place, [], by=coders[1])
    waiting = places(passage())[0]
    editions.begin(by=coders[0])
    run = TopicRun.objects.create(
        number=1, ran_on=timezone.localdate(), mode="words", encoder="words", seed=1, statements=1
    )
    topic = Topic.objects.create(run=run, number=1, stability=1.0, x=0.5, y=0.5)
    TopicStatement.objects.create(topic=topic, passage=differently, start=place.start, end=place.end, nearness=1)
    watch = TopicWatch.objects.create(week=DAY, outcome=WatchOutcome.ALERT, chance=0.01)
    search = ask("anything", why=Why.values[0], by=world.people["Analyst"])
    frozen = release(consultation, world.people["Publisher"], quarters=("2026-Q4",))
    return {
        "admin/coding/<uuid:pk>/": {"pk": waiting.passage.pk, "start": waiting.start},
        "admin/coding/<uuid:pk>/take-back/": {"pk": world.others_coding.pk},
        "admin/coding/differences/": {"pk": differently.pk, "start": place.start},
        "admin/codebook/": {"slug": "communication", "which": "in-use"},
        "admin/topics/": {"pk": topic.pk},
        "admin/topics/alert/": {"pk": watch.pk},
        "admin/passages/": {"pk": search.pk, "passage": differently.pk},
        "reports/": {"release_id": frozen.pk},
    }
