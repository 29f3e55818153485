import dataclasses
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PublicKey, SealedBox

from feedback import vault

PRIVATE = bytes(range(32))
PUBLIC = vault.public_key_of(PRIVATE)
HEADER = vault.Header("2026-11", UUID("5b0a4d0e-3f3f-4b52-9d8f-2b9f9f1c1e11"), "what-happened")
CANARY = "canary heron quillfeather"


def sealed(text=CANARY, header=HEADER):
    return vault.seal(text, header=header, public_key=PUBLIC)


def opened(thing, header=HEADER, private_key=PRIVATE):
    return vault.open_sealed(thing, header=header, private_key=private_key)


@given(st.text(alphabet=st.characters(), max_size=3000))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_comes_back_as_it_went_in(text):
    assert opened(sealed(text)) == text


@given(st.text(max_size=12), st.text(max_size=64))
@settings(max_examples=50, deadline=None)
def test_a_text_opens_only_where_it_belongs(period_id, question_id):
    header = vault.Header(period_id, uuid4(), question_id)
    thing = sealed(header=header)
    assert opened(thing, header=header) == CANARY
    with pytest.raises(vault.Damaged):
        opened(thing, header=dataclasses.replace(header, sealed_text_id=uuid4()))


@pytest.mark.parametrize(
    "text",
    ["\ud800 half a pair", "a\0b", "", "\u202eਸੁਨੇਹਾ", "e\u0301"],
    ids=["surrogate", "nul", "empty", "rtl", "nfd"],
)
def test_awkward_texts_come_back_exactly(text):
    assert opened(sealed(text)) == text


@pytest.mark.parametrize("size", vault.SIZE_CLASSES)
def test_a_text_that_just_fits_a_class_takes_no_more_than_it(size):
    overhead = len(sealed("").ciphertext) - vault.SIZE_CLASSES[0]
    fitting = "x" * (size - vault.LENGTH_BYTES)
    assert len(sealed(fitting).ciphertext) == size + overhead
    assert len(sealed(fitting[:-1]).ciphertext) == size + overhead


@pytest.mark.parametrize(("size", "following"), list(zip(vault.SIZE_CLASSES, vault.SIZE_CLASSES[1:], strict=False)))
def test_one_byte_more_takes_the_next_class(size, following):
    overhead = len(sealed("").ciphertext) - vault.SIZE_CLASSES[0]
    assert len(sealed("x" * (size - vault.LENGTH_BYTES + 1)).ciphertext) == following + overhead


@given(st.text(max_size=800), st.text(max_size=800))
@settings(max_examples=50, deadline=None)
def test_texts_of_one_class_look_alike(one, other):
    first, second = sealed(one), sealed(other)
    assert len(first.ciphertext) == len(second.ciphertext)
    assert len(first.wrapped_key) == len(second.wrapped_key)


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert sealed().ciphertext != sealed().ciphertext
    assert sealed().wrapped_key != sealed().wrapped_key


def test_a_text_of_many_bytes_per_letter_is_measured_in_bytes():
    assert opened(sealed("ਪੰ" * 40_000)) == "ਪੰ" * 40_000
    with pytest.raises(vault.TextTooLong):
        sealed("ਪ" * 87_382)


def test_the_longest_text_fits_and_one_byte_more_does_not():
    assert len(opened(sealed("x" * vault.LONGEST_TEXT))) == vault.LONGEST_TEXT
    with pytest.raises(vault.TextTooLong):
        sealed("x" * (vault.LONGEST_TEXT + 1))


def test_another_key_does_not_open_it():
    with pytest.raises(vault.WrongKey):
        opened(sealed(), private_key=vault.new_private_key())


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_one_changed_bit_of_the_ciphertext_is_noticed(data):
    thing = sealed()
    at = data.draw(st.integers(0, len(thing.ciphertext) * 8 - 1))
    changed = bytearray(thing.ciphertext)
    changed[at // 8] ^= 1 << (at % 8)
    with pytest.raises(vault.Damaged):
        opened(dataclasses.replace(thing, ciphertext=bytes(changed)))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_one_changed_bit_of_the_envelope_is_noticed(data):
    thing = sealed()
    at = data.draw(st.integers(0, len(thing.wrapped_key) * 8 - 1))
    changed = bytearray(thing.wrapped_key)
    changed[at // 8] ^= 1 << (at % 8)
    with pytest.raises(vault.WrongKey):
        opened(dataclasses.replace(thing, wrapped_key=bytes(changed)))


@given(st.integers(0, 4200))
@settings(max_examples=50, deadline=None)
def test_a_shortened_ciphertext_is_noticed(length):
    thing = sealed()
    with pytest.raises(vault.Damaged):
        opened(dataclasses.replace(thing, ciphertext=thing.ciphertext[: min(length, len(thing.ciphertext) - 1)]))


@pytest.mark.parametrize(
    "change",
    [{"period_id": "2026-12"}, {"sealed_text_id": UUID(int=7)}, {"question_id": "what-should-change"}],
    ids=str,
)
def test_every_part_of_the_header_is_bound(change):
    with pytest.raises(vault.Damaged):
        opened(sealed(), header=dataclasses.replace(HEADER, **change))


def test_an_envelope_cannot_be_moved_to_another_text():
    elsewhere = dataclasses.replace(HEADER, sealed_text_id=uuid4())
    theirs = sealed("other words", header=elsewhere)
    mixed = vault.Sealed(ciphertext=theirs.ciphertext, wrapped_key=sealed().wrapped_key)
    for header in (HEADER, elsewhere):
        with pytest.raises(vault.Damaged):
            opened(mixed, header=header)


def test_ciphertext_and_envelope_must_both_carry_the_header():
    # An attacker with the public key alone can wrap a known data key anew under any header.
    key = vault.new_data_key()
    elsewhere = dataclasses.replace(HEADER, question_id="elsewhere")
    forged = vault.Sealed(
        ciphertext=vault.lock(CANARY, key=key, context=bytes(HEADER)),
        wrapped_key=bytes(SealedBox(PublicKey(PUBLIC)).encrypt(key + bytes(elsewhere))),
    )
    for header in (elsewhere, HEADER):
        with pytest.raises(vault.Damaged):
            opened(forged, header=header)


def test_parts_of_a_header_cannot_slide_into_each_other():
    same_id = HEADER.sealed_text_id
    assert bytes(vault.Header("ab", same_id, "c")) != bytes(vault.Header("a", same_id, "bc"))


def test_a_text_of_a_later_version_is_refused():
    thing = sealed()
    with pytest.raises(vault.Damaged, match="another version"):
        opened(dataclasses.replace(thing, ciphertext=b"\x02" + thing.ciphertext[1:]))


def test_nothing_sealed_or_raised_shows_words_or_keys():
    thing = sealed()
    assert repr(thing) == "Sealed()"
    for attempt in (
        lambda: sealed(CANARY * 20_000),
        lambda: opened(thing, private_key=vault.new_private_key()),
        lambda: opened(thing, header=dataclasses.replace(HEADER, question_id="x")),
    ):
        with pytest.raises(vault.VaultError) as raised:
            attempt()
        assert CANARY not in repr(raised.value)
        assert raised.value.__cause__ is None
        assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_words_are_nowhere_in_what_is_stored():
    thing = sealed(CANARY * 50)
    assert CANARY.encode() not in thing.ciphertext + thing.wrapped_key


def test_a_sitting_box_opens_with_its_own_key_and_context_only():
    key = vault.new_data_key()
    box = vault.lock(CANARY, key=key, context=b"draft answer")
    assert vault.unlock(box, key=key, context=b"draft answer") == CANARY
    for wrong in ({"key": vault.new_data_key(), "context": b"draft answer"}, {"key": key, "context": b"another"}):
        with pytest.raises(vault.Damaged):
            vault.unlock(box, **wrong)
