"""Why a report did not count what somebody sent, as that person is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the codes that a release keeps; a test holds them against the reasons there are.
REASONS: dict[str, str | Promise] = {
    "no_consent": _("you said we may not count it"),
    "removed": _("it was deleted, because the last day had passed"),
    "no_words": _("you chose answers and did not write anything"),
    "not_english": _("it is not in English, and we had not read it yet"),
    "awaiting": _("we had not read it yet"),
    "withheld": _("the person who read it decided not to use it"),
    "damaged": _("we could not open it any more"),
}


def why(code: str) -> str | Promise:
    """The reason in plain words, to go on from "not counted in it:"; empty if it was counted."""
    return REASONS[code] if code else ""
