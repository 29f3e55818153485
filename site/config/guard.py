"""Asks the table of addresses before any view runs, so that a view that forgets to ask is still closed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from accounts.roles import roles_of
from config.access import Level, Table, opens


def table() -> Table:
    """The table of addresses that this installation's settings name."""
    found: Table = import_string(settings.HEARD_ADDRESSES)
    return found


class Guard:
    """Lets a request through to its view only if the address has a row and the row is open to whoever asks.

    It is the second lock: views and actions ask for their capability themselves. It says the same of an address whose
    thing exists and of one whose thing does not, and holds against superusers, whom Wagtail would let pass everywhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of whatever comes after."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """None to go on; the way to the sign-in page for whoever is signed out.

        Raises:
            Http404: if the address is closed to everybody.
            PermissionDenied: if it has no row, or no role of this person opens it.
        """
        match = request.resolver_match
        row = table().row_for(match.route, view) if match else None
        if row is None:
            raise PermissionDenied("Nobody has said yet who may open this page. Tell whoever looks after this site.")
        if row.is_public:
            return None
        if row.needs is Level.NOBODY:
            raise Http404("Closed to everybody.")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if opens(row, roles_of(request.user), is_signed_in=True):
            return None
        raise PermissionDenied(refusal(row.capabilities))


def refusal(capabilities: tuple[Any, ...]) -> str:
    """What a person is told who has no role that opens a page."""
    if not capabilities:
        return "None of your roles works here. Ask an administrator."
    wanted = ", or ".join(capabilities)
    return f"Your account has no role that lets you {wanted}. Ask an administrator."
