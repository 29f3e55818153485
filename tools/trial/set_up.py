"""Makes an installation to be tried: tables, keys, static files, and a short survey that is open; prints its code.

python -m tools.trial.set_up
"""

import json
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from accounts.models import Role, User
    from feedback.models import Consultation

CODE = "trial"


def main() -> None:
    """Prepare an empty database; its pages are the demonstration's."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    from config.demo.loading import load_content  # noqa: PLC0415
    from config.demo.people import make_people  # noqa: PLC0415
    from feedback.keys import prepare_periods  # noqa: PLC0415
    from tools import train_languages, train_triage  # noqa: PLC0415
    from tools.run import VAR, fetch_assets  # noqa: PLC0415

    fetch_assets()
    train_triage.main(VAR / "models")
    train_languages.main(VAR / "models")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    prepare_periods()
    people = make_people()
    consultation, _ = load_content(people)
    _publish(consultation, people)
    print(CODE)


def _publish(consultation: "Consultation", people: "dict[Role, User]") -> None:
    from accounts.models import Role  # noqa: PLC0415
    from surveys.conversion import to_raw  # noqa: PLC0415
    from surveys.definition import Definition, Kind, Option, Part, Question  # noqa: PLC0415
    from surveys.models import Survey  # noqa: PLC0415

    yes_no = (Option("yes", "Yes"), Option("no", "No"))
    uses = (Option("statistics", "Count it"), Option("paraphrase", "Describe it"), Option("quote", "Quote it"))
    asked = Definition(
        "A short survey for trials",
        (
            Question("T-01", Kind.SINGLE, "Are you happy to take part?", options=yes_no, part=Part.TAKE_PART),
            Question("T-02", Kind.MULTIPLE, "What may we do with your answers?", options=uses, part=Part.USES),
            Question("T-03", Kind.SINGLE, "Did you tell anyone?", options=yes_no),
            Question("T-04", Kind.LONG_TEXT, "What should change?", limit=2000),
        ),
    )
    survey = Survey(consultation=consultation, title=asked.title, code=CODE, questions=json.dumps(to_raw(asked)))
    survey.live = False
    survey.save()
    survey.save_revision(user=people[Role.EDITOR]).publish(user=people[Role.EDITOR])


if __name__ == "__main__":
    main()
