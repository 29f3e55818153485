"""Consultations, offices and support services in the admin, with a warning where a check is due."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from feedback.forms import ConsultationForm, OrganisationForm, SupportServiceForm
from feedback.models import Consultation, Organisation, SupportService
from feedback.staff.tables import CheckedColumn


class ConsultationViewSet(SnippetViewSet):
    """What is asked, of whom, why and until when."""

    model = Consultation
    icon = "comment"
    menu_label = "Consultations"
    list_display = ["title", "organisation", "opens_on", "closes_on", "last_day_of_use", "duty_holder"]
    list_filter = ["organisation", "opens_on", "closes_on", "is_victim_facing"]
    search_fields = ["title"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("organisation"),
            MultiFieldPanel([FieldPanel("purpose"), FieldPanel("use_of_answers")], heading="What people are told"),
            FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")], heading="When"),
            FieldPanel("used_until"),
            MultiFieldPanel(
                [FieldPanel("duty_holder"), FieldPanel("is_victim_facing", heading="Asks people who were harmed")],
                heading="Care",
            ),
        ],
        base_form_class=ConsultationForm,
    )


class OrganisationViewSet(SnippetViewSet):
    """The office that asks, and when it reads."""

    model = Organisation
    icon = "home"
    menu_label = "Offices"
    list_display = ["name", "reading_hours", "from_date", "to_date"]
    list_filter = ["from_date", "to_date"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [FieldPanel("contact"), FieldPanel("reading_hours"), FieldPanel("complaints_url")],
                heading="What people are told",
            ),
            FieldPanel("staff_support"),
            FieldRowPanel(
                [FieldPanel("from_date", heading="From"), FieldPanel("to_date", heading="Until")], heading="In office"
            ),
        ],
        base_form_class=OrganisationForm,
    )


class ServiceFilters(WagtailFilterSet):
    """What an editor may narrow the services by, the overdue ones first of all."""

    is_overdue = django_filters.BooleanFilter(label="Overdue for a check", method="overdue")

    class Meta:
        model = SupportService
        fields = ["is_overdue", "is_accepting", "is_emergency", "verified_on", "review_by"]

    def overdue(self, services: QuerySet[SupportService], name: str, value: Any) -> QuerySet[SupportService]:  # noqa: ARG002
        """Those whose next check was due before today, or those whose was not."""
        today = timezone.localdate()
        return services.filter(review_by__lt=today) if value else services.filter(review_by__gte=today)


class SupportServiceViewSet(SnippetViewSet):
    """A place that helps, and when somebody last checked that it does."""

    model = SupportService
    icon = "help"
    menu_label = "Support services"
    list_display = [
        "name",
        "who_for",
        BooleanColumn("is_accepting", label="Taking new people"),
        "verified_on",
        CheckedColumn("review_by", label="Check again", sort_key="review_by"),
    ]
    filterset_class = ServiceFilters
    search_fields = ["name", "who_for"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("who_for"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("phone", heading="Telephone"), FieldPanel("url", heading="Web address")]),
                    FieldPanel("hours"),
                ],
                heading="How to reach it",
            ),
            MultiFieldPanel([FieldPanel("crime_types"), FieldPanel("areas")], heading="Shown to"),
            FieldRowPanel(
                [
                    FieldPanel("is_emergency", heading="For emergencies"),
                    FieldPanel("is_for_children"),
                    FieldPanel("is_accepting"),
                    FieldPanel("position", heading="Place in the list"),
                ]
            ),
            MultiFieldPanel(
                [
                    FieldPanel("source", heading="Source"),
                    FieldRowPanel([FieldPanel("verified_on"), FieldPanel("review_by", heading="Check again by")]),
                ],
                heading="Checked",
            ),
        ],
        base_form_class=SupportServiceForm,
    )


class DirectoryGroup(SnippetViewSetGroup):
    """The three in one menu."""

    items = (ConsultationViewSet, OrganisationViewSet, SupportServiceViewSet)
    menu_label = "Consultations"
    menu_name = "consultations"
    menu_icon = "comment"
    menu_order = 190
