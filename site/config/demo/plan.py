"""The demonstration's second consultation: a short survey for everybody, with things to put in order."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from feedback.models import Consultation
from pages.models import ConsultationPage, HomePage
from surveys.conversion import to_raw
from surveys.definition import from_json
from surveys.models import Survey

FILE = Path(__file__).with_name("plan.yaml")


def make_plan(beside: Consultation, *, editor: User, opens_on: date) -> Survey:
    """The consultation, its survey published by the editor, and its page; for the same office and duty holder."""
    words: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    consultation = Consultation.objects.create(
        organisation=beside.organisation,
        duty_holder=beside.duty_holder,
        opens_on=opens_on,
        closes_on=beside.closes_on,
        **words["consultation"],
    )
    definition = from_json({"title": consultation.title, "questions": words["questions"]})
    questions = json.dumps(to_raw(definition))
    survey = Survey(
        consultation=consultation, title=definition.title, code=words["code"], questions=questions, live=False
    )
    survey.save()
    survey.save_revision(user=editor).publish(user=editor)
    page = ConsultationPage(title=consultation.title, survey=survey, show_in_menus=True, **words["page"])
    HomePage.objects.get().add_child(instance=page)
    return survey
