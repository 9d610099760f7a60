"""The boxes of the table of proposals: whom they offer, and the line that is typed for what stands in them."""

import re
from dataclasses import replace
from datetime import date, time

import pytest

from bot.web.proposal_forms import PARTS, Forms, typed
from bot.web.proposals import may_confirm
from domain.deadlines import Deadline
from domain.people import Agency, Person, Role, Unit
from domain.proposals import Doers, Proposal, ReadDocument
from domain.reading.values import Reading, Task
from locales.speech import Speech
from tests.world import MONDAY

UNITS = (Unit(1, "Văn phòng Sở"), Unit(2, "Phòng Kế hoạch"), Unit(3, "Ban Quản lý, khai thác"))
PEOPLE = (
    Person(1, "Nguyễn Thị Lan", 1, Role.OFFICE),
    Person(2, "Trần Văn Bình", 2, Role.UNIT_HEAD),
    Person(3, "Lê Văn Nam", 1, Role.OFFICER),
    Person(4, "Lê Văn Nam", 2, Role.OFFICER),
    Person(5, "Đặng Phúc Hải", 1, Role.LEADER),
)
FORMS = Forms(Speech(), Agency(UNITS, PEOPLE))
TEXT = "Rà soát <danh mục>. Báo cáo kết quả trước ngày 20/12."
ONE = Proposal(7, 3, Task("1.a", TEXT, ("Văn phòng",)), TEXT, Doers((2,), (3,)))


def offered(asked: str, *chosen: str) -> list[tuple[str, str]]:
    return re.findall(r'value="(\w+)"( checked)?', str(FORMS.options(asked, chosen)))


@pytest.mark.parametrize("part", PARTS)
def test_every_box_shows_the_sentence_and_runs_nothing(part: str) -> None:
    html = str(FORMS.form([ONE], part))
    assert "Rà soát &lt;danh mục&gt;." in html
    assert "<danh mục>" not in html
    assert 'data-numbers="3"' in html


def test_who_has_been_chosen_stays_while_others_are_looked_for() -> None:
    assert offered("ke hoach") == [("u2", "")]
    assert offered("binh", "u2", "p3") == [("u2", " checked"), ("p3", " checked"), ("p2", "")]
    assert [key for key, _ in offered("")] == ["u3", "u2", "u1", "p1", "p2", "p3", "p4", "p5"]


def test_the_box_of_a_deadline_begins_with_the_one_that_there_is() -> None:
    dated = replace(ONE, when=Deadline(date(2026, 12, 20), time(17)))
    html = str(FORMS.form([dated], "when"))
    assert 'value="2026-12-20"' in html
    assert 'value="17:00"' in html


@pytest.mark.parametrize(
    ("part", "fields", "line"),
    [
        ("content", {"text": " Rà soát\nlại "}, "sửa 3 nội dung Rà soát\nlại"),
        ("lead", {"body": ["u2", "p2"]}, "sửa 3 giao Phòng Kế hoạch, Trần Văn Bình"),
        ("lead", {"body": ["u3", "p4"]}, "sửa 3 giao u3, p4"),
        ("coordinate", {"body": "u1"}, "sửa 3 phối hợp Văn phòng Sở"),
        ("coordinate", {}, "sửa 3 phối hợp không"),
        ("when", {"kind": "date", "day": "2026-12-20"}, "sửa 3 hạn 20/12/2026"),
        ("when", {"kind": "date", "day": "2026-12-20", "hour": "17:00"}, "sửa 3 hạn 17:00 20/12/2026"),
        ("when", {"kind": "count", "count": "5"}, "sửa 3 hạn 5 ngày làm việc"),
        ("when", {"kind": "wait", "wait": "10"}, "sửa 3 hạn 10 ngày làm việc kể từ ngày có quyết định"),
        ("when", {"kind": "every", "every": "hằng quý"}, "sửa 3 chu kỳ hằng quý"),
        ("when", {"kind": "none", "day": "2026-12-20"}, "sửa 3 không hạn"),
        ("when", {"kind": "other", "other": "cuối tháng"}, "sửa 3 hạn cuối tháng"),
        ("leave_out", {"reason": ""}, "bỏ 3"),
        ("leave_out", {"reason": "đã  giao\nrồi"}, "bỏ 3 đã giao rồi"),
        ("split", {"text": "Rà soát.\n\n Báo cáo. "}, "tách 3\nRà soát.\nBáo cáo."),
    ],
)
def test_what_stands_in_a_box_is_typed(part: str, fields: dict[str, object], line: str) -> None:
    assert typed(FORMS, [3], part, fields) == line


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("content", {"text": "  "}),
        ("lead", {"body": []}),
        ("lead", {"body": ["u99", "x"]}),
        ("when", {}),
        ("when", {"kind": "date", "day": "hôm nay"}),
        ("when", {"kind": "count", "count": "-5"}),
        ("when", {"kind": "every", "every": ""}),
        ("split", {"text": ""}),
        ("given_at", {"text": "x"}),
    ],
)
def test_nothing_is_typed_for_an_empty_box(part: str, fields: dict[str, object]) -> None:
    assert typed(FORMS, [3], part, fields) == ""


def test_several_are_left_out_for_one_reason() -> None:
    assert 'data-numbers="3 4"' in str(FORMS.form([ONE, replace(ONE, number=4)], "leave_out"))
    assert typed(FORMS, [3, 4], "leave_out", {"reason": "đã giao"}) == "bỏ 3 4 đã giao"


def test_the_table_is_for_those_who_publish_of_their_own_and_of_the_offices() -> None:
    lan, binh, hai = PEOPLE[0], PEOPLE[1], PEOPLE[4]
    of_lan, of_hai = (ReadDocument(1, who.id, MONDAY, Reading(), "") for who in (lan, hai))
    assert may_confirm(lan, of_lan, FORMS.agency)
    assert may_confirm(hai, of_lan, FORMS.agency)
    assert may_confirm(hai, of_hai, FORMS.agency)
    assert not may_confirm(lan, of_hai, FORMS.agency)
    assert not may_confirm(binh, of_lan, FORMS.agency)
