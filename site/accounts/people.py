"""The screens of administrators: who works here, inviting, roles, lost devices, leaving. None shows anybody's words."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import joining
from accounts.forms import InviteForm, RolesForm
from accounts.grants import grant, withdraw
from accounts.guard import MAIN_FACTORS
from accounts.joining import NotPossible
from accounts.models import Link, Role, User
from accounts.roles import Capability, requires

administrators = requires(Capability.MANAGE_ACCOUNTS)
FACTORS = Prefetch("authenticator_set", Authenticator.objects.filter(type__in=MAIN_FACTORS), to_attr="factors")


@administrators
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has or had an account, those who left last."""
    everybody = User.objects.prefetch_related("grants", FACTORS).order_by("-is_active", "last_name", "username")
    return render(request, "accounts/people/list.html", {"people": everybody})


@administrators
def invite(request: HttpRequest) -> HttpResponse:
    """Who is invited and what they will do; afterwards their link, shown once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/people/invite.html", {"form": form})
    person = form.save(commit=False)
    secret = joining.invite(person, form.roles(), by=as_user(request))
    return show_link(request, person, secret)


@administrators
def person(request: HttpRequest, user_id: str) -> HttpResponse:
    """One person: roles, second factors, what was done to the account, and what may be done."""
    somebody = get_object_or_404(User.objects.prefetch_related(FACTORS), pk=user_id)
    held = list(somebody.grants.values_list("role", flat=True))
    link = Link.objects.filter(user=somebody, last_day__gte=timezone.localdate()).select_related("asked_by").first()
    events = somebody.account_events.select_related("by")[:50]
    given = {"person": somebody, "form": RolesForm(initial={"roles": held}), "link": link, "events": events}
    given["is_self"] = somebody.pk == request.user.pk
    given["is_asked_by_self"] = bool(link and link.asked_by_id == request.user.pk)
    return render(request, "accounts/people/person.html", given)


@administrators
@require_POST
def roles(request: HttpRequest, user_id: str) -> HttpResponse:
    """Give and take roles so that exactly the ticked ones are held."""
    somebody = get_object_or_404(User, pk=user_id, is_active=True)
    form = RolesForm(request.POST)
    if form.is_valid():
        wanted = form.roles()
        held = {Role(name) for name in somebody.grants.values_list("role", flat=True)}
        if somebody.pk == request.user.pk and Role.ADMINISTRATOR in held - wanted:
            messages.error(request, "Nobody takes this role from themselves. Ask another administrator.")
            return redirect("accounts:person", user_id=user_id)
        for role in sorted(held - wanted):
            withdraw(somebody, role, by=as_user(request))
        for role in sorted(wanted - held):
            grant(somebody, role, granted_by=as_user(request))
    return redirect("accounts:person", user_id=user_id)


@administrators
@require_POST
def act(request: HttpRequest, user_id: str, what: str) -> HttpResponse:
    """A new invitation, a lost device reported or confirmed, or leaving."""
    somebody = get_object_or_404(User, pk=user_id)
    by = as_user(request)
    try:
        if what == "invite-again":
            return show_link(request, somebody, joining.invite_again(somebody, by=by))
        if what == "confirm-lost":
            return show_link(request, somebody, joining.confirm_lost(somebody, by=by))
        if what == "report-lost":
            joining.report_lost(somebody, by=by)
        else:
            joining.leave(somebody, by=by)
    except NotPossible as problem:
        messages.error(request, str(problem))
    return redirect("accounts:person", user_id=user_id)


def show_link(request: HttpRequest, somebody: User, secret: str) -> HttpResponse:
    """The link to hand over; it is in this one answer and nowhere else."""
    given = {"person": somebody, "address": request.build_absolute_uri(joining.path_of(secret))}
    return render(request, "accounts/people/link.html", {**given, "last_day": joining.last_day()})


def as_user(request: HttpRequest) -> User:
    """Whoever asks, who is signed in."""
    assert isinstance(request.user, User)  # noqa: S101 - the guard; for the type checker
    return request.user
