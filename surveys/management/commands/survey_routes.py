"""Prints what a survey asks of people: every route with its pages and minutes, and what is wrong with it."""

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys import routes
from surveys.definition import Definition, from_json
from surveys.library import available, load_template
from surveys.models import SurveyVersion

LONGEST_LIST = 200


class Command(BaseCommand):
    """`survey_routes CODE_OR_TEMPLATE`."""

    help = "Print the pages and minutes of every route through a published survey or a template."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one argument."""
        parser.add_argument("survey", help=f"A survey's code, or a template: {', '.join(available())}.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Faults if there are any; otherwise the routes, the longest first, and their spread."""
        definition = _find(options["survey"])
        found = routes.faults(definition)
        if found:
            raise CommandError("\n".join(found))
        walks = list(islice(routes.walks(definition), LONGEST_LIST))
        for steps, answers in sorted(walks, key=lambda walk: -len(walk[0])):
            self.stdout.write(f"{len(steps):3} pages  {routes.minutes(steps):3} minutes  {_described(answers)}")
        spread = routes.spread(definition)
        self.stdout.write(
            f"{spread.routes} routes: {spread.pages[0]} to {spread.pages[1]} pages, "
            f"{spread.minutes[0]} to {spread.minutes[1]} minutes."
        )


def _find(name: str) -> Definition:
    if name in available():
        return load_template(name)
    version = SurveyVersion.objects.filter(survey__code=name).order_by("-number").first()
    if version is None:
        raise CommandError(f"There is no template and no published survey called {name}.")
    return from_json(version.definition)


def _described(answers: routes.Answers) -> str:
    given = [f"{name}={value if isinstance(value, str) else '+'.join(value or ())}" for name, value in answers.items()]
    return ", ".join(given) or "no answer that opens anything"
