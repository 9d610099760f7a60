"""The words of officers: comparing them with and without marks, and the file that holds them."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import fold
from domain.people import Role
from locales.vocabulary import Found, Phrases, cleaned, load, words

VOCABULARY = load()


def same(one: str, other: str) -> bool:
    return words(cleaned(one))[0].is_written_as(words(cleaned(other))[0])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nhan", "nhận"),
        ("nhận", "nhan"),
        ("NHẬN", "nhận"),
        ("huỷ", "hủy"),
        ("hoà", "hòa"),
        ("Đã", "đã"),
        ("ｘｏｎｇ", "xong"),
    ],
)
def test_spellings_of_one_word(typed: str, meant: str) -> None:
    assert same(typed, meant)
    assert same(unicodedata.normalize("NFD", typed), meant)


@pytest.mark.parametrize(("typed", "other"), [("nhắn", "nhận"), ("tối", "tôi"), ("đá", "đã"), ("da", "do")])
def test_marks_that_are_typed_are_meant(typed: str, other: str) -> None:
    assert not same(typed, other)


def test_what_nobody_sees_is_taken_out_and_line_breaks_stay() -> None:
    assert cleaned("\u202exo\u200bng\u0000 12\r\nđã gửi\ufeff") == "xong 12\nđã gửi"


def test_words_know_where_they_stand() -> None:
    text = "xong12: gửi 45/BC"
    assert [text[word.start : word.end] for word in words(text)] == ["xong", "12", "gửi", "45", "BC"]


def test_the_longest_phrase_wins_then_the_first() -> None:
    phrases = Phrases({"later": ["sau"], "six": ["sáu"], "next week": ["tuần sau"]})
    assert phrases.at(words("tuan sau"), 0) == Found("next week", 2)
    assert phrases.at(words("sau"), 0) == Found("later", 1)
    assert phrases.at(words("sáu"), 0) == Found("six", 1)
    assert phrases.at(words("hai"), 0) is None


def test_phrases_can_be_skipped_and_taken_whole() -> None:
    phrases = Phrases({"polite": ["ạ", "dạ vâng"]})
    assert phrases.skip(words("dạ vâng ạ em"), 0) == 3
    assert phrases.whole(words("dạ vâng")) == "polite"
    assert phrases.whole(words("dạ vâng ạ")) is None
    assert phrases.whole([]) is None


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    clean = cleaned(text)
    assert all(clean[word.start : word.end] == word.text for word in words(clean))
    assert cleaned(clean) == clean


def test_every_command_is_understood_by_its_name_with_and_without_marks() -> None:
    for phrase in VOCABULARY.commands:
        written = " ".join(word.text for word in phrase.words)
        for text in (written, fold(written), phrase.meaning):
            found = VOCABULARY.commands.whole(words(text))
            assert found == phrase.meaning, text


def test_no_two_commands_share_a_spelling() -> None:
    spelled = {(tuple(word.folded for word in phrase.words), phrase.meaning) for phrase in VOCABULARY.commands}
    assert not [pair for pair in combinations(spelled, 2) if pair[0][0] == pair[1][0]]


def test_the_sets_name_commands_that_exist() -> None:
    kinds = (VOCABULARY.with_number, VOCABULARY.with_maybe_number, VOCABULARY.with_several, VOCABULARY.with_fields)
    assert set().union(*kinds) <= VOCABULARY.command_names
    assert VOCABULARY.with_several <= VOCABULARY.with_number


def test_command_names_can_follow_a_slash() -> None:
    assert all(name.isascii() and name.isalpha() and name.islower() for name in VOCABULARY.command_names)
    assert len(VOCABULARY.command_names) >= 14


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Chuyên viên", Role.OFFICER),
        ("trưởng phòng", Role.UNIT_HEAD),
        ("Phó Giám đốc", Role.LEADER),
        ("văn phòng", Role.OFFICE),
        ("quan tri", Role.ADMIN),
    ],
)
def test_roles_are_known_by_their_titles(typed: str, role: Role) -> None:
    assert VOCABULARY.roles.whole(words(typed)) == role


def test_every_role_has_words() -> None:
    assert {phrase.meaning for phrase in VOCABULARY.roles} == set(Role)


def test_the_file_is_read_once_and_a_language_without_one_is_an_error() -> None:
    assert load() is load("vi") or load() == load()
    with pytest.raises(FileNotFoundError):
        load("xx")
