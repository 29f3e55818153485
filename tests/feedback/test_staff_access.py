"""Who gets in, screen by screen: signed out, each role, and a superuser without a role."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Role, User
from accounts.roles import MAY, Capability
from feedback import opening, wagtail_hooks
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import SealedTextFactory

pytestmark = pytest.mark.django_db
REVIEW, SAFEGUARD = {Capability.REVIEW}, {Capability.SAFEGUARD}
SCREENS = {
    "feedback_review": ("get", REVIEW),
    "feedback_review_results": ("get", REVIEW),
    "feedback_review_item": ("get", REVIEW),
    "feedback_review_open": ("post", REVIEW),
    "feedback_review_decide": ("post", REVIEW),
    "feedback_break": ("get", REVIEW | SAFEGUARD),
    "feedback_safeguarding": ("get", SAFEGUARD),
    "feedback_safeguarding_item": ("get", SAFEGUARD),
    "feedback_safeguarding_open": ("post", SAFEGUARD),
    "feedback_safeguarding_record": ("post", SAFEGUARD),
}


@pytest.fixture
def text(keys):
    return SealedTextFactory(contribution__urgent=True)


@pytest.fixture
def asked(monkeypatch):
    """Every request that reached the opener."""
    requests = []

    def remember(request):
        requests.append(request)
        raise opening.NotOpened("Not opened.")

    monkeypatch.setattr(opening, "_ask", remember)
    return requests


def address(name, text):
    numbers = {"pk": text.contribution.pk if "safeguarding" in name else text.pk, "text_pk": text.pk}
    wanted = next(route for route in wagtail_hooks.reading_addresses() if route.name == name).pattern.converters
    return reverse(name, kwargs={part: numbers[part] for part in wanted})


def visit(client, name, text):
    return getattr(client, SCREENS[name][0])(address(name, text))


def test_every_reading_screen_is_in_the_matrix():
    assert {route.name for route in wagtail_hooks.reading_addresses()} == set(SCREENS)


@pytest.mark.parametrize("name", SCREENS)
def test_signed_out_people_are_sent_to_sign_in(client, text, asked, name):
    response = visit(client, name, text)
    assert response.status_code == 302
    assert response["Location"].startswith("/staff/sign-in/")
    assert asked == []


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("role", Role)
def test_a_role_sees_what_its_capabilities_allow_and_nothing_else(client, text, asked, name, role):
    sign_in(client, UserFactory(roles=[role]))
    response = visit(client, name, text)
    is_allowed = bool(MAY[role] & SCREENS[name][1])
    assert response.status_code == (200 if is_allowed else 403)
    if not is_allowed:
        assert asked == []
        assert text.contribution.consultation.title not in response.content.decode()


@pytest.mark.parametrize("name", SCREENS)
def test_a_superuser_without_the_role_is_refused(client, text, asked, name):
    sign_in(client, User.objects.create_superuser("chief", password="x"))
    response = visit(client, name, text)
    assert response.status_code == 403
    assert asked == []


@pytest.mark.parametrize("name", SCREENS)
def test_no_reading_screen_is_kept_by_a_browser(client, text, asked, name):
    sign_in(client, UserFactory(roles=[Role.MODERATOR, Role.SAFEGUARDING_LEAD]))
    assert "no-store" in visit(client, name, text)["Cache-Control"]


@pytest.mark.parametrize("name", [name for name, (method, _) in SCREENS.items() if method == "post"])
def test_an_address_typed_in_opens_nothing(client, text, asked, name):
    sign_in(client, UserFactory(roles=[Role.MODERATOR, Role.SAFEGUARDING_LEAD]))
    response = client.get(address(name, text))
    assert response.status_code == 302
    assert address(name, text).startswith(response["Location"])
    assert asked == []


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.MODERATOR, ["/admin/review/"], ["/admin/safeguarding/"]),
        (Role.SAFEGUARDING_LEAD, ["/admin/safeguarding/"], ["/admin/review/"]),
        (Role.EDITOR, [], ["/admin/review/", "/admin/safeguarding/"]),
    ],
)
def test_the_front_page_and_its_menu_show_only_what_the_role_may_open(client, keys, role, shown, hidden):
    sign_in(client, UserFactory(roles=[role]))
    page = client.get("/admin/").content.decode()
    assert [where for where in [*shown, *hidden] if where in page] == shown


def test_a_superuser_without_a_role_is_shown_nothing(client):
    sign_in(client, User.objects.create_superuser("chief", password="x"))
    answer = client.get("/admin/snippets/feedback/organisation/")
    assert answer.status_code == 403
    assert "/admin/review/" not in answer.content.decode()


def test_an_item_that_does_not_exist_is_not_found(client):
    sign_in(client, UserFactory(roles=[Role.MODERATOR, Role.SAFEGUARDING_LEAD]))
    for name in ("feedback_review_item", "feedback_safeguarding_item"):
        assert client.get(reverse(name, args=[uuid.uuid4()])).status_code == 404
