"""The modes of a definition: the same questions in Easy Read or with films, which are offered, and what they lack."""

from collections.abc import Iterable
from dataclasses import replace

from surveys.definition import Definition, Option, Question
from surveys.facets import Easy, Mode, Signed


def presented(definition: Definition, mode: str) -> Definition:
    """The definition in the words of this mode. A question without such words keeps its own."""
    shown = {Mode.EASY: _in_easy_words, Mode.SIGNED: _with_film}.get(Mode(mode), _in_own_words)
    return replace(definition, questions=tuple(shown(question) for question in definition.questions))


def offered(definition: Definition) -> tuple[Mode, ...]:
    """The modes that every question has; nobody who needs one is left without it half way."""
    found = [Mode.STANDARD]
    if definition.questions and not without_easy_words(definition):
        found.append(Mode.EASY)
    if definition.questions and not unsigned(definition):
        found.append(Mode.SIGNED)
    return tuple(found)


def without_easy_words(definition: Definition) -> list[str]:
    """The ids of questions whose words, or one of whose options, are not in Easy Read."""
    return [question.id for question in definition.questions if not _is_easy(question)]


def unsigned(definition: Definition) -> list[str]:
    """The ids of questions without a film."""
    return [question.id for question in definition.questions if not question.signed.video]


def warnings(definition: Definition) -> list[str]:
    """What an unfinished mode still lacks, and which pictures are missing, in sentences for editors."""
    questions = definition.questions
    begun = any(question.easy.label for question in questions)
    lacking = {
        "Easy Read words": without_easy_words(definition) if begun else [],
        "a sign language film": unsigned(definition) if any(q.signed.video for q in questions) else [],
    }
    found = [
        f"{_listed(ids)} {'has' if len(ids) == 1 else 'have'} no {what.removeprefix('a ')}. "
        "This way of answering is offered once every question has it."
        for what, ids in lacking.items()
        if ids
    ]
    if begun and not lacking["Easy Read words"]:
        bare = [question.id for question in questions if not question.easy.picture]
        found += [f"{_listed(bare)} {'has' if len(bare) == 1 else 'have'} no picture in Easy Read."] if bare else []
        partly = [q.id for q in questions if not _is_pictured(q) and any(option.picture for option in q.options)]
        found += [f"{_listed(partly)}: only some options have a picture, so none is shown."] if partly else []
    return found


def _listed(ids: Iterable[str], most: int = 8) -> str:
    names = list(ids)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _is_easy(question: Question) -> bool:
    # A hint of the standard words says nothing to somebody who reads Easy Read, so it is not asked for.
    return bool(question.easy.label) and all(option.easy for option in question.options)


def _in_easy_words(question: Question) -> Question:
    facet = question.easy
    if not facet.label:
        return _in_own_words(question)
    has_pictures = _is_pictured(question)
    options = tuple(_option_in_easy_words(option, has_pictures=has_pictures) for option in question.options)
    return replace(question, label=facet.label, hint=facet.hint, options=options, signed=Signed())


def _is_pictured(question: Question) -> bool:
    """Whether each option has a picture; where only some have, the others would look like lesser answers."""
    return all(option.picture for option in question.options)


def _option_in_easy_words(option: Option, *, has_pictures: bool) -> Option:
    shown = option if has_pictures else replace(option, picture="")
    return replace(shown, label=option.easy, hint="") if option.easy else shown


def _with_film(question: Question) -> Question:
    return replace(_in_own_words(question), signed=question.signed)


def _in_own_words(question: Question) -> Question:
    options = tuple(replace(option, picture="") for option in question.options)
    return replace(question, options=options, easy=Easy(), signed=Signed())
