"""Directives for the talks in which the Office confirms what was read, and what is kept of them."""

from domain.proposals import Proposal, ReadDocument
from tests.world import World, plain

HEAD = """UBND TỈNH LAM SƠN
SỞ KHOA HỌC VÀ CÔNG NGHỆ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Lam Sơn, ngày 20 tháng 11 năm 2026
V/v {subject}
Kính gửi: Các phòng, đơn vị thuộc Sở.
Để bảo đảm tiến độ công việc, Giám đốc Sở yêu cầu các phòng, đơn vị thực hiện:
"""
TAIL = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\n"

TECHNOLOGY = "1. Phòng Quản lý Công nghệ kiểm kê hồ sơ công nghệ, hoàn thành trước ngày 20/12/2026."
OFFICE = "2. Văn phòng Sở chủ trì, phối hợp với Phòng Quản lý Công nghệ lập danh mục hồ sơ trước ngày 25/12/2026."
NOBODY_KNOWN = "3. Bộ phận Một cửa hướng dẫn các phòng số hóa hồ sơ; hoàn thành trước ngày 28/12/2026."
SILENT = "4. Phòng Kế hoạch - Tài chính bố trí kinh phí số hóa hồ sơ."
LINES = (TECHNOLOGY, OFFICE, NOBODY_KNOWN, SILENT)


def paper(*lines: str, number: str = "45/SKHCN-VP", subject: str = "chuẩn hóa hồ sơ công việc") -> bytes:
    return (HEAD.format(number=number, subject=subject) + "\n".join(lines) + TAIL).encode()


def plan(count: int) -> bytes:
    """A long one, every third task without a deadline."""
    lines = [
        f"{at}. Phòng Quản lý Công nghệ rà soát nhóm hồ sơ {at}{'' if at % 3 == 0 else ', xong trước ngày 20/12/2026'}."
        for at in range(1, count + 1)
    ]
    return paper(*lines)


PAPER = paper(*LINES)


async def dropped(world: World, content: bytes, name: str = "chi-dao.txt", text: str = "/chidao") -> str:
    """Lan sends a document; gives what she hears."""
    world.hears_all("Lan")
    await world.sends_file("Lan", name, content, text)
    return world.hears("Lan")


async def pressed(world: World, label: str) -> str:
    """Lan presses a button of the last message; gives what she hears."""
    world.hears_all("Lan")
    await world.presses("Lan", label)
    return world.hears("Lan")


def labels(world: World) -> list[str]:
    """The buttons of the last message to Lan."""
    return [button.label for row in world.last("Lan").buttons for button in row]


def seen(world: World) -> str:
    return plain(world.last("Lan").text)


async def kept(world: World) -> tuple[ReadDocument, list[Proposal]]:
    """What was kept last, and its proposals."""
    async with world.store.read() as uow:
        document = await uow.proposals.latest_unpublished(world.people["Lan"].id)
        assert document is not None
        return document, await uow.proposals.of(document)


async def proposal(world: World, number: int) -> Proposal:
    return next(one for one in (await kept(world))[1] if one.number == number)


async def documents(world: World) -> int:
    """How many documents are kept."""
    async with world.store.read() as uow:
        count = 0
        for number in range(1, 20):
            count += await uow.proposals.document(number) is not None
        return count
