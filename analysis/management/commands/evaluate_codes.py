"""`manage.py evaluate_codes TRAIN TEST`: how well the tagger's model learns anybody's codes."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm


class Command(BaseCommand):
    """Learns from one file, is judged by the other, and prints one JSON object; nothing is kept."""

    help = (
        'Learn codes from TRAIN and measure them on TEST, files of {"text", "labels"} lines. Prints JSON: micro, '
        "macro, samples, hamming, exact, kappa, intervals, labels, seconds. Bad lines are told by number and left out."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take both files."""
        parser.add_argument("train", type=Path, metavar="TRAIN")
        parser.add_argument("test", type=Path, metavar="TEST")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, measure and print."""
        from analysis.evaluating import evaluate

        begun = time.perf_counter()
        train, test = (self._coded(options[name]) for name in ("train", "test"))
        quiet = options["verbosity"] == 0
        with tqdm(total=len(train) + len(test), unit=" texts", desc="Reading and learning", disable=quiet) as bar:
            try:
                figures = evaluate(train, test, settings.HEARD_MODELS_DIR, seen=bar.update)
            except ValueError as refusal:
                raise CommandError(str(refusal)) from None
        figures["seconds"] = round(time.perf_counter() - begun, 1)
        self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1))

    def _coded(self, path: Path) -> Any:
        from analysis.evaluating import read

        try:
            file = read(path)
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}.") from None
        for number, reason in file.bad.items():
            self.stderr.write(f"{path.name}, line {number}: {reason}; left out.")
        return file.coded
