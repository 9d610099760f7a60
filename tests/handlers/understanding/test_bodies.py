"""Whom the names of a document mean: the agency's own by name, post and number of words; others not at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.people import Agency, Person, Role, Unit
from domain.proposals import NOBODY, Doers
from handlers.understanding.bodies import Bodies
from handlers.understanding.meant import Sure
from tests.cast import BOARD, CENTRE, OFFICE, PLANNING, TECHNOLOGY
from tests.handlers.understanding.agency import AGENCY, NAMES, called, unit

EVERYBODY = [OFFICE, TECHNOLOGY, PLANNING, CENTRE]
BODIES = Bodies(AGENCY, "Sở Khoa học và Công nghệ tỉnh Hưng Yên")
COLLECTION = sorted(Path("tests/directives/documents").glob("*.expected.json"))


def certain(name: str, bodies: Bodies = BODIES, agency: Agency = AGENCY) -> list[str]:
    meant = bodies.whom(name)
    assert meant.sure is Sure.CERTAIN, meant
    return called(meant.doers, agency)


@pytest.mark.parametrize(
    "name",
    [
        "các phòng, đơn vị",
        "Các phòng, ban, đơn vị thuộc Sở",
        "các phòng chuyên môn, đơn vị trực thuộc Sở",
        "Các phòng chuyên môn, đơn vị thuộc, trực thuộc Sở",
        "Thủ trưởng các đơn vị",
        "thủ trưởng các phòng, đơn vị thuộc Sở",
        "Trưởng các phòng, đơn vị",
        "người đứng đầu các phòng, đơn vị",
        "Các đơn vị",
        "tất cả các phòng, đơn vị",
        "toàn Sở",
        "toàn thể công chức, viên chức",
        "CÁC PHÒNG, ĐƠN VỊ",
        "cac phong, don vi",
    ],
)
def test_many_at_once_are_all_units_below_the_leaders(name: str) -> None:
    assert certain(name) == EVERYBODY


def test_a_kind_of_units_is_those_that_are_called_so() -> None:
    assert certain("các phòng chuyên môn") == [TECHNOLOGY, PLANNING]
    assert certain("Giám đốc các Trung tâm") == [CENTRE]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Văn phòng Sở", OFFICE),
        ("Văn phòng", OFFICE),
        ("VP Sở", OFFICE),
        ("Chánh Văn phòng", OFFICE),
        ("Chánh Văn phòng Sở", OFFICE),
        ("Văn phòng Sở (qua bộ phận tổng hợp)", OFFICE),
        ("Trưởng phòng Quản lý Công nghệ", TECHNOLOGY),
        ("Đồng chí Trưởng phòng Quản lý Công nghệ", TECHNOLOGY),
        ("phòng Quản lý công nghệ thuộc Sở", TECHNOLOGY),
        ("Phòng Kế hoạch – Tài chính", PLANNING),
        ("Phòng Kế hoạch, Tài chính", PLANNING),
        ("Phòng KH-TC", PLANNING),
        ("P. KHTC", PLANNING),
        ("Phòng Kế hoạch - Tài chánh", PLANNING),
        ("Trung tâm CNTT", CENTRE),
        ("TT CNTT", CENTRE),
        ("Giám đốc Trung tâm Công nghệ thông tin", CENTRE),
        ("Thủ trưởng Trung tâm CNTT", CENTRE),
    ],
)
def test_a_unit_is_known_by_its_name_its_head_and_its_initials(name: str, expected: str) -> None:
    assert certain(name) == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Tài chính",
        "Giám đốc Sở Nội vụ",
        "UBND các xã, phường",
        "Văn phòng UBND tỉnh",
        "Chánh Văn phòng UBND tỉnh",
        "Thanh tra tỉnh",
        "Sở Tư pháp",
        "Văn phòng Cục",
        "Công an tỉnh",
        "Kho bạc Nhà nước khu vực",
        "Trung tâm Công nghệ thông tin tỉnh",
        "Bộ Khoa học và Công nghệ",
        "Hội Nông dân xã",
    ],
)
def test_another_agency_is_never_taken_for_a_part_of_this_one(name: str) -> None:
    assert BODIES.whom(name).sure is Sure.ELSEWHERE
    assert BODIES.lead([name]) == NOBODY


@pytest.mark.parametrize(
    ("name", "likeliest"),
    [
        ("Phòng Công nghệ", [TECHNOLOGY]),
        ("Phòng Quản lý Khoa học", [TECHNOLOGY]),
        ("Văn phòng Sở Tư pháp", [OFFICE]),
        ("các phòng, đơn vị liên quan", EVERYBODY),
        ("các cơ quan, đơn vị", EVERYBODY),
        ("Các đơn vị sự nghiệp", [CENTRE]),
        ("Sở Khoa học và Công nghệ", [OFFICE]),
        ("Sở KH&CN", [OFFICE]),
        ("Các sở, ban, ngành tỉnh", [OFFICE]),
        ("Giám đốc Sở", ["Đặng Phúc Hải"]),
        ("Trần Văn Binh", ["Trần Văn Bình"]),
    ],
)
def test_where_there_is_a_doubt_the_office_is_asked_with_the_likeliest_first(name: str, likeliest: list[str]) -> None:
    meant = BODIES.whom(name)
    assert meant.sure is Sure.DOUBTFUL
    assert called(meant.candidates[0]) == likeliest
    assert BODIES.lead([name]) == NOBODY
    assert called(BODIES.choices([name])[0]) == likeliest


@pytest.mark.parametrize(
    "name",
    ["Tổ Chuyển đổi số nội bộ", "Tổ Ngân sách địa phương", "Tổ Tiếp nhận từ xa", "Bộ phận Đăng ký quê quán"],
)
def test_a_word_that_only_looks_like_another_agency_is_none(name: str) -> None:
    assert BODIES.whom(name).sure is Sure.UNKNOWN


@pytest.mark.parametrize("name", ["Phòng Điều dưỡng", "Hạt Kiểm lâm khu vực I", "", "  ", "!!!", "(…)", "Tổ công tác"])
def test_a_name_that_nobody_bears_is_unknown(name: str) -> None:
    assert BODIES.whom(name).sure is Sure.UNKNOWN
    assert BODIES.choices([name]) == []


@pytest.mark.parametrize(
    "name",
    [
        "đồng chí Trần Văn Bình",
        "ông Trần Văn Bình, Trưởng phòng Quản lý Công nghệ",
        "Trần Văn Bình - Trưởng phòng",
        "tran van binh",
    ],
)
def test_somebody_is_known_by_the_whole_name(name: str) -> None:
    assert certain(name) == ["Trần Văn Bình"]


def test_of_two_with_one_name_the_post_tells_which() -> None:
    second = Person(99, "Trần Văn Bình", NAMES.index(CENTRE) + 1, Role.OFFICER, "Viên chức")
    agency = Agency(AGENCY.units.values(), [*AGENCY.people.values(), second])
    bodies = Bodies(agency, "Sở Khoa học và Công nghệ")
    assert bodies.whom("đồng chí Trần Văn Bình").sure is Sure.DOUBTFUL
    assert bodies.whom("đồng chí Trần Văn Bình, Trung tâm CNTT").doers == Doers(people=(99,))


def test_a_deputy_is_meant_and_not_the_unit() -> None:
    deputy = Person(98, "Lưu Thị Yến", NAMES.index(PLANNING) + 1, Role.OFFICER, "Phó Trưởng phòng")
    bodies = Bodies(Agency(AGENCY.units.values(), [*AGENCY.people.values(), deputy]), "Sở Khoa học và Công nghệ")
    assert bodies.whom("Phó Trưởng phòng Kế hoạch - Tài chính").doers == Doers(people=(98,))
    assert certain("Phó Giám đốc Sở") == ["Đặng Phúc Hải"]
    assert BODIES.whom("Phó Trưởng phòng Kế hoạch - Tài chính").sure is Sure.DOUBTFUL


def test_a_number_in_a_name_is_no_slip() -> None:
    agency = Agency([Unit(1, "Chi cục Kiểm lâm"), Unit(2, "Hạt Kiểm lâm khu vực I", 1)], [])
    assert Bodies(agency, "Chi cục Kiểm lâm").whom("Hạt Kiểm lâm khu vực II").sure is Sure.DOUBTFUL


def test_a_word_with_other_marks_is_not_the_agency() -> None:
    agency = Agency([Unit(1, "Ban Giám đốc Sở"), Unit(2, "Trung tâm Công nghệ số", 1)], [])
    bodies = Bodies(agency, "Sở Nội vụ")
    assert bodies.whom("Trung tâm Công nghệ số").sure is Sure.CERTAIN
    assert bodies.whom("trung tam cong nghe so").sure is Sure.CERTAIN
    assert bodies.whom("Trung tâm Công nghệ").sure is Sure.DOUBTFUL


def test_a_commune_has_its_own_words() -> None:
    units = [Unit(1, "Lãnh đạo UBND xã"), Unit(2, "Văn phòng HĐND và UBND xã", 1), Unit(3, "Phòng Kinh tế", 1)]
    agency = Agency([*units, Unit(4, "Công an xã", 1)], [Person(1, "A B", 1, Role.LEADER, "Chủ tịch UBND xã")])
    bodies = Bodies(agency, "UBND xã Tân Thới")
    assert certain("Văn phòng HĐND và UBND xã", bodies, agency) == ["Văn phòng HĐND và UBND xã"]
    assert certain("Công an xã", bodies, agency) == ["Công an xã"]
    assert certain("Các phòng, đơn vị", bodies, agency) == [one.name for one in agency.units.values()][1:]
    assert bodies.whom("UBND các xã, phường").sure is Sure.DOUBTFUL
    assert bodies.whom("UBND tỉnh").sure is Sure.ELSEWHERE


def test_units_without_a_top_are_all_there_are_but_the_leaders() -> None:
    flat = Agency([Unit(one.id, one.name) for one in AGENCY.units.values()], AGENCY.people.values())
    assert certain("các phòng, đơn vị", Bodies(flat, "Sở Khoa học và Công nghệ"), flat) == EVERYBODY
    assert BOARD not in EVERYBODY


# -- several names, and what is learnt ---------------------------------------------------------------------------------


def test_other_agencies_beside_ours_are_not_asked_for() -> None:
    assert called(BODIES.lead(["Văn phòng Sở", "UBND các xã, phường"])) == [OFFICE]
    assert BODIES.are_elsewhere(["Sở Tài chính", "Công an tỉnh"])
    assert not BODIES.are_elsewhere(["Sở Tài chính", "Văn phòng Sở"])
    assert not BODIES.are_elsewhere([])


def test_people_of_units_that_are_named_anyway_raise_no_doubt() -> None:
    assert called(BODIES.lead(["các phòng, đơn vị", "công chức, viên chức liên quan"])) == EVERYBODY


def test_one_doubt_leaves_the_whole_open_with_the_certain_ones_offered() -> None:
    names = ["Văn phòng Sở", "Phòng Công nghệ"]
    assert BODIES.lead(names) == NOBODY
    assert [called(one) for one in BODIES.choices(names)] == [[OFFICE, TECHNOLOGY], [OFFICE]]
    assert called(BODIES.coordinate(names)) == [OFFICE]


def test_what_the_office_has_said_holds_from_then_on() -> None:
    lesson = BODIES.lesson(["Văn phòng Sở", "Tổ Đề án 06"], Doers((*unit(OFFICE).units, *unit(CENTRE).units)))
    assert lesson == ("Tổ Đề án 06", unit(CENTRE))
    taught = Bodies(AGENCY, "Sở Khoa học và Công nghệ", {"to de an 06": unit(CENTRE)})
    assert certain("Tổ  Đề án 06", taught) == [CENTRE]


@pytest.mark.parametrize(
    ("names", "answer"),
    [
        (["các phòng, đơn vị liên quan"], unit(CENTRE)),  # another time others are concerned
        (["Sở Khoa học và Công nghệ"], unit(CENTRE)),
        (["Văn phòng Sở"], unit(CENTRE)),  # it was known, and the Office wants somebody else this time
        (["Tổ A", "Tổ B"], unit(CENTRE)),  # which of the two?
        (["Văn phòng Sở", "Tổ A"], unit(CENTRE)),  # the Office has changed more than the doubt
        (["Sở Tài chính"], unit(CENTRE)),
    ],
)
def test_an_answer_that_holds_for_once_is_not_remembered(names: list[str], answer: Doers) -> None:
    assert BODIES.lesson(names, answer) is None


def test_whoever_has_gone_is_not_meant_by_what_was_learnt() -> None:
    taught = Bodies(AGENCY, "", {"to de an 06": Doers((77,), (88,)), "to a": Doers((1, 77))})
    assert taught.whom("Tổ Đề án 06").sure is Sure.UNKNOWN
    assert taught.whom("Tổ A").doers == Doers((1,))


@settings(max_examples=300)
@given(st.text() | st.lists(st.sampled_from([*" ".join(NAMES).split(), "các", "Sở", "VP", "tỉnh", ","])).map(" ".join))
def test_any_text_means_nobody_but_people_of_the_agency(text: str) -> None:
    meant = BODIES.whom(text)
    for doers in (meant.doers, *meant.candidates, BODIES.lead([text]), *BODIES.choices([text])):
        assert set(doers.units) <= AGENCY.units.keys()
        assert set(doers.people) <= AGENCY.people.keys()
    assert bool(meant.doers) == (meant.sure is Sure.CERTAIN)
    assert bool(meant.candidates) == (meant.sure is Sure.DOUBTFUL)


def test_no_name_of_the_collection_is_certain_but_for_groups_and_the_office() -> None:
    """None of those documents is from this agency: what they name is not here, even where it is alike."""
    tasks = [task for file in COLLECTION for task in json.loads(file.read_text())["tasks"]]
    names = {name for task in tasks for name in (*task["lead"], *task["coordinate"])}
    known = {name for name in names if BODIES.whom(name).sure is Sure.CERTAIN and BODIES.whom(name).lasts}
    assert known <= {"Văn phòng Sở", "Chánh Văn phòng Sở", PLANNING}
    assert len(names) > 150
