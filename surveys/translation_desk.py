"""Languages of a survey in the admin: how far each is, who checked it, and every text beside its English."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accounts.models import User
from surveys import catalogues, offering, texts, translating
from surveys.models import LanguageCheck, Survey

LIST, EDIT, LANGUAGES, TRANSLATE = (
    f"wagtailsnippets_surveys_survey:{name}" for name in ("list", "edit", "languages", "translate")
)


class OfSurvey(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about the newest draft of one survey."""

    model = Survey
    permission_required = "change"
    header_icon = "globe"
    _show_breadcrumbs = True

    def get_object(self) -> Survey:
        """The survey as it is being written: its newest draft."""
        draft: Survey = super().get_object().get_latest_revision_as_object()
        return draft

    def by(self) -> User:
        """Who is at the desk."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - the admin lets nobody in without signing in; for the type checker
        return user

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The list, the survey, this page."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(LIST), "label": "Surveys"},
            {"url": reverse(EDIT, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]


class LanguagesView(OfSurvey):
    """Each language: how much is translated, who checked what, whether it is offered."""

    page_title = "Languages"
    template_name = "surveys/desk/languages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A row for each language the house speaks."""
        rows = [_row(self.object, language) for language in catalogues.languages()]
        return {**super().get_context_data(**kwargs), "rows": rows, "survey": self.object}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Mark the texts checked that were on the page."""
        language, sha256 = request.POST.get("language", ""), request.POST.get("sha256", "")
        if request.POST.get("which") == "fixed":
            is_done = translating.mark_fixed_checked(language, sha256, by=self.by())
        else:
            is_done = translating.mark_survey_checked(self.object, language, sha256, by=self.by())
        if is_done:
            messages.success(request, "Thank you. It is marked as checked by you, for the texts as they are now.")
        else:
            messages.error(request, "It was not marked: the texts have changed or are not whole. Look at them again.")
        return redirect(LANGUAGES, self.object.pk)


class TranslateView(OfSurvey):
    """Every text of the survey beside its English, what is missing first."""

    template_name = "surveys/desk/translate.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Only for a language the house speaks."""
        if kwargs["language"] not in catalogues.languages():
            raise Http404("no such language")
        super().setup(request, *args, **kwargs)

    @property
    def language(self) -> str:
        """The language that is written."""
        return str(self.kwargs["language"])

    def get_page_title(self) -> str:
        """Which language."""
        return f"Translate into {catalogues.name(self.language)}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the texts as a file for a translator."""
        if "file" not in request.GET:
            return super().get(request, *args, **kwargs)
        content = translating.as_file(_texts(self.object, self.language), self.object.sources())
        response = HttpResponse(content, content_type="application/yaml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.object.code}-{self.language}.yaml"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The texts, those that are missing on top."""
        said, sources = _texts(self.object, self.language), self.object.sources()
        missing = set(texts.missing(sources, said))
        pairs = [{"key": key, "english": english, "text": said.get(key, "")} for key, english in sources.items()]
        about = {"language": self.language, "direction": offering.direction(self.language), "survey": self.object}
        return {
            **super().get_context_data(**kwargs),
            **about,
            "pairs": sorted(pairs, key=lambda pair: pair["key"] not in missing),
            "missing": len(missing),
            "is_offered": self.object.translations.filter(language=self.language, is_offered=True).exists(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Keep what was typed, or what is in a file that was sent."""
        sources = self.object.sources()
        said = {key: request.POST.get(key, "")[: translating.LONGEST_TEXT] for key in sources}
        sent = request.FILES.get("file")
        if isinstance(sent, UploadedFile):
            try:
                said |= translating.from_file(sent.read(translating.LONGEST_FILE + 1), sources)
            except translating.NotATranslation as problem:
                messages.error(request, str(problem))
                return redirect(TRANSLATE, self.object.pk, self.language)
        translating.write(self.object, self.language, said, is_offered="is_offered" in request.POST, by=self.by())
        messages.success(request, "The texts are kept. They go live with the next publication, once they are checked.")
        return redirect(TRANSLATE, self.object.pk, self.language)


def _texts(survey: Survey, language: str) -> dict[str, str]:
    row = survey.translations.filter(language=language).first()
    return dict(row.texts) if row else {}


def _row(survey: Survey, language: str) -> dict[str, Any]:
    said, sources = _texts(survey, language), survey.sources()
    missing, sha256 = texts.missing(sources, said), texts.sha256(language, sources, said)
    fixed = catalogues.sha256(language)
    return {
        "code": language,
        "name": catalogues.name(language),
        "translated": len(sources) - len(missing),
        "of": len(sources),
        "is_whole": not missing,
        "is_offered": survey.translations.filter(language=language, is_offered=True).exists(),
        "sha256": sha256,
        "check": _check(language, sha256, survey),
        "unfinished": catalogues.unfinished(language),
        "fixed_sha256": fixed,
        "fixed_check": _check(language, fixed, None),
    }


def _check(language: str, sha256: str, survey: Survey | None) -> LanguageCheck | None:
    checks = LanguageCheck.objects.filter(language=language, sha256=sha256, survey=survey)
    return checks.select_related("checked_by").first()
