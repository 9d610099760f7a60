"""The scorer on readings that are made up: whatever is wrong in a reading must show in its row, and in no other."""

import json
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.directives.comparing import Label
from tests.directives.scores import READER, labels, measured, read_by, table, total
from tests.directives.scoring import ROWS, Reading, score

GOALS = {
    "tasks: recall": 0.95,
    "tasks: precision": 0.95,
    "deadlines": 0.95,
    "leads": 0.9,
    "references: recall": 0.98,
    "references: precision": 0.98,
    "refusals": 1.0,
}

LABEL: Label = {
    "file": "x.txt",
    "number": "12/SNV-VP",
    "date": "2026-03-02",
    "issuer": "Sở Nội vụ tỉnh Hà Xuyên",
    "issuer_alt": ["Sở Nội vụ"],
    "subject": "rà soát biên chế",
    "secret": False,
    "readable": True,
    "directive": True,
    "tasks": [
        {
            "point": "1.a",
            "starts_with": "Rà soát biên chế",
            "lead": ["các phòng", "Văn phòng Sở"],
            "coordinate": ["Sở Tài chính"],
            "deadline": {"kind": "date", "date": "2026-03-20", "quote": "trước ngày 20/3/2026"},
            "index": "PAR",
        },
        {
            "point": "",
            "starts_with": "Văn phòng Sở báo cáo",
            "starts_alt": ["báo cáo hằng tháng"],
            "lead": ["Văn phòng Sở"],
            "coordinate": [],
            "deadline": {
                "kind": "recurring",
                "recurrence": "monthly day=20;annual 12-15",
                "quote": "hằng tháng",
                "quote_alt": ["hằng tháng, trước ngày 20"],
            },
            "index": None,
        },
        {
            "point": "2",
            "starts_with": "Nghiêm cấm",
            "lead": [],
            "coordinate": [],
            "deadline": {"kind": "none", "quote": None},
            "index": None,
            "optional": True,
        },
    ],
    "references": [{"number": "80-NQ/TW", "date": None}, {"number": "5/QĐ-UBND", "date": "2026-01-05"}],
    "anomalies": [{"code": "ocr_slip", "quote": "vủa", "note": ""}],
}


def reading() -> Reading:
    """All that is in the label, as a reader would say it."""
    read = deepcopy(LABEL)
    for task in read["tasks"]:
        task["text"] = task["starts_with"] + " và các việc khác."
    return read


def wrong(read: Reading, label: Label = LABEL) -> set[str]:
    scores = score(label, read)
    return {row for row in ROWS if scores.right[row] < scores.total[row]}


def test_a_perfect_reading_has_every_point() -> None:
    scores = score(LABEL, reading())
    assert all(scores.share(row) == 1 and scores.total[row] for row in ROWS)


def test_a_reading_that_failed_has_none() -> None:
    assert not any(score(LABEL, {"failed": "no JSON"}).right.values())


def test_other_capitals_spaces_order_and_unicode_are_the_same() -> None:
    read = reading()
    read["issuer"], read["subject"], read["number"] = "SỞ  NỘI VỤ", "V/v rà soát\nbiên chế", "12/SNV- VP"
    read["tasks"][0]["lead"] = ["văn phòng Sở", "Các  phòng"]
    read["tasks"][1]["deadline"] |= {"recurrence": "annual 12-15; monthly day=20", "quote": "hằng tháng, trước ngày 20"}
    read["tasks"][1]["text"] = "Báo cáo hằng tháng"
    read["tasks"][0]["text"] = "Ra\u0300 soa\u0301t bie\u0302n che\u0302\u0301"
    assert wrong(read) == set()


@pytest.mark.parametrize(
    ("field", "value", "row"),
    [
        ("number", None, "header: number"),
        ("date", "2026-03-03", "header: date"),
        ("issuer", "Sở Tài chính", "header: issuer"),
        ("subject", "rà soát", "header: subject"),
        ("secret", True, "refusals"),
        ("readable", False, "refusals"),
        ("directive", False, "refusals"),
        ("anomalies", [], "anomalies: recall"),
        ("anomalies", [{"code": "ocr_slip"}, {"code": "missing_day"}], "anomalies: precision"),
    ],
)
def test_a_wrong_field_of_the_document_shows(field: str, value: object, row: str) -> None:
    assert wrong(reading() | {field: value}) == {row}


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"lead": ["các phòng"]}, "leads"),
        ({"coordinate": []}, "coordinates"),
        ({"index": None}, "indices"),
        ({"deadline": {"kind": "date", "date": "2026-03-21", "quote": "trước ngày 20/3/2026"}}, "deadlines"),
        ({"deadline": {"kind": "period_end", "date": "2026-03-20", "quote": "trước ngày 20/3/2026"}}, "deadlines"),
        ({"deadline": {"kind": "date", "date": "2026-03-20", "quote": "ngày 20/3/2026"}}, "deadlines: quote"),
    ],
)
def test_a_wrong_field_of_a_task_shows(change: dict[str, Any], row: str) -> None:
    read = reading()
    read["tasks"][0] |= change
    assert wrong(read) == {row}


@pytest.mark.parametrize("change", [{"point": "1.b"}, {"text": "Kiểm tra biên chế"}])
def test_a_task_at_another_point_or_with_another_text_is_missed_and_made_up(change: dict[str, str]) -> None:
    read = reading()
    read["tasks"][0] |= change
    assert wrong(read) == {"tasks: recall", "tasks: precision"}


def test_a_task_said_twice_is_made_up_once() -> None:
    read = reading()
    read["tasks"].append(read["tasks"][0])
    scores = score(LABEL, read)
    assert (scores.right["tasks: precision"], scores.total["tasks: precision"]) == (2, 3)


def test_what_is_optional_neither_gains_nor_costs() -> None:
    with_it, without = reading(), reading()
    without["tasks"].pop()
    assert score(LABEL, with_it) == score(LABEL, without)


def test_references_are_wanted_once_each_with_their_dates() -> None:
    read = reading()
    read["references"] = [{"number": "80-NQ/TW", "date": "2026-01-07"}, {"number": "80-NQ/TW", "date": None}]
    scores = score(LABEL, read)
    assert wrong(read) == {"references: recall", "references: precision", "references: date"}
    assert scores.right["references: precision"] == 1


def test_due_days_count_only_where_the_text_gives_the_event() -> None:
    label = deepcopy(LABEL)
    label["tasks"][0]["deadline"] = {"kind": "working_days_after_event", "days": 5, "event": "ngày ký", "quote": "x"}
    read = reading()
    read["tasks"][0]["deadline"] = label["tasks"][0]["deadline"] | {"due_date": "2026-03-09"}
    assert wrong(read, label) == {"deadlines"}


def test_of_a_secret_document_nothing_may_be_kept() -> None:
    label = {**LABEL, "secret": True, "tasks": [], "references": [], "anomalies": []}
    bare = {"secret": True, "readable": True, "directive": True, "tasks": []}
    assert wrong(bare, label) == set()
    assert wrong(bare | {"tasks": reading()["tasks"]}, label) == {"refusals"}


def test_an_accepted_alternative_is_as_good() -> None:
    label = deepcopy(LABEL)
    label["tasks"][0] |= {"lead_alt": [["các phòng"]], "deadline_alt": [{"kind": "none", "quote": None}]}
    read = reading()
    read["tasks"][0] |= {"lead": ["các phòng"], "deadline": {"kind": "none", "quote": None}}
    assert wrong(read, label) == set()


def test_the_sums_and_the_table() -> None:
    good, bad = score(LABEL, reading()), score(LABEL, reading() | {"number": None})
    summed = total([good, bad])
    assert (summed.right["header: number"], summed.total["header: number"]) == (1, 2)
    assert any("header: number" in line and "0.500" in line for line in table(summed).splitlines())


def test_a_reader_that_prints_no_reading_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    assert "failed" in read_by("echo")([path])[path]


def test_a_reader_is_called_with_the_files(tmp_path: Path) -> None:
    program = "import json, sys; [print(json.dumps({'file': one, 'all': sys.argv[1:]})) for one in sys.argv[1:-1]]"
    paths = [tmp_path / "x.txt", tmp_path / "y.txt"]
    given = [*map(str, paths), "--json"]
    read = read_by(f'{sys.executable} -c "{program}"')(paths)
    assert read == {path: {"file": str(path), "all": given} for path in paths}


def test_the_collection_is_read_as_well_as_was_set() -> None:
    found = total(measured(read_by(READER), labels()).values())
    short = {row: found.share(row) for row, goal in GOALS.items() if found.share(row) < goal}
    told = [line for line in found.wrong if line.startswith(tuple(f"{row}:" for row in short))]
    assert not short, json.dumps([short, told], ensure_ascii=False, indent=1)
