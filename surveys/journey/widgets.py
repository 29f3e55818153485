"""Form controls that carry what the GOV.UK patterns need: a hint for each choice, an "or", a faulty part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.normalise import normalise
from surveys.definition import Option

# More than any number a person writes into a small box; the rest of what was sent is not shown again.
LONGEST_PART = 20
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
        return {
            **option,
            "hint": ours.hint if ours else "",
            "picture": ours.picture if ours else "",
            "is_exclusive": bool(ours and ours.is_exclusive),
        }


class Radios(Hinted, forms.RadioSelect):
    """One choice of several, each with its hint."""


class Checkboxes(Hinted, forms.CheckboxSelectMultiple):
    """Several choices, each with its hint, and perhaps "none of these"."""


class SmallBoxes(forms.MultiWidget):
    """Short boxes side by side or one under the other, of which some may be at fault."""

    use_fieldset = True
    faulty: frozenset[int] = frozenset()  # which boxes to mark

    @property
    def first_faulty(self) -> int:
        """The box that the error summary leads to."""
        return min(self.faulty, default=0)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was typed into each box, without what cannot be seen and no longer than it can be shown."""
        typed = super().value_from_datadict(data, files, name)
        return [normalise(part)[:LONGEST_PART] if isinstance(part, str) else "" for part in typed]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context with, for each box, what `about` says of it and whether it is at fault."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for number, part in enumerate(context["widget"]["subwidgets"]):
            part.update(**self.about(number), is_faulty=number in self.faulty)
        return context

    def about(self, number: int) -> dict[str, Any]:
        """What the template needs to draw this box."""
        raise NotImplementedError


class MonthYear(SmallBoxes):
    """Two short boxes, for a month and a year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__((forms.TextInput(), forms.TextInput()), attrs)

    def about(self, number: int) -> dict[str, Any]:
        """Its label, and its width in characters."""
        label, width = BOXES[number]
        return {"label": label, "width": width}

    def decompress(self, value: Any) -> list[str]:
        """The month and the year of a stored value."""
        year, _, month = str(value or "").partition("-")
        return [month.lstrip("0"), year]


class Numbers(SmallBoxes):
    """A short box beside each option, for its place in the order."""

    def __init__(self, options: tuple[Option, ...], attrs: dict[str, Any] | None = None) -> None:
        self.options = options
        super().__init__([forms.TextInput() for _option in options], attrs)

    def about(self, number: int) -> dict[str, Any]:
        """The option it stands beside."""
        option = self.options[number]
        return {"label": option.label, "hint": option.hint}

    def decompress(self, value: Any) -> list[str]:  # noqa: ARG002 - Django's signature
        """No number beside any option: where there are some, the field gives them as a list."""
        return ["" for _option in self.options]
