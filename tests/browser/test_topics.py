"""The map of topics in a real browser: clean for axe, readable on a small and on a wide screen. All made up."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from analysis import topic_decisions
from analysis.models import Topic, TopicRun, TopicSaying, TopicStatement, TopicWord
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import RunFactory, contributions, review
from tests.feedback.factories import ConsultationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOPICS = [
    (31, 0.1, 0.2, "parking meter court spaces walk"),
    (22, 0.15, 0.25, "interpreter language translated Polish phone"),
    (14, 0.9, 0.9, "compensation form pages deadline"),
    (12, 1.0, 0.0, "waiting-room children toys cold"),
    (7, 0.5, 0.6, "prison release letter date"),
    (5, 0.52, 0.6, "property returned phone"),
]


def made_up(analyst):
    consultation, read = ConsultationFactory(), RunFactory()
    run = TopicRun.objects.create(
        number=1,
        ran_on=timezone.localdate(),
        mode="topics",
        encoder="x",
        seed=0,
        statements=412,
        agreement=0.6,
        outside=0.41,
    )
    for number, (people, x, y, words) in enumerate(TOPICS, start=1):
        topic = Topic.objects.create(run=run, number=number, stability=0.95 - number / 20, x=x, y=y)
        statements = [
            TopicStatement.objects.create(topic=topic, passage=passage, start=0, end=passage.length, nearness=place)
            for place, one in enumerate(contributions(consultation, people, may_quote=True, may_paraphrase=True))
            for passage in review(list(one.sealed_texts.all()), {}, read)
        ]
        for place, word in enumerate(words.split(), start=1):
            row = TopicWord.objects.create(topic=topic, word=word, place=place)
            TopicSaying.objects.bulk_create(TopicSaying(word=row, statement=one) for one in statements)
    topic_decisions.dismiss(run.topics.last(), by=analyst)
    topic_decisions.merge(run.topics.get(number=5), run.topics.get(number=3), by=analyst)
    return run


@pytest.fixture
def analyst():
    return UserFactory(roles=[Role.ANALYST])


@pytest.mark.parametrize("width", [360, 1280])
def test_the_topics_are_clean_for_axe_and_fit_the_screen(open_page, live_server, analyst, width):
    run = made_up(analyst)
    client = Client()
    sign_in(client, analyst)
    page = open_page(width=width)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    first = run.topics.get(number=1)
    for name, address in {
        "list": "",
        "one": f"{first.pk}/",
        "promote": f"{first.pk}/promote/",
        "merge": f"{first.pk}/merge/",
    }.items():
        page.goto(f"/admin/topics/{address}")
        if os.environ.get("HEARD_PICTURES"):
            page.screenshot(path=Path(os.environ["HEARD_PICTURES"]) / f"topics-{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        found = Axe().run(page, context="main", options={"resultTypes": ["violations"]})
        assert [one["id"] for one in found.response["violations"]] == []
