"""The demonstration's fictional answers: always on the route, the same for the same seed, and what was written is kept."""

from collections import Counter
from random import Random

import pytest
import yaml

from config.demo import answers
from config.demo.answers import AGREED, AREAS, TONES, draw, drawn, entries, pick, stated
from config.demo.loading import TESTIMONY
from surveys.definition import TEXT_KINDS, Kind, Part
from surveys.library import load_template
from surveys.routes import on_route, route

SURVEY = load_template("victims_code_experience")
FILE = {
    "contributions": {
        "hate-crime": [["bad", "", "Fictional words."], {"tone": "good", "well": "Also fictional.", "area": "dudley"}],
        "stalking-harassment": [["mixed", "Some fictional words.", ""]],
    },
    "without_words": 4,
}


def seeded(seed) -> Random:
    return Random(seed)  # noqa: S311 - a reproducible demonstration, not a secret


def entry(**given):
    return {"crime": "hate-crime", "tone": "bad", **drawn(seeded(1)), **given}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("tone", TONES)
def test_every_answer_is_on_the_route_and_one_the_question_offers(seed, tone):
    random = seeded(seed)
    given = draw(SURVEY, stated(entry(**drawn(random))), tone=tone, random=random)
    assert on_route(SURVEY, given) == given
    for question in route(SURVEY, given):
        value = given.get(question.id, [])
        chosen = value if isinstance(value, list) else [value]
        assert question.kind not in TEXT_KINDS or not chosen, question.id
        assert set(chosen) <= {option.value for option in question.options} or not question.options, question.id


def test_the_same_seed_answers_the_same_and_another_does_not():
    drawings = [draw(SURVEY, stated(entry()), tone="mixed", random=seeded(seed)) for seed in (7, 7, 8)]
    assert drawings[0] == drawings[1]
    assert drawings[0] != drawings[2]


def test_what_an_entry_states_is_never_drawn_over():
    said = stated(entry(crime="stalking-harassment", area="walsall", who="me"))
    for seed in range(20):
        given = draw(SURVEY, said, tone="good", random=seeded(seed))
        assert {name: value for name, value in given.items() if name in said}.items() <= said.items()
        assert (given["VE-03a"], given["VE-03b"]) == ("stalking-harassment", "walsall")


def test_no_use_agreed_to_is_no_answer_as_in_the_journey():
    given = draw(SURVEY, stated(entry(uses=[])), tone="good", random=seeded(1))
    assert "VE-01a" not in given


def test_a_skipped_question_leaves_no_answer_behind():
    given = [draw(SURVEY, stated(entry()), tone="bad", random=seeded(seed)) for seed in range(20)]
    assert all(value for one in given for value in one.values())
    assert len({frozenset(one) for one in given}) > 1


AGREEMENT = next(question for question in SURVEY.questions if question.kind is Kind.AGREE5)


def test_whoever_answers_takes_part():
    consent = next(question for question in SURVEY.questions if question.part is Part.TAKE_PART)
    assert {pick(consent, tone, seeded(seed)) for tone in TONES for seed in range(30)} == {"yes"}


def test_about_one_question_in_eight_is_skipped():
    question = AGREEMENT
    random = seeded(5)
    skipped = sum(pick(question, "mixed", random) is None for _ in range(4000)) / 4000
    assert skipped == pytest.approx(answers.SKIPPED, abs=0.03)


@pytest.mark.parametrize(("tone", "is_best_commoner"), [("good", True), ("bad", False)])
def test_the_tone_of_the_words_decides_which_end_of_a_scale_is_commoner(tone, is_best_commoner):
    question = AGREEMENT
    random = seeded(6)
    counts = Counter(pick(question, tone, random) for _ in range(2000))
    best, worst = question.options[0].value, question.options[4].value
    assert (counts[best] > 3 * counts[worst]) is is_best_commoner
    assert (counts[worst] > 3 * counts[best]) is not is_best_commoner


def test_several_answers_are_different_ones_and_never_one_that_excludes_others():
    question = next(
        question
        for question in SURVEY.questions
        if question.kind is Kind.MULTIPLE and any(option.is_exclusive for option in question.options)
    )
    alone = {option.value for option in question.options if option.is_exclusive}
    for seed in range(60):
        several = pick(question, "mixed", seeded(seed)) or []
        assert len(several) == len(set(several)) <= 3
        assert not alone & set(several)


def test_each_row_becomes_an_entry_of_its_crime_with_its_words():
    made = entries(FILE, seeded(1))
    assert [(one["crime"], one["tone"]) for one in made[:3]] == [
        ("hate-crime", "bad"),
        ("hate-crime", "good"),
        ("stalking-harassment", "mixed"),
    ]
    assert [one.get("well", "") for one in made[:3]] == ["", "Also fictional.", "Some fictional words."]
    assert made[0]["change"] == "Fictional words."


def test_what_the_file_says_is_kept_and_only_the_rest_is_drawn():
    for seed in range(20):
        assert entries(FILE, seeded(seed))[1]["area"] == "dudley"
    assert len({entries(FILE, seeded(seed))[0]["area"] for seed in range(20)}) > 1


def test_some_send_closed_answers_only_about_crimes_others_wrote_of():
    silent = entries(FILE, seeded(2))[3:]
    assert len(silent) == FILE["without_words"]
    assert {one["crime"] for one in silent} <= set(FILE["contributions"])
    assert not [name for one in silent for name in ("well", "change") if name in one]


def test_a_row_with_a_column_too_many_is_refused():
    with pytest.raises(ValueError, match="zip"):
        entries({"contributions": {"hate-crime": [["bad", "", "", "more"]]}, "without_words": 0}, seeded(1))


def test_entries_are_the_same_for_the_same_seed():
    assert entries(FILE, seeded(3)) == entries(FILE, seeded(3))
    assert entries(FILE, seeded(3)) != entries(FILE, seeded(4))


def test_what_is_drawn_is_something_the_survey_offers():
    offered = {name: {option.value for option in SURVEY.question(name).options} for name in stated(entry())}
    for seed in range(100):
        said = stated({"crime": "hate-crime", **drawn(seeded(seed))})
        for name, value in said.items():
            chosen = set(value) if isinstance(value, list) else {value}
            assert chosen <= offered[name], name


def test_most_agree_to_statistics_and_fewer_to_each_further_use():
    random = seeded(9)
    uses = Counter(use for _ in range(3000) for use in drawn(random)["uses"])
    for use, share in AGREED.items():
        assert uses[use] / 3000 == pytest.approx(share, abs=0.04)


def test_every_area_has_somebody():
    random = seeded(10)
    assert {drawn(random)["area"] for _ in range(500)} == set(AREAS)


def test_the_testimony_of_the_project_can_be_answered_in_the_survey_that_ships():
    random = seeded(2026)
    file = yaml.safe_load(TESTIMONY.read_text(encoding="utf-8"))
    crimes = {option.value for option in SURVEY.question("VE-03a").options}
    made = entries(file, random)
    assert len(made) >= 250
    for one in made:
        assert one["crime"] in crimes
        assert one["tone"] in TONES
        assert one["quarter"] in {1, 2}
        given = draw(SURVEY, stated(one), tone=one["tone"], random=random)
        assert on_route(SURVEY, given) == given
