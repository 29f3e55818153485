"""Which agency, stage and kind of crime a statement speaks of. Every word here is made up."""

import pytest

from analysis.pipeline.phrases import PatternInvalid
from analysis.pipeline.speaking_of import Kind, read, speaks_of, subjects


def slugs(text, kind):
    return {one.slug for one in speaks_of(text) if one.kind == kind}


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("PC Marlow from the police rang me.", "police"),
        ("My officer never turned up.", "police"),
        ("The CPS would not meet us.", "cps"),
        ("I sat in the witness box for an hour.", "courts"),
        ("Witness care sent the wrong date.", "witness-care"),
        ("My ISVA came with me every time.", "support"),
        ("Nobody from probation told me.", "probation"),
        ("He was moved to an open prison.", "prison"),
        ("The housing officer did nothing.", "council"),
        ("The paramedics were lovely.", "health"),
        ("Her teacher noticed first.", "school"),
        ("I went to the IOPC in the end.", "ombudsman"),
    ],
)
def test_the_agency_a_statement_names(text, agency):
    assert slugs(text, Kind.AGENCY) == {agency}


@pytest.mark.parametrize(
    "text",
    [
        "We met by the tennis courts.",
        "The probationary period at work was hard.",
        "It felt like I was in prison.",
        "Nobody should judge me for it.",
        "Nobody told me anything.",
        "I am writing a letter of support.",
    ],
)
def test_a_statement_that_names_no_agency(text):
    assert slugs(text, Kind.AGENCY) == set()


def test_the_probation_officer_is_not_the_police():
    assert slugs("My probation officer was kind.", Kind.AGENCY) == {"probation"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("I reported it the same night.", "report"),
        ("They gave me a crime reference.", "report"),
        ("Nobody looked at the CCTV.", "investigation"),
        ("He was released under investigation.", "investigation"),
        ("They dropped the case without a word.", "charge"),
        ("He was charged in March.", "charge"),
        ("The trial was moved twice.", "trial"),
        ("I asked to sit behind a screen.", "trial"),
        ("His sentence was far too short.", "after"),
    ],
)
def test_the_stage_a_statement_speaks_of(text, stage):
    assert slugs(text, Kind.STAGE) == {stage}


@pytest.mark.parametrize(
    "text",
    [
        "They charged my phone for me.",
        "It was trial and error.",
        "I am hard of hearing.",
        "My bank statement was wrong.",
        "I could not finish a sentence.",
        "I was too scared to report it.",
        "She took charge of everything.",
    ],
)
def test_a_statement_that_speaks_of_no_stage(text):
    assert slugs(text, Kind.STAGE) == set()


@pytest.mark.parametrize(
    ("text", "crime"),
    [
        ("It was years of coercive control.", "domestic-abuse"),
        ("My ex had hit me before.", "domestic-abuse"),
        ("I was raped at nineteen.", "sexual"),
        ("He stalked me for months.", "stalking"),
        ("We were burgled at Easter.", "burglary"),
        ("I was mugged by the station.", "robbery"),
        ("My bike was stolen.", "theft"),
        ("My son was stabbed.", "violence"),
        ("Our daughter was murdered.", "homicide"),
        ("I lost it all in a scam.", "fraud"),
        ("The racist abuse went on.", "hate"),
        ("The antisocial behaviour never stops.", "antisocial"),
        ("They vandalised the shop.", "damage"),
    ],
)
def test_the_crime_a_statement_speaks_of(text, crime):
    assert slugs(text, Kind.CRIME) == {crime}


@pytest.mark.parametrize(
    "text",
    [
        "The burglar alarm went off.",
        "I broke into tears.",
        "I felt like a fraud.",
        "They get away with murder.",
        "It was an assault course of forms.",
        "I had to harass them for an update.",
    ],
)
def test_a_statement_that_speaks_of_no_crime(text):
    assert slugs(text, Kind.CRIME) == set()


def test_a_sexual_assault_is_not_told_as_violence_too():
    assert slugs("It was a sexual assault.", Kind.CRIME) == {"sexual"}


def test_what_is_taken_back_in_one_place_still_holds_in_another():
    assert slugs("We passed the tennis courts. The court was closed.", Kind.AGENCY) == {"courts"}


def test_every_entry_has_taken_back_something_and_a_name_of_its_own():
    names = [one.name for one in subjects()]
    assert len(names) == len(set(names))
    assert {one.kind for one in subjects()} == set(Kind)


@pytest.mark.parametrize(
    "entry",
    [{"name": "Police"}, {"name": "Police", "when": ["police"], "if": []}, {"name": "P", "when": ["(police"]},
     {"name": "P", "when": ["police & court"]}],
)  # fmt: skip
def test_an_entry_that_cannot_be_read_is_refused(entry):
    with pytest.raises(PatternInvalid):
        read(Kind.AGENCY, "police", entry)


def test_words_of_a_text_are_not_shown_where_a_subject_is():
    assert "police" not in repr(speaks_of("The police came.")).replace("slug='police'", "")
