"""Several names in one line: units as they are called, people as they are called, and a comma within a name."""

import pytest

from domain.people import Agency, Unit
from domain.refusals import Because, Refusal
from handlers.understanding.bodies import Bodies
from handlers.understanding.typed_bodies import who
from locales import vocabulary
from tests.cast import CENTRE, OFFICE, PLANNING, TECHNOLOGY
from tests.handlers.understanding.agency import AGENCY, called

WORDS = vocabulary.load()


def meant(text: str, agency: Agency = AGENCY) -> list[str]:
    return called(who(text, Bodies(agency, "Sở Khoa học và Công nghệ"), agency, WORDS), agency)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Văn phòng Sở", [OFFICE]),
        ("văn phòng, phòng KHTC", [OFFICE, PLANNING]),
        ("Trung tâm CNTT và Phòng Quản lý Công nghệ", [CENTRE, TECHNOLOGY]),
        ("TT CNTT; đ/c Dung", [CENTRE, "Phạm Thị Dung"]),
        ("các phòng, đơn vị", [OFFICE, TECHNOLOGY, PLANNING, CENTRE]),
        ("các phòng, đơn vị và đồng chí Khánh", [OFFICE, TECHNOLOGY, PLANNING, CENTRE, "Đỗ Thị Khánh"]),
        ("Văn phòng, Văn phòng Sở", [OFFICE]),
    ],
)
def test_a_list_of_names_is_everybody_in_it(text: str, expected: list[str]) -> None:
    assert meant(text) == expected


def test_a_name_with_commas_is_one_name() -> None:
    agency = Agency([Unit(1, "Phòng Kinh tế, Hạ tầng và Đô thị"), Unit(2, "Văn phòng")], [])
    assert meant("Phòng Kinh tế, Hạ tầng và Đô thị, Văn phòng", agency) == [
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Văn phòng",
    ]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", Because.NO_ADDRESSEE),
        (" , ; ", Because.NO_ADDRESSEE),
        ("Phòng Điều dưỡng", Because.UNKNOWN_ADDRESSEE),
        ("Văn phòng, Phòng Điều dưỡng", Because.UNKNOWN_ADDRESSEE),
        ("Thị", Because.SEVERAL_PEOPLE),
    ],
)
def test_nobody_or_several_is_refused(text: str, because: Because) -> None:
    with pytest.raises(Refusal) as refused:
        meant(text)
    assert refused.value.because is because
