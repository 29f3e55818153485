"""Reading age: what counts as text, what counts as a block, and that our pages keep to the aim."""

import pytest
from wagtail.models import Site

from tests.pages.factories import root
from tools import measure_reading
from tools.measure_reading import AIM, Blocks, Measured, measure, reading_age

PLAIN = "We ask you a few things. You can stop at any time. You can skip what you do not want to say."
HARD = (
    "Notwithstanding the aforementioned considerations, participants' individually identifiable information "
    "necessitates proportionate safeguarding arrangements throughout organisational consultation procedures."
)


def blocks(html: str) -> list[str]:
    return Blocks(f"<body><header><p>Office</p></header><main>{html}</main><footer><p>End</p></footer></body>").found


def test_only_the_main_part_is_read():
    assert blocks("<h1>Start</h1><p>One.</p>") == ["Start.", "One."]


@pytest.mark.parametrize(
    "html",
    [
        "<button>Go</button>",
        "<script>let a;</script>",
        '<ul class="heard-services"><li>A line</li></ul>',
        '<p>A <span class="govuk-visually-hidden">hidden</span></p>',
    ],
)
def test_what_is_not_running_text_is_left_out(html):
    assert "".join(blocks(html)) in {"", "A."}


def test_a_list_is_one_block_and_each_item_a_sentence():
    assert blocks("<ul><li>One</li><li><p>Two.</p></li></ul><p>Three</p>") == ["One. Two.", "Three."]


def test_a_line_break_ends_a_sentence_and_unclosed_inputs_do_no_harm():
    assert blocks('<p>One<br>Two<input type="hidden"></p><p>Three</p>') == ["One. Two.", "Three."]


def test_plain_words_are_read_young_and_hard_ones_are_not():
    assert reading_age(PLAIN) <= 7
    assert reading_age(HARD) > 20


@pytest.mark.parametrize(("words", "is_block"), [(29, False), (30, True)])
def test_a_block_has_thirty_words(words, is_block):
    assert len(measure("page", f"<main><p>{'cat ' * words}</p></main>")) == 1 + is_block


@pytest.mark.parametrize(
    ("age", "words", "is_outlier"), [(AIM, 30, False), (AIM + 0.1, 30, True), (AIM + 0.1, 29, False)]
)
def test_an_outlier_is_above_the_aim_and_long_enough(age, words, is_outlier):
    assert Measured("page", words, age).is_outlier == is_outlier


@pytest.mark.parametrize(("name", "status"), [("journey VE-01", 0), ("/consultation/", 1)])
def test_an_outlier_needs_a_reason(name, status, capsys):
    assert measure_reading.summarise([Measured(name, 40, AIM + 1)], []) == status
    assert "1 of 1 pages" in capsys.readouterr().out


@pytest.mark.django_db
def test_every_page_a_respondent_meets_keeps_to_the_aim_or_says_why(settings, tmp_path):
    settings.VAR = tmp_path
    settings.HEARD_KEYS_DIR = tmp_path / "keys"
    welcome = root().add_child(title="Welcome", slug="welcome")
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    measure_reading.load()
    found = [one for name, html in measure_reading.pages() for one in measure(name, html)]
    assert len(found) > 100
    assert [str(one) for one in found if one.is_outlier and not one.reason] == []
