"""Who may read which part of a report, and what the pages hold."""

import html
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.roles import MAY, Capability
from analysis.models import Release, ReleaseRequest
from feedback.models import Contribution
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import SAID, SurveyVersionFactory, contributions, release
from tests.feedback.factories import ConsultationFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
READERS = sorted(role for role in Role if Capability.READ_REPORTS in MAY[role])
OTHERS = sorted(set(Role) - set(READERS))


@pytest.fixture
def publisher():
    return UserFactory(roles=[Role.PUBLISHER])


@pytest.fixture
def consultation():
    return ConsultationFactory(opens_on="2026-07-01")


@pytest.fixture
def frozen(consultation, publisher):
    contributions(consultation, 40, themes={"communication": "problem"}, reviewed=True, may_quote=True)
    contributions(consultation, 20, themes={"delay": "praise"})
    return release(consultation, publisher)


def addresses(one):
    return [
        reverse("analysis:reports"),
        *(reverse(f"analysis:{name}", args=[one.pk]) for name in ("report", "figures-csv")),
    ]


def as_role(client, *roles, **facts):
    sign_in(client, UserFactory(roles=roles, **facts))
    return client


def test_signed_out_people_are_sent_to_sign_in(client, frozen):
    for address in [*addresses(frozen), reverse("analysis:new-release")]:
        response = client.get(address)
        assert (response.status_code, response.url.split("?")[0]) == (302, "/staff/sign-in/")


@pytest.mark.parametrize("role", READERS)
def test_those_who_may_read_reports_do(client, frozen, role):
    as_role(client, role)
    assert [client.get(address).status_code for address in addresses(frozen)] == [200, 200, 200]


@pytest.mark.parametrize("role", OTHERS)
def test_every_other_role_is_refused(client, frozen, role):
    as_role(client, role)
    assert [client.get(address).status_code for address in addresses(frozen)] == [403, 403, 403]


def test_rank_is_not_access(client, frozen):
    as_role(client, is_superuser=True, is_staff=True)
    assert client.get(addresses(frozen)[1]).status_code == 403


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PUBLISHER}))
def test_only_publishers_ask_for_a_release(client, consultation, role):
    as_role(client, role)
    assert client.get(reverse("analysis:new-release")).status_code == 403
    assert client.post(reverse("analysis:new-release"), {}).status_code == 403


def test_a_report_that_does_not_exist_is_not_found(client, frozen):
    as_role(client, Role.ANALYST)
    address = addresses(frozen)[1].replace(str(frozen.pk), "00000000-0000-4000-8000-000000000000")
    assert client.get(address).status_code == 404


def page(client, one):
    return html.unescape(as_role(client, Role.COMMISSION_MEMBER).get(addresses(one)[1]).content.decode())


def test_a_member_reads_figures_and_words(client, frozen):
    text = page(client, frozen)
    for part in (
        "Communication and kept promises",
        "What was left out, and why",
        SAID,
        frozen.sha256[:12],
        "First-hand",
    ):
        assert part in text


def test_words_are_only_for_those_who_may_read_evidence(client, frozen, monkeypatch):
    monkeypatch.setitem(MAY, Role.EDITOR, frozenset({Capability.READ_REPORTS}))
    as_role(client, Role.EDITOR)
    text = client.get(addresses(frozen)[1]).content.decode()
    assert "Communication and kept promises" in text
    assert SAID not in text
    assert "own words" not in text


def test_no_export_holds_a_word_anybody_said(client, frozen):
    as_role(client, Role.PUBLISHER)
    body = client.get(addresses(frozen)[2]).content.decode("utf-8-sig")
    assert SAID not in body
    assert "Communication and kept promises" in body


def test_withdrawn_words_are_gone_from_the_page_and_the_figures_stay(client, frozen):
    before = page(client, frozen)
    Contribution.objects.all().delete()
    after = page(client, frozen)
    assert SAID in before
    assert SAID not in after
    assert re.findall(r"<td>.*?</td>", before) == re.findall(r"<td>.*?</td>", after)


def test_pages_hold_nothing_inline_that_the_policy_refuses(client, frozen):
    text = page(client, frozen)
    assert not re.search(r'\sstyle="|<style|<script(?![^>]*src=)|\son\w+="', text)


def test_no_identifier_appears_twice_on_a_page(client, frozen):
    ids = re.findall(r'\sid="([^"]+)"', page(client, frozen))
    assert len(ids) == len(set(ids))


def test_headings_go_down_one_step_at_a_time(client, frozen):
    levels = [int(level) for level in re.findall(r"<h([1-6])", page(client, frozen))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_scoped_headings(client, frozen):
    text = page(client, frozen)
    assert text.count("<table") == text.count("<caption")
    assert not re.search(r"<th>", text)


def test_an_empty_report_says_what_will_appear(client, consultation, publisher):
    text = page(client, release(consultation, publisher))
    assert "Nothing to show for this period yet" in text
    assert "What was left out, and why" in text


def test_an_empty_list_says_what_will_appear(client):
    as_role(client, Role.COMMISSION_MEMBER)
    text = client.get(reverse("analysis:reports")).content.decode()
    assert "No report has been released yet" in text
    assert "Ask for a new release" not in text


def test_a_publisher_asks_for_a_release_and_reads_it(client, consultation, django_capture_on_commit_callbacks):
    SurveyVersionFactory(consultation=consultation)
    contributions(consultation, 30, themes={"communication": "problem"})
    as_role(client, Role.PUBLISHER)
    asked = {"consultation": consultation.pk, "title": "Autumn", "quarters": ["2026-Q3"], "breakdown": "crime-type"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("analysis:new-release"), asked)
    assert (response.status_code, response.url) == (302, reverse("analysis:reports"))
    assert "Autumn" in client.get(response.url).content.decode()
    assert Release.objects.get().spec["breakdown"] == "crime-type"


def test_a_waiting_and_a_refused_request_are_shown_to_publishers_only(client, consultation, publisher):
    facts = {"consultation": consultation, "asked_by": publisher, "asked_on": "2026-11-01"}
    ReleaseRequest.objects.create(title="Still waiting", **facts)
    ReleaseRequest.objects.create(title="Not possible", state="refused", why_refused="It has not begun.", **facts)
    text = as_role(client, Role.PUBLISHER).get(reverse("analysis:reports")).content.decode()
    assert "Still waiting" in text
    assert "It has not begun." in text
    assert "Still waiting" not in as_role(client, Role.ANALYST).get(reverse("analysis:reports")).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consultation": ""}, "consultation"),
        ({"title": ""}, "title"),
        ({"quarters": []}, "quarters"),
        ({"quarters": ["1999-Q1"]}, "quarters"),
        ({"breakdown": "area"}, "breakdown"),
        ({"breakdown": "shoe-size"}, "breakdown"),
    ],
)
def test_a_request_that_cannot_be_met_is_not_taken(client, consultation, change, field):
    as_role(client, Role.PUBLISHER)
    asked = {"consultation": consultation.pk, "title": "x", "quarters": ["2026-Q3"], "breakdown": "", **change}
    response = client.post(reverse("analysis:new-release"), asked)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not ReleaseRequest.objects.exists()


def test_reading_a_report_takes_few_queries_however_large_it_is(client, frozen, django_assert_max_num_queries):
    as_role(client, Role.COMMISSION_MEMBER)
    with django_assert_max_num_queries(8):
        client.get(addresses(frozen)[1])


def test_the_pages_do_not_load_the_audit_or_its_solver():
    code = (
        "import sys, django; sys.path[:0] = ['.', 'site']; django.setup(); import config.urls, analysis.report.views; "
        "print([name for name in ('scipy', 'numpy', 'analysis.disclosure.audit') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": "", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
