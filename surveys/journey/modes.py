"""Easy Read and sign language on the pages of the journey: which are offered, and in whose words a page is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from surveys import formats
from surveys.facets import Mode
from surveys.journey.progress import Progress, definition_of

NAMES = {Mode.STANDARD: _("Usual words"), Mode.EASY: _("Easy Read"), Mode.SIGNED: _("Sign language (BSL)")}


def others(progress: Progress) -> list[dict[str, Any]]:
    """The modes this draft could be shown in instead, with their names."""
    offered = formats.offered(definition_of(progress.draft.version))
    return [{"value": mode.value, "name": NAMES[mode]} for mode in offered if mode != progress.draft.mode]


def templates(name: str, progress: Progress | None) -> list[str]:
    """The templates to try for a page: in Easy Read its short version first, where there is one."""
    is_easy = progress is not None and progress.draft.mode == Mode.EASY
    return [name.replace("surveys/", "surveys/easy/", 1), name] if is_easy else [name]
