"""The kinds of page an editor can make."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from feedback.models import SupportService
from surveys.models import Survey

PLAIN = ["h2", "h3", "bold", "ol", "ul", "link"]


class HomePage(Page):
    """The front door: what this site is and what is open now."""

    introduction = RichTextField(features=PLAIN, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home.html"


class ConsultationPage(Page):
    """What is asked, why, by whom and until when, with the way in to the survey."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, null=True, blank=True, related_name="pages")
    body = RichTextField(features=PLAIN, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("survey"), FieldPanel("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "pages/consultation.html"


class GuidancePage(Page):
    """Plain guidance: privacy, accessibility, safety online, what happens with answers."""

    body = RichTextField(features=PLAIN)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["pages.HomePage", "pages.GuidancePage"]
    template = "pages/guidance.html"


class SupportPage(Page):
    """Places that help, from the directory, with the date each was checked."""

    introduction = RichTextField(features=PLAIN, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["pages.HomePage"]
    max_count = 1
    template = "pages/support.html"

    def services(self) -> models.QuerySet[SupportService]:
        """The directory entries to show."""
        return SupportService.objects.filter(is_accepting=True)
