"""`python manage.py learn_from_people`: have models learn themes again, with what people coded."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from analysis.models import Learning


class Command(BaseCommand):
    """Learns once, with a progress bar, and says what became of it."""

    help = (
        "Learn themes again from the written examples and from what people coded. The result is kept only if it is no "
        "worse on the audit sample than what is in use; the admin goes back to the former model with one button."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, and print the record."""
        from analysis.relearning.job import CannotLearn, learn

        try:
            with tqdm(unit="step", disable=options["verbosity"] == 0, leave=False) as bar:
                learned = learn(lambda step, done, of: _show(bar, step, done, of))
        except CannotLearn as refusal:
            raise CommandError(str(refusal)) from None
        for line in _told(learned):
            self.stdout.write(line)


def _show(bar: Any, step: str, done: int, of: int) -> None:
    bar.set_description(step)
    bar.total = of
    bar.update(done - bar.n)


def _told(learned: Learning) -> list[str]:
    from analysis.relearning.telling import counted, how_right

    return [
        f"{learned}: {learned.get_state_display()}.",
        f"Learned from {learned.written} written texts and {counted(learned.statements)} coded statements; judged by "
        f"{counted(learned.held_out)} statements of the audit sample.",
        f"Right before: {how_right(learned.before)}. With what was learned: {how_right(learned.after)}.",
        *([f"Models speak for {len(learned.spoken_for)} themes: {learned.model_id}."] if learned.model_id else []),
    ]
