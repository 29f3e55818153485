"""The demonstration's people, office, pages and commands: made once, all fictional, never in a real installation."""

import base64
import datetime
import io
import json
import stat
from dataclasses import replace
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import handing
from accounts.models import Grant, Role, User
from accounts.roles import Capability, may
from config.demo import content, loading, people
from config.management.commands import load_demo
from feedback.models import Consultation, Organisation, SupportService
from pages.models import ConsultationPage, GuidancePage, HomePage, SupportPage
from surveys import catalogues, filing, offering
from surveys.definition import from_json
from surveys.equality import bank
from surveys.library import load_template
from surveys.models import SurveyVersion
from tests.pages.factories import make_site, root

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    """A folder of its own for the passwords, and the root of all pages."""
    settings.VAR = tmp_path
    root()
    return tmp_path


def test_there_is_one_person_for_each_role_who_holds_that_role_only():
    made = people.make_people()
    assert set(made) == set(Role)
    for role, person in made.items():
        assert [grant.role for grant in person.grants.all()] == [role]
        assert person.is_demo
        assert person.last_name == "Fictional"
        assert not person.is_superuser


def test_nobody_of_the_demonstration_may_do_everything():
    for person in people.make_people().values():
        assert not all(may(person, capability) for capability in Capability)


def test_people_are_made_once_and_keep_their_passwords():
    first = people.make_people()
    kept = people.sign_ins()
    again = people.make_people()
    assert again == first
    assert people.sign_ins() == kept
    assert (User.objects.count(), Grant.objects.count()) == (len(Role), len(Role))


def test_the_passwords_are_different_work_and_are_readable_by_their_owner_only():
    made = people.make_people()
    passwords = people.sign_ins()
    assert len(set(passwords.values())) == len(Role)
    assert all(len(password) >= 12 for password in passwords.values())
    assert all(made[role].check_password(passwords[role]) for role in Role)
    assert stat.S_IMODE(people.sign_ins_file().stat().st_mode) == 0o600


def test_a_person_who_was_removed_comes_back_with_the_password_that_was_kept():
    gone = people.make_people()[Role.ANALYST]
    gone.account_events.all().delete()
    gone.delete()
    assert people.make_people()[Role.ANALYST].check_password(people.sign_ins()[Role.ANALYST])


@pytest.fixture
def made(settings):
    """The content, loaded into a site that still has another front page."""
    settings.HEARD_DEMO = True
    make_site()
    return loading.load_content(people.make_people())


def test_the_front_page_is_ours_and_the_former_one_is_gone(made):
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    assert site.site_name == "Heard"
    assert [page.pk for page in HomePage.objects.all()] == [site.root_page_id]


def test_every_kind_of_page_is_there_and_the_survey_can_be_answered(made):
    _, survey = made
    home = HomePage.objects.get()
    asked, short = ConsultationPage.objects.child_of(home).order_by("path")
    assert asked.survey == survey
    assert asked.version() == survey.versions.get()
    assert {page.pk for page in home.open_consultations()} == {asked.pk, short.pk}
    assert SupportPage.objects.child_of(home).count() == 1
    guidance = {entry["slug"] for entry in content.read()["pages"]["guidance"]}
    assert {page.slug for page in GuidancePage.objects.child_of(home)} == guidance


def test_the_second_survey_asks_for_an_order_and_has_titles(made):
    short = SurveyVersion.objects.exclude(survey=made[1]).get()
    assert "ranking" in {question["kind"] for question in short.definition["questions"]}
    assert not short.survey.consultation.is_victim_facing


def test_the_office_asks_about_people_after_sending(made):
    consultation, _ = made
    assert len(bank.questions(consultation.organisation)) == len(bank.shipped())


def test_what_is_asked_is_the_survey_that_ships(made):
    _, survey = made
    template = load_template(content.read()["survey"]["template"])
    asked = from_json(survey.versions.get().definition)
    assert replace(asked, translations={}).sha256() == filing.named(template).sha256()


def test_the_demonstration_offers_each_language_whose_drafts_are_whole(made):
    _, survey = made
    version = survey.versions.get()
    offered = {one.code for one in offering.offered(version, from_json(version.definition))}
    assert offered == {"en", *(code for code in catalogues.languages() if not catalogues.unfinished(code))}


def test_the_consultation_is_open_from_the_quarter_before_and_read_by_the_safeguarding_lead(made):
    from analysis.report.quarters import first_day

    consultation, _ = made
    assert consultation.opens_on == first_day(loading.quarters()[0])
    assert consultation.opens_on < consultation.closes_on
    # Nothing of the demonstration is removed by surprise while it is being looked at.
    assert consultation.last_day_of_use > timezone.localdate() + datetime.timedelta(days=365)
    assert consultation.duty_holder.grants.get().role == Role.SAFEGUARDING_LEAD


def test_the_directory_keeps_its_order_and_the_day_each_was_checked(made):
    words = content.read()
    services = list(SupportService.objects.order_by("position"))
    assert [service.name for service in services] == [entry["name"] for entry in words["services"]]
    assert [service.position for service in services] == list(range(1, len(services) + 1))
    for service in services:
        assert {name: getattr(service, name) for name in words["checked"]} == words["checked"]


def test_the_office_says_that_it_is_fictional(made):
    assert content.read()["fictional"] is True
    assert "fictional" in json.dumps(content.read()["organisation"]).lower()
    assert Organisation.objects.in_charge() == made[0].organisation


@pytest.mark.parametrize(
    ("today", "quarters"),
    [
        (datetime.date(2026, 2, 3), ("2025-Q4", "2026-Q1")),
        (datetime.date(2026, 4, 1), ("2026-Q1", "2026-Q2")),
        (datetime.date(2026, 12, 31), ("2026-Q3", "2026-Q4")),
    ],
)
def test_the_demonstration_covers_this_quarter_and_the_one_before(today, quarters, monkeypatch):
    monkeypatch.setattr(loading.timezone, "localdate", lambda: today)
    assert loading.quarters() == quarters


def test_nothing_is_received_after_today_or_outside_its_quarter(monkeypatch):
    monkeypatch.setattr(loading.timezone, "localdate", lambda: datetime.date(2026, 4, 3))
    random = Random(1)  # noqa: S311 - days, not secrets
    this = {loading.day_in("2026-Q2", random) for _ in range(200)}
    assert this == {datetime.date(2026, 4, day) for day in (1, 2, 3)}
    before = [loading.day_in("2026-Q1", random) for _ in range(400)]
    assert datetime.date(2026, 1, 1) <= min(before)
    assert max(before) <= datetime.date(2026, 3, 31)


def test_a_real_installation_refuses_the_demonstration(settings, monkeypatch):
    settings.HEARD_DEMO = False
    monkeypatch.setattr(load_demo, "load", lambda say: pytest.fail("loaded"))
    with pytest.raises(CommandError, match="real installation"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_demonstration_is_not_loaded_over_anything(settings, monkeypatch, made):
    settings.HEARD_DEMO = True
    monkeypatch.setattr(load_demo, "load", lambda say: pytest.fail("loaded"))
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert "not loaded again" in out.getvalue()
    assert Consultation.objects.count() == 2


def test_an_empty_demonstration_is_loaded_and_each_step_is_said(settings, monkeypatch):
    settings.HEARD_DEMO = True
    monkeypatch.setattr(load_demo, "load", lambda say: say("A fictional step ..."))
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue() == "A fictional step ...\n"


def test_a_demonstration_that_fails_half_way_leaves_nothing(monkeypatch):
    def fails(*given):
        assert Consultation.objects.exists()
        raise loading.DemoFailed("a fictional fault")

    make_site()
    monkeypatch.setattr(loading, "load_testimony", fails)
    with pytest.raises(loading.DemoFailed):
        loading.load(lambda line: None)
    assert not Consultation.objects.exists()
    assert not User.objects.exists()
    assert not loading.is_loaded()


def welcomed() -> str:
    out = io.StringIO()
    call_command("welcome", "http://127.0.0.1:8000/", stdout=out)
    return out.getvalue()


def test_welcome_prints_for_every_role_what_signs_it_in(settings, client):
    settings.HEARD_DEMO = True
    people.make_people()
    lines = welcomed().splitlines()
    for role, password in people.sign_ins().items():
        (line,) = [line for line in lines if f"demo-{role} " in line]
        name, printed, code, secret = line.split()
        assert (name, printed) == (f"demo-{role}", password)
        assert len(base64.b32decode(secret)) == 20
    assert client.post("/staff/sign-in/", {"login": name, "password": password})["Location"] == "/staff/second-factor/"
    assert client.post("/staff/second-factor/", {"code": code})["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200
    assert code not in welcomed()


def test_demo_code_prints_what_an_app_would_show(settings, client):
    settings.HEARD_DEMO = True
    people.make_people()
    out = io.StringIO()
    call_command("demo_code", "editor", stdout=out)
    client.post("/staff/sign-in/", {"login": "demo-editor", "password": people.sign_ins()["editor"]})
    assert client.post("/staff/second-factor/", {"code": out.getvalue().split()[0]})["Location"] == "/staff/"


def test_demo_code_knows_no_real_person_and_no_real_installation(settings):
    with pytest.raises(CommandError, match="their own app or key"):
        call_command("demo_code", "editor")
    settings.HEARD_DEMO = True
    with pytest.raises(CommandError, match="make run"):
        call_command("demo_code", "editor")
    with pytest.raises(PermissionDenied):
        handing.secret(User.objects.create_user("real"))


def test_welcome_prints_the_addresses_to_open(settings):
    settings.HEARD_DEMO = True
    text = welcomed()
    for address in ("http://127.0.0.1:8000/ ", "http://127.0.0.1:8000/reports/", "http://127.0.0.1:8000/staff/"):
        assert address in text
    assert "Password" not in text


def test_welcome_prints_no_password_in_a_real_installation(settings):
    people.make_people()
    settings.HEARD_DEMO = False
    text = welcomed()
    assert not [password for password in people.sign_ins().values() if password in text]
