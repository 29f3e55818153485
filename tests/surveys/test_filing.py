"""Pictures and films are copied when a version is published: nothing an editor does later changes it."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pixels
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from surveys import filing, pictures
from surveys.definition import Definition, Kind, Option, Question, from_json
from surveys.facets import Easy, Signed
from surveys.publishing import NotReady
from tests.surveys.factories import SMALL, TAKE_PART, USES, SurveyFactory

FILM = b"\x00\x00\x00\x18ftypmp42 a fictional film"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def collection():
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def image(colour="red"):
    file = io.BytesIO()
    Pixels.new("RGB", (800, 600), colour).save(file, "PNG")
    return get_image_model().objects.create(
        title="Own", collection=collection(), file=ContentFile(file.getvalue(), f"{colour}.png")
    )


def document(name="film.mp4", content=FILM):
    return get_document_model().objects.create(title="Film", collection=collection(), file=ContentFile(content, name))


def asking(**facets):
    return Definition("Fictional", (TAKE_PART, USES, Question("Q-1", Kind.SHORT_TEXT, "How was it?", **facets)))


def frozen(definition):
    version = SurveyFactory(published=True, definition=definition).versions.get()
    return from_json(version.definition).question("Q-1")


@pytest.mark.django_db
class TestPublishing:
    def test_a_drawing_of_ours_is_copied_by_its_content(self):
        name = frozen(asking(easy=Easy("How was it?", "", "house:police"))).easy.picture
        assert filing.path_of(name).read_bytes() == pictures.drawing("police")
        assert filing.NAME.fullmatch(name)

    def test_an_own_picture_outlives_the_library(self):
        own = image()
        name = frozen(asking(easy=Easy("How was it?", "", f"image:{own.pk}"))).easy.picture
        own.file.delete(save=False)
        own.delete()
        with Pixels.open(filing.path_of(name)) as kept:
            assert kept.format == "WEBP"
            assert max(kept.size) == 480

    def test_a_film_and_its_captions_are_copied(self):
        film, captions = document(), document("film.vtt", b"WEBVTT\n")
        signed = frozen(asking(signed=Signed(f"document:{film.pk}", f"document:{captions.pk}"))).signed
        assert filing.path_of(signed.video).read_bytes() == FILM
        assert filing.path_of(signed.captions).read_bytes() == b"WEBVTT\n"

    def test_another_picture_is_another_version_and_the_same_is_not(self):
        survey = SurveyFactory(published=True, definition=asking(easy=Easy("How was it?", "", "house:police")))
        survey.save_revision().publish()
        assert survey.versions.count() == 1
        raw = survey.questions.get_prep_value()
        raw[2]["value"]["easy"]["picture"] = "phone"
        survey.questions = raw
        survey.save_revision().publish()
        assert survey.versions.count() == 2

    def test_what_is_gone_or_of_the_wrong_kind_is_refused_with_what_to_do(self):
        text = document("film.txt", b"words")
        definition = asking(
            easy=Easy("How was it?", "", "image:999999"), signed=Signed(f"document:{text.pk}", f"document:{text.pk}")
        )
        with pytest.raises(NotReady) as refusal:
            frozen(definition)
        assert refusal.value.reasons == [
            "Question 3: one of its pictures is no longer in the library. Choose another one.",
            "Question 3: its film must be an .mp4 or .webm file in the library. Choose another one.",
            "Question 3: its captions must be a .vtt file in the library. Choose another one.",
        ]


def test_naming_writes_nothing_and_keeping_twice_writes_once():
    filing.named(SMALL)
    assert not filing.folder().exists()
    first = filing.keep(SMALL)
    again = filing.keep(filing.keep(SMALL))
    assert first == again == filing.named(SMALL)
    assert len(list(filing.folder().iterdir())) == 6  # the six points of the one scale in it


@pytest.mark.parametrize("name", ["", "../secrets/pepper", "0" * 32 + ".svg", "0" * 32 + ".html", "x.svg"])
def test_only_copies_have_a_path(name):
    assert filing.path_of(name) is None


def test_options_are_copied_too():
    option = Option("yes", "Yes", picture="house:yes")
    question = filing.keep(Definition("F", (Question("Q", Kind.SINGLE, "?", options=(option,)),))).questions[0]
    assert filing.path_of(question.options[0].picture)
