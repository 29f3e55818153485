"""Form controls that carry what the GOV.UK patterns need: a hint for each choice, an "or", a faulty part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definition import Option

BOXES = ((_("Month"), 2), (_("Year"), 4))


class Hinted:
    """A set of choices that knows the options it was made from."""

    def __init__(self, options: tuple[Option, ...], **settings: Any) -> None:
        super().__init__(**settings)
        self.offered = {option.value: option for option in options}

    def create_option(self, *args: Any, **settings: Any) -> dict[str, Any]:
        """Django's option with our hint and whether it excludes the others."""
        option: dict[str, Any] = super().create_option(*args, **settings)  # type: ignore[misc]
        ours = self.offered.get(str(option["value"]))
        return {**option, "hint": ours.hint if ours else "", "is_exclusive": bool(ours and ours.is_exclusive)}


class Radios(Hinted, forms.RadioSelect):
    """One choice of several, each with its hint."""


class Checkboxes(Hinted, forms.CheckboxSelectMultiple):
    """Several choices, each with its hint, and perhaps "none of these"."""


class MonthYear(forms.MultiWidget):
    """Two short boxes, for a month and a year."""

    use_fieldset = True
    faulty: int | None = None  # which box to mark and to lead to when something is wrong

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__((forms.TextInput(), forms.TextInput()), attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context with, for each box, its label, its width in characters, and whether it is at fault."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for number, (part, (label, width)) in enumerate(zip(context["widget"]["subwidgets"], BOXES, strict=True)):
            part.update(label=label, width=width, is_faulty=number == self.faulty)
        return context

    def decompress(self, value: Any) -> list[str]:
        """The month and the year of a stored value."""
        year, _, month = str(value or "").partition("-")
        return [month.lstrip("0"), year]
