"""Who may see a staff screen, asked before anything is looked up, and whose menu shows it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from wagtail.admin.menu import MenuItem

from accounts.models import User
from accounts.roles import Capability, capabilities, may, require


class RoleRequired:
    """A view for holders of any of its capabilities. Admin access and being a superuser count for nothing."""

    capabilities: tuple[Capability, ...]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The view's own answer, never kept by a browser or a proxy.

        Raises:
            PermissionDenied: if no role of this person has one of the capabilities.
        """
        if not any(may(request.user, capability) for capability in self.capabilities):
            require(request.user, self.capabilities[0])
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(response)
        return response

    @property
    def user(self) -> User:
        """The person at the screen."""
        assert isinstance(self.request.user, User)  # noqa: S101 - dispatch let nobody else in; for the type checker
        return self.request.user


class ClosedOnGet:
    """A page that only a press of its button reaches: an address typed in or reloaded leads to the closed item."""

    closed_url_name: str

    def get(self, *_args: Any, **kwargs: Any) -> HttpResponse:
        """The closed item; nothing is opened, decided or recorded."""
        return redirect(self.closed_url_name, kwargs["pk"])


class RoleMenuItem(MenuItem):
    """A menu item that only holders of one capability see."""

    def __init__(
        self, label: str, url: str, *, capability: Capability, or_else: Capability | None = None, **kwargs: Any
    ) -> None:
        """Keep the capability, and another that will do as well, beside Wagtail's own arguments."""
        super().__init__(label, url, **kwargs)
        self.enough = {capability, or_else or capability}

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person has one of them."""
        return not self.enough.isdisjoint(_held(request))


def _held(request: HttpRequest) -> frozenset[Capability]:
    """What this person may do, asked once for all the items of a menu; a page itself asks afresh."""
    if not hasattr(request, "held_capabilities"):
        request.held_capabilities = capabilities(request.user)  # type: ignore[attr-defined]
    held: frozenset[Capability] = request.held_capabilities  # type: ignore[attr-defined]
    return held
