"""Whom a typed name means."""

import unicodedata

import pytest

from domain.people import Agency, Person, Role, Unit
from domain.refusals import Because, Refusal
from handlers.understanding.addressees import MOST_OFFERED, find, head_of
from locales import vocabulary
from tests.cast import ROSTER

WORDS = vocabulary.load()
NAMES = list(dict.fromkeys([line.unit for line in ROSTER]))
UNITS = [Unit(n, name) for n, name in enumerate(NAMES, 1)]
PEOPLE = [Person(n, line.name, NAMES.index(line.unit) + 1, line.role) for n, line in enumerate(ROSTER, 1)]
AGENCY = Agency(UNITS, PEOPLE)


def found(text: str, agency: Agency = AGENCY) -> list[str]:
    meant = find(text, agency, WORDS)
    return [person.name for person in meant.people] + [unit.name for unit in meant.units]


@pytest.mark.parametrize(
    "text",
    [
        "Phạm Thị Dung",
        "phạm thị dung",
        "Pham Thi Dung",
        "DUNG",
        "Thị Dung",
        "đ/c Dung",
        "đồng chí Phạm Thị Dung",
        "chị Dung",
        "  Phạm   Thị  Dung ",
        unicodedata.normalize("NFD", "Phạm Thị Dung"),
        "Phạm Thị Dumg",
    ],
)
def test_a_person_is_found_however_the_name_is_written(text: str) -> None:
    assert found(text) == ["Phạm Thị Dung"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Phòng Kế hoạch - Tài chính", "Phòng Kế hoạch - Tài chính"),
        ("phong ke hoach tai chinh", "Phòng Kế hoạch - Tài chính"),
        ("Quản lý công nghệ", "Phòng Quản lý Công nghệ"),
        ("tt cntt", "Trung tâm Công nghệ thông tin"),
        ("văn phòng", "Văn phòng Sở"),
    ],
)
def test_a_unit_is_found_by_its_name_a_part_of_it_or_its_initials(text: str, unit: str) -> None:
    assert found(text) == [unit]


@pytest.mark.parametrize(("text", "name"), [("đ/c Minh", "Bùi Văn Minh"), ("anh Em", "Hoàng Văn Em")])
def test_a_name_that_is_also_a_word_of_address_is_a_name(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize("text", ["", "   ", "đ/c", "!!!"])
def test_no_name_at_all_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        found(text)
    assert refused.value.because in (Because.NO_ADDRESSEE, Because.UNKNOWN_ADDRESSEE)


def test_a_name_that_fits_nobody_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal) as refused:
        found("Phạm Dung")
    assert refused.value.because is Because.UNKNOWN_ADDRESSEE
    assert "Phạm Thị Dung" in str(refused.value.facts["nearest"])


def test_a_long_name_is_repeated_only_in_part() -> None:
    with pytest.raises(Refusal) as refused:
        found("x" * 5000)
    assert len(str(refused.value.facts["text"])) == 80


def test_everybody_whom_a_name_fits_equally_is_offered() -> None:
    twins = [Person(n, f"{family} Thị Dung", 1, Role.OFFICER) for n, family in enumerate(("Lý", "Phạm", "Trần"), 1)]
    assert found("Dung", Agency(UNITS, twins)) == ["Lý Thị Dung", "Phạm Thị Dung", "Trần Thị Dung"]
    assert found("Lý Thị Dung", Agency(UNITS, twins)) == ["Lý Thị Dung"]


def test_no_more_are_offered_than_can_be_read() -> None:
    many = [Person(n, f"Lý {n} Dung", 1, Role.OFFICER) for n in range(50)]
    assert len(found("Dung", Agency(UNITS, many))) == MOST_OFFERED


def test_the_given_name_comes_before_a_word_in_the_middle() -> None:
    people = [Person(1, "Trần Dung Hà", 1, Role.OFFICER), Person(2, "Phạm Thị Dung", 1, Role.OFFICER)]
    assert found("Dung", Agency(UNITS, people)) == ["Phạm Thị Dung"]


def test_a_unit_is_headed_by_its_head_and_a_unit_without_one_is_refused() -> None:
    by_name = {unit.name: unit for unit in UNITS}
    assert head_of(by_name["Phòng Kế hoạch - Tài chính"], AGENCY).name == "Vũ Mạnh Hùng"
    with pytest.raises(Refusal) as refused:
        head_of(by_name["Trung tâm Công nghệ thông tin"], AGENCY)
    assert refused.value.because is Because.UNIT_WITHOUT_HEAD


def test_an_agency_without_anybody_refuses_every_name() -> None:
    with pytest.raises(Refusal) as refused:
        found("Dung", Agency([], []))
    assert refused.value.because is Because.UNKNOWN_ADDRESSEE
