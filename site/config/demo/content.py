"""The demonstration's office, consultation, survey, directory and pages, made the way staff would make them."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import Role, User
from feedback.models import Consultation, Organisation, SupportService
from pages.models import ConsultationPage, GuidancePage, HomePage, SupportPage
from surveys import catalogues, lists
from surveys.conversion import to_raw
from surveys.equality import bank
from surveys.library import load_template, load_translations
from surveys.models import Survey
from surveys.starting import add_translations

FILE = Path(__file__).with_name("content.yaml")
TRANSLATIONS = Path(__file__).with_name("translations.yaml")
OPEN_FOR = timedelta(days=365)


def read() -> dict[str, Any]:
    """The content file."""
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return data


def make_consultation(content: dict[str, Any], *, duty_holder: User, opens_on: date) -> Consultation:
    """The fictional office and its one consultation."""
    office = Organisation.objects.create(**content["organisation"], from_date=opens_on)
    return Consultation.objects.create(
        organisation=office,
        **content["consultation"],
        opens_on=opens_on,
        closes_on=timezone.localdate() + OPEN_FOR,
        duty_holder=duty_holder,
    )


def make_questions_about_people(office: Organisation, *, editor: User) -> None:
    """What the office asks about people after they have sent their answers."""
    bank.adopt(office, from_date=office.from_date, by=editor)


def make_directory(content: dict[str, Any]) -> None:
    """The support services, each with the date it was checked."""
    for position, entry in enumerate(content["services"], start=1):
        SupportService.objects.create(**entry, **content["checked"], position=position)


def make_survey(content: dict[str, Any], *, consultation: Consultation, editor: User) -> Survey:
    """The shipped template as a survey, saved as a draft and published like any other."""
    definition = load_template(content["survey"]["template"], listed=lists.in_force)
    survey = Survey(
        consultation=consultation,
        title=definition.title,
        code=content["survey"]["code"],
        questions=json.dumps(to_raw(definition)),
        live=False,
    )
    survey.save()
    # Nobody has checked them: only a demonstration may offer them.
    add_translations(survey, translations(content["survey"]["template"]), is_offered=settings.HEARD_DEMO)
    survey.save_revision(user=editor).publish(user=editor)
    return survey


def translations(slug: str) -> dict[str, dict[str, str]]:
    """The template's drafts with the office's own words, in each language that is whole."""
    office: dict[str, dict[str, str]] = yaml.safe_load(TRANSLATIONS.read_text(encoding="utf-8"))
    return {
        language: texts | office[language]
        for language, texts in load_translations(slug).items()
        if language in office and not catalogues.unfinished(language)
    }


def make_pages(content: dict[str, Any], *, survey: Survey, title: str) -> None:
    """Home, the consultation, support and guidance, in place of Wagtail's own welcome page."""
    root = Page.get_first_root_node()
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    words = content["pages"]
    home = root.add_child(instance=HomePage(title="Heard", slug="heard", introduction=words["home"]))
    site.root_page = home
    site.site_name = "Heard"
    site.save()
    welcome.delete()
    home.add_child(
        instance=ConsultationPage(
            title=title, slug="consultation", survey=survey, body=words["consultation"], show_in_menus=True
        )
    )
    home.add_child(instance=SupportPage(title="Where to get help", slug="support", introduction=words["support"]))
    for entry in words["guidance"]:
        home.add_child(instance=GuidancePage(**entry))


def duty_holder_of(people: dict[Role, User]) -> User:
    """Who reads urgent contributions in the demonstration."""
    return people[Role.SAFEGUARDING_LEAD]
