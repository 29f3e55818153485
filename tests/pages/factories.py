"""A small fictional site: home, one consultation with a published survey, support, guidance."""

from django.conf import settings
from wagtail.models import Locale, Page, Site

from pages.models import ConsultationPage, GuidancePage, HomePage, SupportPage


def make_site(survey=None, **consultation) -> dict[str, Page]:
    """The four kinds of page, published, with home at the front door."""
    home = root().add_child(
        instance=HomePage(title="Front", slug="front", introduction="<p>Tell us what happened after.</p>")
    )
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return {
        "home": home,
        "consultation": home.add_child(
            instance=ConsultationPage(
                title="How was it?", slug="how-was-it", survey=survey, body="<p>A fictional body.</p>", **consultation
            )
        ),
        "support": home.add_child(
            instance=SupportPage(title="Where to get help", slug="help", introduction="<p>Help.</p>")
        ),
        "guidance": home.add_child(
            instance=GuidancePage(title="Privacy", slug="privacy", body="<h2>Short</h2><p>Little.</p>")
        ),
    }


def root() -> Page:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
