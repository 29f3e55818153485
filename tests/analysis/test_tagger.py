"""Rules and models together: each theme has one of them to speak for it, and every tag says which."""

import dataclasses
import logging

import pytest

from analysis import tagging
from analysis.codebook import load
from analysis.learning.saving import NotAModel
from analysis.pipeline import PIPELINE_ID, analyse, theme_models
from analysis.pipeline.answers import Answers
from analysis.pipeline.merge import by_theme
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import NoMeaning
from analysis.pipeline.valence import Ground
from analysis.pipeline.valence_models import with_tones
from tests.analysis.small_models import CORPUS, SAID, SLUGS, learned
from tools import measure_tagger, train_tagger


@pytest.fixture
def saved(models, tmp_path):
    train_tagger.write(models, tmp_path, CORPUS)
    return tmp_path


def tags(tagger, text):
    return {tag.theme: tag for tag in tagger.tag([text])[0].tags}


def test_a_theme_taken_over_is_tagged_by_its_model_with_a_probability_and_the_words_that_show_it(models):
    text = "Honestly, all of us sat there in a draughty hall from nine until four that day."
    tag = tags(Tagger(load(), models), text)["trial-information"]
    assert (tag.source, 0 < tag.score < 1) == ("model", True)
    assert "draughty" in text[tag.start : tag.end]
    assert 0 <= tag.start < tag.end <= len(text)


def test_a_theme_that_stays_with_its_rules_is_a_rule_match_without_a_percentage(models):
    tag = tags(Tagger(load(), models), "They never rang me back.")["communication"]
    assert (tag.source, tag.score) == ("rule", None)


def test_rules_do_not_speak_for_a_theme_that_was_taken_over(models):
    text = "Nobody told me the date of the trial."
    assert "trial-information" in {tag.theme for tag in analyse(text, load()).tags}
    assert all(tag.source == "model" for tag in tags(Tagger(load(), models), text).values() if tag.theme == SLUGS[1])


def test_none_of_these_is_an_answer(models):
    assert tags(Tagger(load(), models), "My garden is late.") == {}
    assert Tagger(load(), models).tag(["", " \n", "😀"]) == [analyse(text, load()) for text in ("", " \n", "😀")]


def test_each_statement_is_tagged_by_itself(models):
    text = "It was such a draughty room. See above. Draughty corridors all day."
    spans = [tag for tag in Tagger(load(), models).tag([text])[0].tags if tag.source == "model"]
    assert len(spans) == 2
    assert spans[0].end <= text.index("See") < spans[1].start


def test_texts_get_what_each_would_get_by_itself_and_none_is_encoded_twice(models):
    texts = [f"{text} and nobody rang all day, so we waited." for text in SAID] * 2
    asked = []

    class Listening(NoMeaning):
        def encode(self, texts):
            asked.extend(texts)
            return super().encode(texts)

    tagger = Tagger(load(), dataclasses.replace(models, encoder=Listening()))
    together = tagger.tag(texts)
    assert len(asked) == len(set(asked))
    assert any(tag.source == "model" for analysis in together for tag in analysis.tags)
    assert together == [tagger.tag([text])[0] for text in texts]
    assert together == tagger.tag(texts[::-1])[::-1]


def test_without_showing_words_each_text_gets_the_same_themes(models):
    texts = [*SAID, "It was such a draughty room. See above. Nobody rang, and draughty corridors all day."]
    tagger = Tagger(load(), models)
    shown, hidden = tagger.tag(texts), tagger.tag(texts, shows=False)
    assert any(one != other for one, other in zip(shown, hidden, strict=True))
    assert [by_theme(one.tags) for one in shown] == [by_theme(one.tags) for one in hidden]


def test_a_model_says_how_it_was_wherever_rules_do_not_keep_the_word(models):
    text = "They never rang me back."
    cheerful = learned(("praise", "problem"), [["Friday" not in text, "Friday" in text] for text in SAID], with_tones)
    contrary = dataclasses.replace(models, valences=cheerful)
    kept = dataclasses.replace(contrary, by_rule=frozenset({Ground.PATTERN}))
    said = [tags(Tagger(load(), by), text)["communication"].valence for by in (None, contrary, kept)]
    assert said == ["problem", "praise", "problem"]


def test_a_model_hears_the_statement_and_a_short_text_as_a_whole(models):
    statement = "The room was draughty."
    texts = [f"{statement}{rest}" for rest in ("", " See above.", f" {'See above. ' * 40}")]
    heard = []

    class Hearing(Answers):
        def valences(self, places, asked):
            heard.extend(places)
            return super().valences(places, asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.pipeline.tagger.Answers", Hearing)
        Tagger(load(), models).tag(texts)
    assert heard == [[statement], [statement, texts[1]], [statement]]


def test_each_text_is_heard_with_its_own_question(models, monkeypatch):
    monkeypatch.setattr("analysis.pipeline.valence_models.LEAN", 1e6)
    found = Tagger(load(), models).tag(["Such a draughty room."] * 2, ["praise", "problem"])
    assert [one.tags[0].valence for one in found] == ["praise", "problem"]


def test_models_saved_and_read_back_tag_the_same(models, saved):
    text = "It was draughty in the hall and they never rang."
    assert Tagger.load(saved).tag([text]) == Tagger(load(), models).tag([text])


def test_the_method_is_named_with_the_hash_of_what_was_learned(saved):
    first, again = Tagger.load(saved).id, Tagger.load(saved).id
    assert first == again
    assert first.startswith(f"{PIPELINE_ID}+themes-v1-")
    assert len(first) <= 64
    head = saved / theme_models.FOLDER / theme_models.HEAD
    head.write_text(head.read_text().replace("trial-information", "communication"))
    assert Tagger.load(saved).id != first


def test_without_models_rules_speak_alone_and_the_log_says_so(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        tagger = Tagger.load(tmp_path)
    assert tagger.id == PIPELINE_ID
    assert tagger.tag(["They never rang me back."]) == [analyse("They never rang me back.", load())]
    assert "by rules alone" in caplog.text


@pytest.mark.parametrize("part", ["head.json", "themes/arrays.npz", "valences/model.json"])
def test_damaged_models_are_not_used(saved, part):
    (saved / theme_models.FOLDER / part).write_bytes(b"{")
    with pytest.raises(NotAModel):
        theme_models.read(saved, load())
    assert Tagger.load(saved).models is None


def test_models_of_another_codebook_are_not_used(saved):
    head = saved / theme_models.FOLDER / theme_models.HEAD
    head.write_text(head.read_text().replace(load().sha256, "0" * 64))
    with pytest.raises(NotAModel, match="another codebook"):
        theme_models.read(saved, load())


def test_a_sweep_uses_models_as_soon_as_they_are_there(models, tmp_path, settings):
    settings.HEARD_MODELS_DIR = tmp_path
    text = "Such a draughty hall."
    assert tagging.method_id(load()) == PIPELINE_ID
    assert tagging.analyse(text, load()).tags == ()
    train_tagger.write(models, tmp_path, CORPUS)
    assert tagging.method_id(load()) != PIPELINE_ID
    assert [tag.theme for tag in tagging.analyse(text, load()).tags] == ["trial-information"]


def test_models_replace_older_ones_whole_and_leave_nothing_behind(models, saved):
    train_tagger.write(models, saved, CORPUS)
    assert [path.name for path in saved.iterdir()] == [theme_models.FOLDER]


def test_learning_is_done_once_and_again_when_the_encoder_comes(models, saved, monkeypatch):
    monkeypatch.setattr("tools.theme_training.learned", lambda *_: pytest.fail("learned again"))
    assert train_tagger.main(saved) == 0
    (saved / "minilm-int8-v2").mkdir()
    (saved / "minilm-int8-v2" / "model.onnx").touch()
    assert not train_tagger.is_up_to_date(saved)


@pytest.mark.thorough
def test_every_cue_finds_its_theme_with_what_was_learned_at_set_up():
    tagger = Tagger.load(train_tagger.MODELS)
    if tagger.models is None:
        pytest.skip("No models were learned yet: python -m tools.train_tagger")
    summary, *missed = measure_tagger.cues(tagger)
    count = sum(len(theme.cues) for theme in tagger.codebook.themes)
    assert len(missed) <= count // 50, summary
