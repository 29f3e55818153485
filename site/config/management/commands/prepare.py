"""Brings an installation up to date: languages, tables, keys, static files, what it learned; the demo if one runs."""

import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from surveys import catalogues

# What every page names; it is collected under a name made of its content, and asked for by it.
ASSETS = ("govuk-frontend.min.css",)


class Command(BaseCommand):
    """`manage.py prepare`: safe to run again at any time."""

    help = (
        "Learn, compile the languages, apply migrations, make this month's keys, collect static files, "
        "load the demonstration where one runs."
    )
    # They run in `handle`, after the step that makes what one of them looks for.
    requires_system_checks: list[str] = []

    def handle(self, *args: str, **options: object) -> None:
        """Run each step, saying which."""
        self.say("Teaching triage what danger is like ...")
        self.learn("tools.train_triage")
        self.say("Learning to know Urdu and Panjabi in Roman letters ...")
        self.learn("tools.train_languages")
        self.stand_in()
        catalogues.compile_all(settings.LOCALE_PATHS[0])
        self.check()
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("clearsessions")
        call_command("make_keys")
        self.say("Collecting static files ...")
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.HEARD_DEMO:
            call_command("load_demo")

    def learn(self, module: str) -> None:
        """Learn in a process of its own, which loads scikit-learn; a failure is said and stops nothing."""
        command = [sys.executable, "-m", module, str(settings.HEARD_MODELS_DIR)]
        if subprocess.run(command, cwd=settings.ROOT, check=False).returncode != 0:  # noqa: S603 - our own words
            self.say("It could not be learned; what went wrong is said above. Everything else goes on.")

    def stand_in(self) -> None:
        """Put an empty file where the GOV.UK stylesheet is missing: plain pages instead of none."""
        folder = settings.VAR / "govuk"
        missing = [folder / name for name in ASSETS if not (folder / name).exists()]
        if missing:
            self.say("The GOV.UK stylesheet is missing, so pages are plain: run `make assets`, then prepare again.")
            folder.mkdir(parents=True, exist_ok=True)
        for path in missing:
            path.touch()

    def say(self, line: str) -> None:
        """One line at once, so that a wait never looks like a fault."""
        self.stdout.write(line)
        self.stdout.flush()
