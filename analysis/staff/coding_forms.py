"""The form in which a person codes one statement: yes or no to each suggestion, and themes of their own."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from analysis.codebook import Codebook, Theme
from analysis.coding.places import Place, Suggestion
from analysis.coding.recording import Found
from analysis.models import How, Valence

YES, NO = "yes", "no"
OWN = 6  # rows for themes of one's own
NOT_THERE = "These words are not in the statement. Copy them from it as they stand, or leave this empty for all of it."


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
            answers = [(YES, "Yes"), (NO, "No")]
            self.fields[f"keep-{one.theme}"] = forms.ChoiceField(
                choices=answers, required=False, widget=forms.RadioSelect
            )
            self.fields[f"valence-{one.theme}"] = _valence(one.valence)
        for number in range(1, OWN + 1):
            self.fields[f"theme-{number}"] = forms.CharField(label="Theme", required=False, max_length=120)
            self.fields[f"how-{number}"] = _valence(Valence.PROBLEM)
            self.fields[f"words-{number}"] = forms.CharField(label="The words that show it", required=False)

    def suggestion_rows(self) -> Iterator[dict[str, Any]]:
        """Each suggestion with its number, theme and fields."""
        for number, one in enumerate(self.suggested, start=1):
            yield {
                "number": number,
                "suggestion": one,
                "theme": self.themes[one.theme],
                "evidence": self.place.passage.text[one.start : one.end],
                "keep": self[f"keep-{one.theme}"],
                "valence": self[f"valence-{one.theme}"],
            }

    def own_rows(self) -> Iterator[dict[str, BoundField]]:
        """The rows for other themes."""
        for number in range(1, OWN + 1):
            yield {name: self[f"{name}-{number}"] for name in ("theme", "how", "words")}

    def clean(self) -> dict[str, Any]:
        """Every suggestion answered, every theme known, and something found or none said."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("none"):
            return values
        unanswered = [one for one in self.suggested if not values.get(f"keep-{one.theme}")]
        for one in unanswered:
            self.add_error(f"keep-{one.theme}", "Say yes or no.")
        own = [number for number in range(1, OWN + 1) if values.get(f"theme-{number}")]
        for number in own:
            self._check_own(number, values)
        if not unanswered and not own and not any(values.get(f"keep-{one.theme}") == YES for one in self.suggested):
            self.add_error(None, "Choose a theme, or press “None of these”.")
        return values

    def found(self) -> list[Found]:
        """The themes this person found, where their evidence is, and what they do to the suggestions."""
        values = self.cleaned_data
        if values["none"]:
            return []
        kept = [self._kept(one) for one in self.suggested if values[f"keep-{one.theme}"] == YES]
        return kept + [self._own(number) for number in range(1, OWN + 1) if values[f"theme-{number}"]]

    def _check_own(self, number: int, values: dict[str, Any]) -> None:
        theme = self.by_name.get(values[f"theme-{number}"].strip().casefold())
        if theme is None:
            self.add_error(f"theme-{number}", "No theme has this name. Choose one from the list.")
        elif self._is_taken(theme, number, values):
            self.add_error(f"theme-{number}", "This theme is here already. Answer it once.")
        if values.get(f"words-{number}") and values[f"words-{number}"] not in self.place.text:
            self.add_error(f"words-{number}", NOT_THERE)

    def _is_taken(self, theme: Theme, number: int, values: dict[str, Any]) -> bool:
        earlier = [values.get(f"theme-{before}", "").strip().casefold() for before in range(1, number)]
        return theme.name.casefold() in earlier or values.get(f"keep-{theme.slug}") == YES

    def _kept(self, one: Suggestion) -> Found:
        valence = self.cleaned_data[f"valence-{one.theme}"] or one.valence
        how = How.ACCEPTED if valence == one.valence else How.CORRECTED
        return Found(one.theme, valence, one.start, one.end, how, one.theme)

    def _own(self, number: int) -> Found:
        values, place = self.cleaned_data, self.place
        theme = self.by_name[values[f"theme-{number}"].strip().casefold()].slug
        words = values[f"words-{number}"]
        start = place.start + place.text.index(words) if words else place.start
        return Found(
            theme, values[f"how-{number}"] or Valence.PROBLEM, start, start + len(words) if words else place.end
        )


def _valence(initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label="How it was", choices=Valence.choices, initial=initial, required=False)
