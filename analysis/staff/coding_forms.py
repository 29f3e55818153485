"""The form in which a person codes one statement: yes or no to each suggestion, and themes of their own."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from analysis.codebook import Codebook, Theme
from analysis.coding.places import Place, Suggestion
from analysis.coding.recording import Found
from analysis.models import How, Valence

YES, FIX, NO = "yes", "fix", "no"
OWN = 6  # rows for themes of one's own
NOT_THERE = "These words are not in the statement. Copy them from it as they stand, or leave this empty for all of it."
UNKNOWN = "No theme has this name. Choose one from the list."
TAKEN = "This theme is here already. Answer it once."


class CodingForm(forms.Form):
    """What one person found in one statement. `found()` gives it once the form is valid."""

    none = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, place: Place, suggested: Sequence[Suggestion], book: Codebook, **kwargs: Any
    ) -> None:
        """A yes or no for each suggestion, then rows for other themes."""
        super().__init__(*args, **kwargs)
        self.place = place
        self.themes = {theme.slug: theme for theme in book.themes}
        self.by_name = {theme.name.casefold(): theme for theme in book.themes}
        self.suggested = [one for one in suggested if one.theme in self.themes]
        for one in self.suggested:
            answers = [(YES, "Yes"), (FIX, "Yes, but correct it"), (NO, "No")]
            self.fields[f"keep-{one.theme}"] = forms.ChoiceField(
                choices=answers, required=False, widget=forms.RadioSelect
            )
            self.fields[f"valence-{one.theme}"] = _valence(one.valence)
            self.fields[f"fix-theme-{one.theme}"] = _theme(initial=self.themes[one.theme].name)
            self.fields[f"fix-words-{one.theme}"] = _words(initial=self._evidence(one))
        for number in range(1, OWN + 1):
            self.fields[f"theme-{number}"] = _theme()
            self.fields[f"how-{number}"] = _valence(Valence.PROBLEM)
            self.fields[f"words-{number}"] = _words()

    def suggestion_rows(self) -> Iterator[dict[str, Any]]:
        """Each suggestion with its number, theme and fields."""
        for number, one in enumerate(self.suggested, start=1):
            yield {
                "number": number,
                "suggestion": one,
                "theme": self.themes[one.theme],
                "keep": self[f"keep-{one.theme}"],
                "valence": self[f"valence-{one.theme}"],
                "fixed": [self[f"fix-theme-{one.theme}"], self[f"fix-words-{one.theme}"]],
                "is_fixed": self[f"keep-{one.theme}"].value() == FIX,
            }

    def own_rows(self) -> Iterator[dict[str, BoundField]]:
        """The rows for other themes."""
        for number in range(1, OWN + 1):
            yield {name: self[f"{name}-{number}"] for name in ("theme", "how", "words")}

    def clean(self) -> dict[str, Any]:
        """Every suggestion answered, every theme known and given once, and something found or none said."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("none"):
            return values
        unanswered = [one for one in self.suggested if not values.get(f"keep-{one.theme}")]
        for one in unanswered:
            self.add_error(f"keep-{one.theme}", "Say yes or no.")
        taken = {one.theme for one in self.suggested if values.get(f"keep-{one.theme}") == YES}
        named = list(self._named(values))
        for theme_field, words_field in named:
            self._check(theme_field, words_field, values, taken)
        if not unanswered and not named and not taken:
            self.add_error(None, "Choose a theme, or press “None of these”.")
        return values

    def found(self) -> list[Found]:
        """The themes this person found, where their evidence is, and what they do to the suggestions."""
        values = self.cleaned_data
        if values["none"]:
            return []
        kept = [self._kept(one) for one in self.suggested if values[f"keep-{one.theme}"] == YES]
        fixed = [self._fixed(one) for one in self.suggested if values[f"keep-{one.theme}"] == FIX]
        return kept + fixed + [self._own(number) for number in range(1, OWN + 1) if values[f"theme-{number}"]]

    def _named(self, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """The fields of each theme that this person named, and of its words."""
        fixed = (one.theme for one in self.suggested if values.get(f"keep-{one.theme}") == FIX)
        yield from ((f"fix-theme-{theme}", f"fix-words-{theme}") for theme in fixed)
        own = (number for number in range(1, OWN + 1) if values.get(f"theme-{number}"))
        yield from ((f"theme-{number}", f"words-{number}") for number in own)

    def _check(self, theme_field: str, words_field: str, values: dict[str, Any], taken: set[str]) -> None:
        theme = self._theme_named(values.get(theme_field, ""))
        words = values.get(words_field)
        if theme is None:
            self.add_error(theme_field, UNKNOWN)
        elif theme.slug in taken:
            self.add_error(theme_field, TAKEN)
        else:
            taken.add(theme.slug)
        if words and words not in self.place.text:
            self.add_error(words_field, NOT_THERE)

    def _theme_named(self, name: str) -> Theme | None:
        return self.by_name.get(name.strip().casefold())

    def _kept(self, one: Suggestion) -> Found:
        valence = self.cleaned_data[f"valence-{one.theme}"] or one.valence
        how = How.ACCEPTED if valence == one.valence else How.CORRECTED
        return Found(one.theme, valence, one.start, one.end, how, one.theme)

    def _fixed(self, one: Suggestion) -> Found:
        """The suggestion with another theme, other words or another valence; as it stands, it is accepted."""
        values = self.cleaned_data
        slug = self.by_name[values[f"fix-theme-{one.theme}"].strip().casefold()].slug
        words = values[f"fix-words-{one.theme}"]
        span = (one.start, one.end) if words == self._evidence(one) else self._span(words)
        valence = values[f"valence-{one.theme}"] or one.valence
        is_same = (slug, valence, span) == (one.theme, one.valence, (one.start, one.end))
        return Found(slug, valence, *span, How.ACCEPTED if is_same else How.CORRECTED, one.theme)

    def _own(self, number: int) -> Found:
        values = self.cleaned_data
        slug = self.by_name[values[f"theme-{number}"].strip().casefold()].slug
        return Found(slug, values[f"how-{number}"] or Valence.PROBLEM, *self._span(values[f"words-{number}"]))

    def _evidence(self, one: Suggestion) -> str:
        return self.place.passage.text[one.start : one.end]

    def _span(self, words: str) -> tuple[int, int]:
        """Where these words are first said in the statement; without words, all of it."""
        place = self.place
        start = place.start + place.text.index(words) if words else place.start
        return start, start + len(words) if words else place.end


def _valence(initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label="How it was", choices=Valence.choices, initial=initial, required=False)


def _theme(initial: str = "") -> forms.CharField:
    return forms.CharField(label="Theme", required=False, max_length=120, initial=initial)


def _words(initial: str = "") -> forms.CharField:
    return forms.CharField(label="The words that show it", required=False, initial=initial)
