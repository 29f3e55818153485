"""The kinds of page an editor can make."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from feedback.models import Organisation, SupportService
from surveys import formats, offering, outreach
from surveys.definition import from_json
from surveys.facets import Mode
from surveys.models import Survey, SurveyVersion
from surveys.routes import spread

PLAIN = ["h2", "h3", "bold", "ol", "ul", "link"]


class PublicPage(Page):
    """What every public page says: which office it belongs to."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context with the office."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "organisation": self.organisation()}

    def organisation(self) -> Organisation | None:
        """The office in charge today."""
        return Organisation.objects.in_charge()


class HomePage(PublicPage):
    """The front door: what this site is and what is open now."""

    introduction = RichTextField(features=PLAIN, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home.html"

    def open_consultations(self) -> list["ConsultationPage"]:
        """The pages whose survey can be answered today, those that close first on top."""
        pages = ConsultationPage.objects.live().child_of(self).select_related("survey__consultation__organisation")
        open_now = [page for page in pages if page.version()]
        return sorted(open_now, key=lambda page: page.survey.consultation.closes_on)

    def other_pages(self) -> models.QuerySet[Page]:
        """Guidance and support, in the editors' order."""
        return self.get_children().live().not_type(ConsultationPage)


class ConsultationPage(PublicPage):
    """What is asked, why, by whom and until when, with the way in to the survey."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, null=True, blank=True, related_name="pages")
    body = RichTextField(features=PLAIN, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("survey"), FieldPanel("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "pages/consultation.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context with the consultation, and how long the survey takes if it can be answered today."""
        context = super().get_context(request, *args, **kwargs)
        consultation = self.survey.consultation if self.survey else None
        version = self.version()
        definition = from_json(version.definition) if version else None
        modes = formats.offered(definition) if definition else ()
        lengths = spread(definition).minutes if definition else None
        told = {"consultation": consultation, "is_open": version is not None, "lengths": lengths}
        told["outreach"] = outreach.channel(request.GET.get(outreach.PARAMETER, ""))
        told |= {"has_easy_read": Mode.EASY in modes, "has_signed": Mode.SIGNED in modes}
        told["asks_for_later"] = definition is not None and definition.asks_for_later
        return {**context, **told, **self._about_language(request, version)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, in the language its address asks for if the survey is offered in it."""
        asked = request.GET.get("language", "")
        language = asked if asked in {one.code for one in self.languages()} else offering.ENGLISH
        with translation.override(offering.locale(language)):
            response: HttpResponse = super().serve(request, *args, **kwargs).render()
        return response

    def languages(self) -> tuple[offering.Offered, ...]:
        """The languages the survey may be answered in today."""
        version = self.version()
        return offering.offered(version, from_json(version.definition)) if version else ()

    def _about_language(self, request: HttpRequest, version: SurveyVersion | None) -> dict[str, Any]:
        if self.survey is None:
            return {}
        language, languages = offering.current(), self.languages()
        texts = version.definition.get("translations", {}).get(language) if version else None
        return {
            "languages": languages,
            "language": language,
            "heading": texts["title"] if texts else self.title,
            "office": offering.office_words(self.survey.consultation, texts),
            "is_unchecked": any(one.code == language and not one.is_checked for one in languages),
            "address": request.path,
        }

    def organisation(self) -> Organisation | None:
        """The office that asks."""
        return self.survey.consultation.organisation if self.survey else super().organisation()

    def version(self) -> SurveyVersion | None:
        """What a person who starts today would answer, or None where nothing is open."""
        return SurveyVersion.objects.live(self.survey.code) if self.survey else None


class GuidancePage(PublicPage):
    """Plain guidance: privacy, accessibility, safety online, what happens with answers."""

    body = RichTextField(features=PLAIN)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["pages.HomePage", "pages.GuidancePage"]
    template = "pages/guidance.html"


class SupportPage(PublicPage):
    """Places that help, from the directory, with the date each was checked."""

    introduction = RichTextField(features=PLAIN, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["pages.HomePage"]
    max_count = 1
    template = "pages/support.html"

    def services(self) -> list[SupportService]:
        """The directory entries to show."""
        return SupportService.objects.for_person()
