"""Putting things in order by numbers typed beside them: no dragging, as few as somebody likes, and kind messages."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from surveys.definition import Option
from surveys.journey.widgets import Numbers


class Order(forms.MultiValueField):
    """The values of the options that were given a number, in the order of their numbers; none is required."""

    def __init__(self, options: tuple[Option, ...], **settings: Any) -> None:
        self.options = options
        boxes = [forms.CharField(required=False) for _option in options]
        super().__init__(boxes, widget=Numbers(options), require_all_fields=False, **settings)

    def numbers(self, answer: Sequence[str] | None) -> list[str]:
        """What stands in the boxes for an answer that is kept."""
        places = {value: str(place) for place, value in enumerate(answer or (), start=1)}
        return [places.get(option.value, "") for option in self.options]

    def compress(self, data_list: list[str]) -> list[str]:
        """The values in order.

        Raises:
            ValidationError: if a box holds no place in the order, or two hold the same, or one is left out.
        """
        # "1." is how many people number a list.
        typed = {number: text.removesuffix(".") for number, text in enumerate(data_list or ()) if text}
        places = self._places(typed)
        self._refuse_twice(places)
        self._refuse_gap(places)
        return [self.options[number].value for number in sorted(places, key=places.__getitem__)]

    def _places(self, typed: dict[int, str]) -> dict[int, int]:
        most = len(self.options)
        odd = [number for number, text in typed.items() if not _is_place(text, most)]
        if odd:
            message = _("Beside “%(label)s”, write a whole number from 1 to %(most)s, or leave the box empty.")
            self._refuse(odd, message % {"label": self.options[odd[0]].label, "most": most}, "number")
        return {number: int(text) for number, text in typed.items()}

    def _refuse_twice(self, places: dict[int, int]) -> None:
        for place, times in sorted(Counter(places.values()).items()):
            if times == 1:
                continue
            same = [number for number, given in places.items() if given == place]
            message = _("You gave number %(place)s to “%(one)s” and to “%(other)s”. Give each a number of its own.")
            one, other = (self.options[number].label for number in same[:2])
            self._refuse(same, message % {"place": place, "one": one, "other": other}, "twice")

    def _refuse_gap(self, places: dict[int, int]) -> None:
        given = sorted(places.values())
        missing = next((place for place in range(1, len(given) + 1) if place not in given), None)
        if missing is None:
            return
        after = [number for number, place in places.items() if place > missing]
        message = _("Nothing has number %(missing)s yet. Start at 1 and leave no number out.")
        self._refuse(after, message % {"missing": missing}, "gap")

    def _refuse(self, boxes: list[int], message: str, code: str) -> NoReturn:
        self.widget.faulty = frozenset(boxes)
        raise ValidationError(message, code=code)


def _is_place(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(most)) + 1 and 1 <= int(text) <= most
