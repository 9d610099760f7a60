"""The people of every test: a small department, everybody known by a first name."""

from dataclasses import dataclass

from domain.people import Role

OFFICE, TECHNOLOGY, PLANNING, CENTRE, BOARD = (
    "Văn phòng Sở",
    "Phòng Quản lý Công nghệ",
    "Phòng Kế hoạch - Tài chính",
    "Trung tâm Công nghệ thông tin",
    "Ban Giám đốc Sở",
)


@dataclass(frozen=True)
class Line:
    """A line of the roster."""

    name: str
    unit: str
    title: str
    role: Role
    parent: str | None = BOARD
    focal: bool | None = None


ROSTER = (
    Line("Nguyễn Thị Lan", OFFICE, "Chuyên viên tổng hợp", Role.OFFICE),
    Line("Lê Quang Chánh", OFFICE, "Chánh Văn phòng", Role.UNIT_HEAD),
    Line("Trần Văn Bình", TECHNOLOGY, "Trưởng phòng", Role.UNIT_HEAD),
    Line("Phạm Thị Dung", TECHNOLOGY, "Chuyên viên", Role.OFFICER),
    Line("Hoàng Văn Em", TECHNOLOGY, "Chuyên viên", Role.OFFICER),
    Line("Vũ Mạnh Hùng", PLANNING, "Trưởng phòng", Role.UNIT_HEAD),
    Line("Đỗ Thị Khánh", PLANNING, "Chuyên viên", Role.OFFICER),
    Line("Bùi Văn Minh", CENTRE, "Viên chức", Role.OFFICER),
    Line("Đặng Phúc Hải", BOARD, "Phó Giám đốc", Role.LEADER, None),
    Line("Cao Văn Quản", OFFICE, "Quản trị mạng", Role.ADMIN),
)

LAN, CHANH, BINH, DUNG, EM, HUNG, KHANH, MINH, HAI, QUAN = (line.name.split()[-1] for line in ROSTER)
"""Office, its head; a unit head and two officers; another head and officer; an officer without head; leader; admin."""
