"""The roster on the command line: taken in once however often, every bad row named, codes that work once."""

import csv
from pathlib import Path

import docx
import pytest

from domain.clock import SystemClock
from storage.unit_of_work import UnitOfWork
from tests.bot.cli_desk import HEAD, OFFICE, OFFICER, Desk, lines


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def codes(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_importing_twice_doubles_nobody(desk: Desk, database_url: str) -> None:
    desk.set(DATABASE_URL=database_url)
    roster = desk.roster(OFFICE, HEAD, OFFICER)
    first, second = desk.run("roster", "import", roster), desk.run("roster", "import", roster)
    assert lines(first.stdout) == ["Roster taken in: 3 added, 0 updated, 0 unchanged; 2 new units."]
    assert lines(second.stdout) == ["Roster taken in: 0 added, 0 updated, 3 unchanged; 0 new units."]
    assert (first.exit_code, second.exit_code, second.stderr) == (0, 0, "")
    assert len(desk.people()) == 3


def test_somebody_who_moved_is_the_same_person(desk: Desk) -> None:
    desk.imported(OFFICE, HEAD, OFFICER)
    done = desk.run("roster", "import", desk.roster("Phạm Thị Dung,Văn phòng Sở,Chuyên viên,"))
    assert "0 added, 1 updated" in done.stdout
    assert desk.people()["Phạm Thị Dung"] == "Văn phòng Sở"
    assert len(desk.people()) == 3


def test_bad_rows_are_named_and_the_others_taken_in(desk: Desk) -> None:
    done = desk.run("roster", "import", desk.roster(OFFICE, ",Phòng Công nghệ,,", "Ai Đó,Phòng Công nghệ,,Vua", HEAD))
    said = lines(done.stderr)
    assert done.exit_code == 1
    assert said[0].startswith("Row 3: ")
    assert "Phòng Công nghệ" in said[0]
    assert said[1].startswith("Row 4: ")
    assert "Vua" in said[1]
    assert said[2].startswith("2 rows were left out")
    assert set(desk.people()) == {"Nguyễn Thị Lan", "Trần Văn Bình"}


def test_two_people_who_differ_in_marks_only_are_not_made_one(desk: Desk) -> None:
    done = desk.run("roster", "import", desk.roster("Trần Văn An,Phòng A,,", "Trần Văn Ấn,Phòng A,,"))
    assert done.exit_code == 1
    assert lines(done.stderr)[0].startswith("Row 3: “Trần Văn Ấn” differs")
    assert set(desk.people()) == {"Trần Văn An"}


def strips(path: Path) -> list[str]:
    """The text of each strip, with the number of its pictures."""
    paper = docx.Document(str(path))
    return [table.rows[0].cells[1].text + f" [{len(table._tbl.xpath('.//pic:pic'))}]" for table in paper.tables]


def test_strips_are_printed_for_everybody_without_a_chat(desk: Desk) -> None:
    desk.set(AGENCY="Sở Khoa học và Công nghệ")
    desk.imported(OFFICE, HEAD, OFFICER)
    target = desk.folder / "invitations.docx"
    done = desk.run("roster", "invite", "--sheet", str(target))
    assert "Invitations of 3 people were written" in done.stdout
    said = strips(target)
    assert len(said) == 3
    assert all(words in said[2] for words in ("Phạm Thị Dung", "Phòng Công nghệ", "/vao/", "viec", "[1]"))
    assert target.stat().st_mode & 0o077 == 0
    assert "exists already" in desk.run("roster", "invite", "--sheet", str(target)).stderr


def test_a_strip_for_one_person_where_the_web_is_off_has_the_code_to_type(desk: Desk) -> None:
    desk.set(WEB_PORT="0", ZALO_BOT_TOKEN="12345689:abc-xyz")
    desk.imported(OFFICE, HEAD, OFFICER)
    target = desk.folder / "one.docx"
    assert desk.run("roster", "invite", "Phạm Thị Dung", "--sheet", str(target)).exit_code == 0
    (said,) = strips(target)
    assert "Type the code: " in said
    assert "On Zalo" in said


def test_an_invitation_needs_a_name_or_a_sheet(desk: Desk) -> None:
    desk.imported(OFFICE)
    done = desk.run("roster", "invite")
    assert done.exit_code == 1
    assert "--sheet OUT.docx" in done.stderr


@pytest.mark.parametrize("name", ["none.csv", "picture.png"])
def test_what_is_no_roster_changes_nothing(desk: Desk, name: str) -> None:
    (desk.folder / "picture.png").write_bytes(b"\x89PNG")
    done = desk.run("roster", "import", name)
    assert done.exit_code == 1
    assert lines(done.stderr)[-1] == "Nothing was taken in."
    assert not desk.path.exists()


def test_codes_are_private_and_for_those_without_a_chat(desk: Desk) -> None:
    desk.imported(OFFICE, HEAD)
    desk.within(lambda uow: uow.people.link(1, "web", "1", SystemClock().now()))
    done = desk.run("roster", "import", desk.roster(OFFICE, HEAD, OFFICER), "--codes", "codes.csv")
    assert done.exit_code == 0, done.output
    headings, *rows = codes(desk.folder / "codes.csv")
    assert headings == ["Full name", "Unit", "Code", "Link"]
    assert [row[:2] for row in rows] == [["Trần Văn Bình", "Phòng Công nghệ"], ["Phạm Thị Dung", "Phòng Công nghệ"]]
    assert all(row[3] == f"http://127.0.0.1:8080/vao/{row[2]}" for row in rows)
    assert (desk.folder / "codes.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (desk.folder / "codes.csv").stat().st_mode & 0o777 == 0o600
    assert all(row[2] not in done.output for row in rows)


def test_a_code_works_once_and_a_newer_one_makes_it_void(desk: Desk) -> None:
    desk.run("roster", "import", desk.roster(OFFICE, HEAD), "--codes", "codes.csv")
    office, head = (row[2] for row in codes(desk.folder / "codes.csv")[1:])
    newer = lines(desk.run("roster", "invite", "nguyen thi lan").stdout)[1].removeprefix("Code: ")

    async def redeem(uow: UnitOfWork) -> list[int | None]:
        return [await uow.people.redeem(code, SystemClock().now()) for code in (head, head, office, newer)]

    assert desk.within(redeem) == [2, None, None, 1]


def test_those_who_are_not_in_the_file_keep_their_codes(desk: Desk) -> None:
    desk.run("roster", "import", desk.roster(OFFICE), "--codes", "first.csv")
    desk.run("roster", "import", desk.roster(HEAD), "--codes", "second.csv")
    kept = codes(desk.folder / "first.csv")[1][2]
    assert [row[0] for row in codes(desk.folder / "second.csv")[1:]] == ["Trần Văn Bình"]
    assert desk.within(lambda uow: uow.people.redeem(kept, SystemClock().now())) == 1


def test_a_file_that_is_there_is_not_written_over(desk: Desk) -> None:
    (desk.folder / "codes.csv").write_text("precious")
    done = desk.run("roster", "import", desk.roster(OFFICE), "--codes", "codes.csv")
    assert done.exit_code == 1
    assert len(lines(done.stderr)) == 1
    assert (desk.folder / "codes.csv").read_text() == "precious"
    assert not desk.path.exists()


def test_an_import_that_fails_leaves_no_codes_behind(desk: Desk) -> None:
    desk.path.parent.mkdir()
    desk.path.write_text("not a database" * 100)
    done = desk.run("roster", "import", desk.roster(OFFICE), "--codes", "codes.csv")
    assert done.exit_code == 1
    assert len(lines(done.stderr)) == 1
    assert not (desk.folder / "codes.csv").exists()


def test_an_invitation_has_its_link_and_its_end(desk: Desk) -> None:
    desk.imported(OFFICE, HEAD)
    desk.set(PUBLIC_URL="https://nhacviec.example.gov.vn")
    name, code, link, until = lines(desk.run("roster", "invite", "TRẦN VĂN BÌNH").stdout)
    assert name == "Invitation of Trần Văn Bình (Phòng Công nghệ)"
    assert link == f"Link: https://nhacviec.example.gov.vn/vao/{code.removeprefix('Code: ')}"
    assert until.startswith("It works once, until ")


def test_without_any_page_there_is_a_code_but_no_link(desk: Desk) -> None:
    desk.imported(OFFICE)
    desk.set(WEB_PORT="0")
    assert not [line for line in lines(desk.run("roster", "invite", "nguyen thi lan").stdout) if "Link" in line]


def test_namesakes_are_listed_and_told_apart_by_unit(desk: Desk) -> None:
    desk.imported("Trần Văn Bình,Phòng A,,", "Trần Văn Bình,Phòng B,,")
    asked = desk.run("roster", "invite", "tran van binh")
    assert asked.exit_code == 1
    assert "“Trần Văn Bình, Phòng A”; “Trần Văn Bình, Phòng B”" in asked.stderr
    assert "(Phòng B)" in desk.run("roster", "invite", "tran van binh, phong b").stdout
    assert desk.run("roster", "invite", "tran van binh, phong c").exit_code == 1


def test_a_slip_in_a_name_is_answered_with_the_nearest(desk: Desk) -> None:
    desk.imported(OFFICE)
    done = desk.run("roster", "invite", "nguyen thi lam")
    assert done.exit_code == 1
    assert "Nearest: Nguyễn Thị Lan" in done.stderr
    assert "check the name" in desk.run("roster", "invite", "xyz").stderr
