"""Easy Read and sign language on the pages of the journey: which are offered, and in whose words a page is shown."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from surveys import formats
from surveys.facets import Mode
from surveys.journey import sitting
from surveys.journey.progress import Progress, definition_of
from surveys.offering import ENGLISH, current

NAMES = {Mode.STANDARD: _("Usual words"), Mode.EASY: _("Easy Read"), Mode.SIGNED: _("Sign language (BSL)")}


def others(progress: Progress) -> list[dict[str, Any]]:
    """The modes this draft could be shown in instead, with their names."""
    offered = formats.offered(definition_of(progress.draft.version))
    return [{"value": mode.value, "name": NAMES[mode]} for mode in offered if mode != progress.draft.mode]


def is_easy(request: HttpRequest, asked: str = "") -> bool:
    """Whether a page that belongs to no draft is shown in Easy Read: it is `asked` for, or was shown last.

    Only the cookie is read: some of these pages say that what was posted cannot be.
    """
    return current() == ENGLISH and (asked == Mode.EASY or sitting.is_easy(request))


def templates(name: str, *, is_easy: bool) -> list[str]:
    """The templates to try for a page: in Easy Read its short version first, where there is one."""
    return [name.replace("surveys/", "surveys/easy/", 1), name] if is_easy else [name]
