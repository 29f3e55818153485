"""The places that help as the help corner lists them: the same words on every page, so they are written once."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from feedback.models import SupportService


class Services(list[SupportService]):
    """Places that help, in the order to show them. Never changed once made, as every page shares them."""

    def __init__(self, services: list[SupportService]) -> None:
        super().__init__(services)
        self._said: dict[str | None, SafeString] = {}

    @property
    def corner(self) -> SafeString:
        """What the help corner says in the language of this page."""
        language = get_language()
        if language not in self._said:
            self._said[language] = render_to_string("components/help_words.html", {"services": self})
        return self._said[language]
