"""The four uses in plain words, each with what happens when somebody takes their yes back."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.models import Use


@dataclass(frozen=True)
class Choice:
    """One use as a person decides on it."""

    use: Use
    label: str | Promise
    if_refused: str | Promise
    is_agreed: bool = False


CHOICES = (
    (
        Use.STATISTICS,
        _("Count it with what other people said"),
        _("If not: we do not count it, and delete what we noted to count it. Reports do not show your words either."),
    ),
    (
        Use.PARAPHRASE,
        _("Describe it in our own words"),
        _("If not: the people who write reports do not read it to describe it."),
    ),
    (
        Use.QUOTE,
        _("Publish some of your words, without your name"),
        _("If not: no report on this site shows your words. A copy somebody printed may still have them."),
    ),
    (
        Use.FUTURE,
        _("Use it again in later work like this"),
        _("If not: we use it only for the work you answered, and for nothing later."),
    ),
)


def choices(agreed: Collection[Use]) -> list[Choice]:
    """Every use in the order it is asked, with what the person says of it now."""
    return [Choice(use, label, if_refused, use in agreed) for use, label, if_refused in CHOICES]


def chosen(values: Collection[str]) -> frozenset[Use]:
    """The uses that were ticked; no tick is no, and a value that is no use is nothing."""
    return frozenset(use for use in Use if use.value in values)
