"""Lists and questions about people in the admin: their words and dates change, their names stay."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import User
from surveys.dated import EqualityQuestion, ListedOption
from surveys.equality import bank
from surveys.forms import OfficeForm

WHEN = FieldRowPanel([FieldPanel("from_date"), FieldPanel("to_date"), FieldPanel("position")], heading="When and where")


class PermanentForm(WagtailAdminModelForm):
    """A row whose permanent names stay as they were, and whose dates run forwards."""

    permanent: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """The values, or what may not be changed."""
        values: dict[str, Any] = super().clean()
        begins, ends = values.get("from_date"), values.get("to_date")
        if begins and ends and ends < begins:
            self.add_error("to_date", "The last day comes before the first day.")
        for name in set(self.permanent) & set(self.changed_data):
            if not self.instance._state.adding:
                self.add_error(name, ValidationError("This stays as it is. End this one and add another instead."))
        return values


class ListedOptionForm(PermanentForm):
    """A kind of crime or an area."""

    permanent = ("kind", "value")


class EqualityQuestionForm(PermanentForm):
    """A question about the people who answer."""

    permanent = ("organisation", "key")


class ListedOptionViewSet(SnippetViewSet):
    """The kinds of crime and the areas that questions start from."""

    model = ListedOption
    icon = "list-ul"
    menu_label = "Crime types and areas"
    menu_name = "lists"
    add_to_settings_menu = True
    list_display = ["label", "kind", "value", "from_date", "to_date"]
    list_filter = ["kind"]
    search_fields = ["label", "value"]
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]), FieldPanel("label"), FieldPanel("hint"), WHEN],
        base_form_class=ListedOptionForm,
    )


class EqualityIndexView(views.IndexView):
    """The questions, with the way to take over those that ship."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """“Add”, and “Take over the shipped questions” for those who may add."""
        buttons = super().header_buttons
        if self.add_url:
            where = reverse(EqualityQuestionViewSet.adopt_url_name)
            buttons.append(HeaderButton("Take over the shipped questions", url=where, icon_name="copy", priority=20))
        return buttons


class AdoptView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """The shipped questions for one office."""

    permission_required = "add"
    template_name = "surveys/desk/adopt.html"
    form_class = OfficeForm
    page_title = "Take over the shipped questions"
    header_icon = "copy"

    def form_valid(self, form: OfficeForm) -> HttpResponse:
        """The list, with what was added."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - the admin lets nobody in without signing in; for the type checker
        added = bank.adopt(form.cleaned_data["organisation"], from_date=timezone.localdate(), by=user)
        said = f"{added} questions were added. From today they are asked after sending." if added else "All are there."
        messages.success(self.request, said)
        return redirect(EqualityQuestionViewSet.list_url_name)


class EqualityQuestionViewSet(SnippetViewSet):
    """What an office asks about the people who answer."""

    model = EqualityQuestion
    icon = "group"
    menu_label = "Questions about people"
    menu_name = "equality"
    add_to_settings_menu = True
    list_display = ["label", "organisation", "key", "from_date", "to_date"]
    list_filter = ["organisation"]
    search_fields = ["label", "key"]
    index_view_class = EqualityIndexView
    list_url_name = "wagtailsnippets_surveys_equalityquestion:list"
    adopt_url_name = "wagtailsnippets_surveys_equalityquestion:adopt"
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("organisation"), FieldPanel("key")]),
            FieldPanel("label"),
            FieldPanel("hint"),
            FieldPanel("options"),
            WHEN,
        ],
        base_form_class=EqualityQuestionForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, and the way to take over what ships."""
        view = AdoptView.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("adopt/", view, name="adopt")]
