"""Measures the whole way from sealed texts to a frozen report, cold, and how near tagging comes to its encoder.

    python -m tools.measure_analysis [--responses 50000] [--statements 10000,100000] [--processes 2] [--skip-report]

Works on a database of its own (SQLite, or HEARD_DATABASE=postgres://.. that is empty) with the models of var/models.
Responses are fictional, distinct and of 30 words. Prints each figure beside its target; exit status 1 if one is missed.
With --statements 10000,1000000 the time for each is compared up to a million, which takes an hour or so; with
--statements "" it is left out.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
WHOLE = 50_000
LEAST_RATIO = 0.9  # of the encoder's own rate
MOST_SECONDS = 240
MOST_MEGABYTES = 1500
MOST_DRIFT = 1.15  # most time for a statement beside the least, whether few are tagged or many
CORES = 2
RATED = 1000  # responses tagged to compare rates
IN_ROWS = 500
# Wrapped while the sweep runs: what the process that opens and keeps spends its time on.
STAGES = {
    "open the vault": ("feedback.release", "_opened"),
    "redact": ("feedback.release", "_redacted"),
    "keep tags": ("analysis.keeping", "keep"),
    "wait for tags": ("concurrent.futures", "Future.result"),
}

Seconds = defaultdict[str, float]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is asked for and print it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--responses", type=int, default=WHOLE)
    options.add_argument("--statements", default="10000,100000")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--skip-report", action="store_true")
    given = options.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        os.environ |= {"HEARD_VAR": folder, "HEARD_PROCESSES": str(given.processes), "HEARD_LOG_LEVEL": "ERROR"}
        (Path(folder) / "models").symlink_to(MODELS)
        fine = [_apart(rates)]
        if given.statements:
            counts = [int(one) for one in given.statements.split(",")]
            fine.append(_apart(flatness, counts, given.processes))
        if not given.skip_report:
            _apart(prepare, given.responses)
            fine.append(_apart(from_sealed_to_report, given.responses))
    return 0 if all(fine) else 1


def rates() -> bool:
    """Print what tagging costs beside the encoder alone, and rules beside spaCy's tokeniser, on one core."""
    import spacy

    from analysis.codebook import load
    from analysis.pipeline.tagger import Tagger
    from analysis.pipeline.theme_models import NoMeaning
    from analysis.pipeline.windows import windows

    tagger, texts = Tagger.load(MODELS), list(_made_up(2 * RATED, seed=1))
    warm, texts = texts[:RATED], texts[RATED:]
    bare = Tagger(load())
    bare.tag(warm)
    tokenise = spacy.blank("en").make_doc
    by_rules, by_spacy = _seconds(lambda: bare.tag(texts)), _seconds(lambda: [tokenise(text) for text in texts])
    print(f"rules alone: {RATED / by_rules:.0f} responses/s; spaCy tokenises {RATED / by_spacy:.0f}/s, ", end="")
    print(f"{by_rules / by_spacy:.1f} times as fast")
    if tagger.models is None or tagger.models.encoder.id == NoMeaning.id:
        print("the encoder is not installed: no ratio to its rate")
        return True
    tagger.tag(warm[:100], shows=False)
    parts = [
        text[one.start : one.end]
        for text, analysis in zip(texts, bare.tag(texts), strict=True)
        for one in windows(analysis.statements)
    ]
    encode = tagger.models.encoder.encode
    alone, whole = _seconds(lambda: encode(parts)), _seconds(lambda: tagger.tag(texts, shows=False))
    shown = _seconds(lambda: tagger.tag(texts[: RATED // 5])) * 5
    print(f"encoder alone: {RATED / alone:.0f} responses/s ({len(parts) / alone:.0f} stretches of text/s)")
    print(f"tagging for counts: {RATED / whole:.0f} responses/s; with the words shown: {RATED / shown:.0f}/s")
    return _say("share of the encoder's own rate, for counts", alone / whole, ">=", LEAST_RATIO, "")


def flatness(counts: Sequence[int], processes: int) -> bool:
    """Print the time for each statement when so many are tagged in a pool; none of them is kept."""
    from analysis.codebook import load
    from analysis.executing import Method, Processes
    from analysis.pipeline.chunks import Chunk
    from analysis.pipeline.tagger import Tagger

    def chunks(statements: int) -> Iterator[tuple[int, Chunk]]:
        texts = _made_up(statements, seed=2, words=14)
        while part := tuple(islice(texts, 200)):
            yield len(part), Chunk(part, ("",) * len(part), is_reviewed=False)

    taken = []
    with Memory() as memory, Processes(Method(MODELS, load(), Tagger.load(MODELS).id), processes) as pool:
        list(pool.run(chunks(2 * RATED)))  # the processes load and compile
        for statements in counts:
            begun, spent = time.perf_counter(), sum(map(_spent, _family(os.getpid())))
            done = sum(number for number, _ in pool.run(chunks(statements)))
            taken.append((sum(map(_spent, _family(os.getpid()))) - spent) / done * 1000)
            each = (time.perf_counter() - begun) / done * 1000
            print(f"{done} statements of 14 words: {each:.2f} ms each in {processes} processes, ", end="")
            print(f"{taken[-1]:.2f} ms of processor time; load now {os.getloadavg()[0]:.1f}", flush=True)
    is_flat = _say("most processor time for a statement by the least", max(taken) / min(taken), "<=", MOST_DRIFT, "")
    return _say("memory while tagging", memory.most, "<=", MOST_MEGABYTES, " MB") and is_flat


def prepare(responses: int) -> bool:
    """Fill the database with sealed responses. Not part of any time."""
    _django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    rows, consultation = 0, _consultation()
    texts = _made_up(responses)
    while part := list(islice(texts, IN_ROWS)):
        _seal(consultation, part)
        rows += len(part)
    print(f"{rows} distinct responses of 30 words sealed")
    return True


def from_sealed_to_report(responses: int) -> bool:
    """Sweep and freeze in a fresh process; print what each stage took."""
    begun = time.perf_counter()
    with Memory() as memory:
        _django()
        from django.utils import timezone

        from accounts.models import User
        from analysis.models import Run
        from analysis.report.quarters import quarter_of
        from analysis.report.releasing import freeze
        from analysis.sweep import sweep
        from feedback.models import Consultation

        stages: Seconds = defaultdict(float, start=time.perf_counter() - begun)
        for name, (module, function) in STAGES.items():
            _time(name, module, function, stages)
        done = sweep()
        swept = time.perf_counter() - begun
        consultation, quarter = Consultation.objects.get(), quarter_of(timezone.localdate())
        release = freeze(consultation, title="Bench", quarters=[quarter], breakdown="", by=User.objects.get())
        took = time.perf_counter() - begun
    stages |= {"report": took - swept, "other": swept - sum(stages.values())}
    run = Run.objects.get()
    print(f"{done.texts} of {responses} read by {run.pipeline_id} in {run.executor}; release {release.number}")
    return _told(stages, took, memory.most, responses)


def _told(stages: Seconds, took: float, megabytes: float, responses: int) -> bool:
    spent = sum(os.times()[:4])  # of this process and of those that have ended
    print("seconds:", ", ".join(f"{name} {seconds:.1f}" for name, seconds in stages.items()))
    print(f"{spent:.0f} s of processor time: {spent / CORES:.0f} s were {CORES} cores idle otherwise, ", end="")
    print(f"{responses / spent * CORES:.0f} responses/s; load now {os.getloadavg()[0]:.1f}")
    limit = MOST_SECONDS * responses / WHOLE
    is_quick = _say(f"from {responses} sealed texts to the frozen report", took, "<=", limit, " s")
    return _say("memory of all processes together", megabytes, "<=", MOST_MEGABYTES, " MB") and is_quick


class Memory:
    """The most memory this process and all it started held together at one moment, in megabytes, shared parts once."""

    def __init__(self) -> None:
        import threading

        self.most = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(0.5):
            self.most = max(self.most, sum(_proportional(pid) for pid in _family(os.getpid())))


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in _family(int(child))]
        except OSError:
            continue
    return found


def _spent(pid: int) -> float:
    """Seconds of processor time of a process that runs."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _proportional(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _apart(measure: Callable[..., bool], *given: Any) -> bool:
    """What a measurement says in a fresh process: nothing is loaded or remembered before it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(measure, *given).result()


def _django() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    import django

    django.setup()


def _consultation() -> Any:
    from datetime import timedelta

    from django.utils import timezone

    from accounts.grants import grant
    from accounts.models import Role, User
    from feedback import keys
    from feedback.models import Consultation, Organisation

    keys.prepare_periods()
    person = User.objects.create(username="bench", email="bench@example.org")
    grant(person, Role.PUBLISHER, granted_by=None)
    today = timezone.localdate()
    return Consultation.objects.create(
        organisation=Organisation.objects.create(name="Office of Fenmarch", from_date=today),
        title="Bench",
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=1),
        duty_holder=person,
    )


def _seal(consultation: Any, texts: Sequence[str]) -> None:
    from django.db import transaction
    from django.utils import timezone

    from feedback import keys, vault
    from feedback.models import Channel, Contribution, Envelope, SealedText, Voice

    period, today = keys.current_period(), timezone.localdate()
    own = {"consultation": consultation, "channel": Channel.ONLINE, "voice": Voice.FIRST_HAND, "received_on": today}
    contributions = [Contribution(**own, may_statistics=True) for _ in texts]
    rows = [SealedText(contribution=one, question_id="what-happened", period=period) for one in contributions]
    envelopes = []
    for row, text in zip(rows, texts, strict=True):
        header = vault.Header(period.pk, row.pk, row.question_id)
        sealed = vault.seal(text, header=header, public_key=bytes(period.public_key))
        row.ciphertext = sealed.ciphertext
        envelopes.append(Envelope(sealed_text=row, wrapped_key=sealed.wrapped_key))
    with transaction.atomic():
        Contribution.objects.bulk_create(contributions)
        SealedText.objects.bulk_create(rows)
        Envelope.objects.bulk_create(envelopes)


def _made_up(number: int, *, seed: int = 0, words: int = 30) -> Iterator[str]:
    from analysis.codebook.examples import examples
    from tools.made_up_responses import responses

    return responses(number, [one.text for one in examples()], words=words, seed=seed)


def _time(name: str, module: str, function: str, stages: Seconds) -> None:
    """Have every call of a function add what it took to a stage."""
    from functools import wraps
    from importlib import import_module

    holder: Any = import_module(module)
    *path, last = function.split(".")
    for part in path:
        holder = getattr(holder, part)
    called = getattr(holder, last)

    @wraps(called)
    def timed(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return called(*given, **named)
        finally:
            stages[name] += time.perf_counter() - begun

    setattr(holder, last, timed)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _say(what: str, figure: float, how: str, target: float, unit: str) -> bool:
    fine = figure >= target if how == ">=" else figure <= target
    print(f"{what}: {figure:.2f}{unit} (target {how} {target:g}{unit}{'' if fine else ', MISSED'})", flush=True)
    return fine


if __name__ == "__main__":
    sys.exit(main())
