"""A form as a Django tutorial writes it: CSRF token, session read, validation, two inserts in one transaction."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from surveys.definition import SCALES, Kind
from tools.bare_form.models import Line, Sent


class BareForm(forms.Form):
    """One question with six answers, as Django draws it."""

    answer = forms.ChoiceField(
        label="They listened to me.",
        choices=[(option.value, option.label) for option in SCALES[Kind.AGREE5]],
        widget=forms.RadioSelect,
    )


def bare(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep what it says and show it again."""
    name = request.session["name"]
    form = BareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            sent = Sent._default_manager.create(session=name)
            Line._default_manager.create(sent=sent, answer=form.cleaned_data["answer"])
        response = HttpResponseRedirect(reverse("bare"))
        response.status_code = 303
        return response
    return render(request, "bare_form.html", {"form": form, "name": name})
