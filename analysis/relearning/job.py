"""Learns again with what people coded, and keeps the result only if it is no worse."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from analysis.codebook import load
from analysis.disclosure.published import LEAST_BASE
from analysis.editions import current, current_documents
from analysis.learning.saving import NotAModel
from analysis.models import LearnedFrom, Learning, LearningState
from analysis.pipeline import theme_models
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import ThemeModels
from analysis.pipeline.theme_training import Corpus, Lesson, cues, models_of, read_corpus
from analysis.relearning import judging, keeping
from analysis.relearning.material import HeldOut, held_out, taught
from analysis.relearning.undoing import let_go
from feedback.models import Contribution, Use

logger = logging.getLogger(__name__)
SEED = 0
STEPS = 6
TAKEN_BACK = "Somebody took words back while models learned from them. Nothing was kept: learn again."

Progress = Callable[[str, int, int], None]


class CannotLearn(Exception):
    """Nothing can be learned now; the message says why and what to do."""


def learn(progress: Progress = lambda _step, _done, _of: None) -> Learning:
    """Learn once, and keep the result if it is no worse on the audit sample than what is in use.

    Models that learned from somebody who has left meanwhile are not used again, whatever they are compared with.
    `progress` hears each step before it is done, how many are done and of how many.

    Raises:
        CannotLearn: if nothing was learned at set-up yet, or another process is learning now.
    """
    try:
        with keeping.only_one():
            _end_what_died()
            keeping.follow()
            return _Time(progress).learn()
    except keeping.AlreadyLearning:
        raise CannotLearn("Models are learning already. Wait until that is done.") from None
    except NotAModel as problem:
        raise CannotLearn(f"{problem} Finish set-up first: python -m tools.finish_setup") from None


def keep_up() -> Learning | None:
    """Have files follow the table, and learn again where models know of somebody who has left.

    The same where they build on a set-up that is no longer there. Raises CannotLearn as `learn` does.
    """
    try:
        with keeping.only_one():
            _end_what_died()
            keeping.follow()
    except keeping.AlreadyLearning:
        return None
    kept = Learning.objects.filter(state__in=[LearningState.IN_USE, LearningState.FORMER])
    return learn() if any(map(_is_due, kept)) else None


@dataclass(frozen=True)
class _Material:
    """Everything one time of learning goes by."""

    set_up: ThemeModels
    corpus: Corpus
    live: Sequence[Lesson] = field(repr=False)
    judges: Sequence[HeldOut] = field(repr=False)

    @property
    def contributions(self) -> set[str]:
        """Those that are learned from."""
        return {one.told_by for one in self.live}


class _Time:
    """One time of learning, with its record."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.done = 0
        self.book = current()

    def learn(self) -> Learning:
        """Every step, with a fault kept in the record as what it is."""
        folder = keeping.models_dir() / theme_models.FOLDER
        set_up, corpus = theme_models.read_from(folder, keeping.models_dir(), load()), read_corpus(folder)
        self.row = self._begun(set_up)
        try:
            self._step("Reading what people coded")
            material = _Material(set_up, corpus, taught(), held_out())
            self._record(material)
            if not material.live or len(material.judges) < LEAST_BASE:
                return self._ended(LearningState.REFUSED)
            return self._judged(material, self._learned(material))
        except BaseException:
            self._ended(LearningState.FAILED)
            raise

    def _learned(self, material: _Material) -> ThemeModels:
        shipped = {one.text for one in material.corpus.lessons}
        since = [one for one in cues(self.book) if one.text not in shipped]
        lessons = [*material.corpus.lessons, *since, *material.live]
        silent = models_of(lessons, self.book, material.set_up.encoder, SEED, self._step)
        self._step("Deciding which themes models speak for")
        before = frozenset(map(self.book.now, material.set_up.spoken_for))
        return silent.speaking_for(
            judging.speakers(silent, before, material.corpus.blind, material.judges, material.live)
        )

    def _judged(self, material: _Material, new: ThemeModels) -> Learning:
        self._step("Comparing with what is in use")
        present = self._present(material.set_up)
        before, after = (
            judging.figures(material.judges, judging.said_of(material.judges, Tagger(self.book, models)), self.book)
            for models in (present, new)
        )
        self.row.before, self.row.after = before.as_json(), after.as_json()
        self.row.spoken_for = sorted(new.spoken_for)
        self.row.save(update_fields=["before", "after", "spoken_for"])
        if not after.is_no_worse_than(before):
            return self._ended(LearningState.WORSE)
        self._step("Keeping it")
        return self._kept(material, new)

    def _present(self, set_up: ThemeModels) -> ThemeModels:
        used = Learning.objects.in_use()
        return set_up if used is None or _is_due(used) else theme_models.read(keeping.models_dir(), load())

    def _kept(self, material: _Material, new: ThemeModels) -> Learning:
        model_id = keeping.write(self.row, new, current_documents().as_text())
        with transaction.atomic():
            # Asked again under a lock, because somebody may have said no while models learned from them.
            agreed = Contribution.objects.agreed_to(Use.STATISTICS).select_for_update()
            still = {str(pk) for pk in agreed.values_list("pk", flat=True)}
            if not material.contributions <= still:
                raise CannotLearn(TAKEN_BACK)
            for former in Learning.objects.filter(state=LearningState.FORMER):
                let_go(former, LearningState.RETIRED)
            Learning.objects.filter(state=LearningState.IN_USE).update(state=LearningState.FORMER)
            self._update(state=LearningState.IN_USE, model_id=model_id, done=STEPS, step="")
            LearnedFrom.objects.bulk_create(
                LearnedFrom(learning=self.row, contribution_id=pk) for pk in sorted(material.contributions)
            )
        return self._ended(LearningState.IN_USE)

    def _begun(self, set_up: ThemeModels) -> Learning:
        last = Learning.objects.aggregate(last=Max("number"))["last"] or 0
        return Learning.objects.create(
            number=last + 1,
            begun_on=timezone.localdate(),
            steps=STEPS,
            codebook_version=self.book.version,
            codebook_sha256=self.book.sha256,
            encoder=set_up.encoder.id,
            seed=SEED,
            set_up=keeping.set_up(),
        )

    def _record(self, material: _Material) -> None:
        self._update(
            written=len(material.corpus.lessons),
            statements=len(material.live),
            contributions=len(material.contributions),
            held_out=len(material.judges),
        )

    def _step(self, said: str) -> None:
        self.progress(said, self.done, STEPS)
        self._update(step=said, done=self.done)
        self.done += 1

    def _update(self, **values: object) -> None:
        Learning.objects.filter(pk=self.row.pk).update(**values)

    def _ended(self, state: LearningState) -> Learning:
        """Close the record, and put out of use whatever knows of somebody who has left."""
        self._update(state=state, step="")
        for one in Learning.objects.filter(state__in=[LearningState.IN_USE, LearningState.FORMER]):
            if _is_due(one):
                let_go(one, LearningState.RETIRED)
        keeping.follow()
        self.progress("Done", STEPS, STEPS)
        return Learning.objects.get(pk=self.row.pk)


def _is_due(learning: Learning) -> bool:
    return learning.is_stale or learning.set_up != keeping.set_up()


def _end_what_died() -> None:
    """Whoever holds the lock is alone: a record that is still learning was cut off."""
    cut_off = Learning.objects.filter(state=LearningState.LEARNING).update(state=LearningState.FAILED, step="")
    if cut_off:
        logger.warning("a learning was cut off; it is begun again")
