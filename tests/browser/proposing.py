"""A document that was read for somebody of the sample agency, with what it proposes, as the intake would keep it."""

from domain.deadlines import Deadline
from domain.proposals import Doers, Proposal, ReadDocument
from domain.reading.directive import read_text
from domain.reading.values import Task
from storage.unit_of_work import Store, UnitOfWork

TEXT = """SỞ NỘI VỤ TỈNH ĐÔNG GIANG      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                Độc lập - Tự do - Hạnh phúc
Số: 402/SNV-VP                  Đông Giang, ngày 20 tháng 11 năm 2026
V/v khắc phục các nội dung bị trừ điểm cải cách hành chính

Kính gửi: Các phòng, đơn vị thuộc Sở.

Qua tự chấm điểm, một số nội dung của Sở chưa đạt điểm tối đa do chậm công khai và thiếu
tài liệu kiểm chứng. Giám đốc Sở yêu cầu các phòng, đơn vị thực hiện các nhiệm vụ sau:
1. Về thủ tục hành chính:
a) Phòng Cải cách hành chính chủ trì, phối hợp với Trung tâm Công nghệ số rà soát danh mục thủ
tục hành chính, trình công bố phần còn thiếu trước ngày 15/12/2026.
b) Trung tâm Công nghệ số kiểm tra mã quét của từng thủ tục niêm yết, thay các mã không mở
được trước ngày l0/12/2026.
2. Về tổ chức bộ máy:
a) Phòng Tổ chức công chức cập nhật đề án vị trí việc làm của các phòng. Báo cáo Giám đốc Sở
kết quả trước ngày 20/12/2026.
b) Thanh tra Sở lập kế hoạch kiểm tra công vụ năm 2027.
3. Về tài chính:
a) Phòng Kế hoạch - Tài chính công khai dự toán được giao hằng quý.
b) Tổ công tác cải cách hành chính hoàn thành báo cáo tự chấm điểm.
4. Định kỳ trước ngày 20 hằng tháng, các phòng, đơn vị gửi kết quả thực hiện về Văn phòng Sở.

Đề nghị các phòng, đơn vị nghiêm túc thực hiện.

Nơi nhận:                                             GIÁM ĐỐC
- Như trên;
- Lưu: VT, VP.
"""


async def propose(store: Store, name: str, now: object, text: str = TEXT) -> int:
    """Keep the document as read for somebody; gives its number."""
    async with store.write() as uow:
        agency, calendar = await uow.agency(), await uow.calendar()
        person = next(one for one in agency.people.values() if one.name == name)
        reading = read_text(text, calendar)
        kept = await uow.proposals.keep(ReadDocument(0, person.id, now, reading, text))  # type: ignore[arg-type]
        new = [await _proposal(uow, number, task) for number, task in enumerate(reading.tasks, 1)]
        await uow.proposals.propose(kept, new)
        return kept.id


async def _proposal(uow: UnitOfWork, number: int, task: Task) -> Proposal:
    units = {unit.name: unit.id for unit in (await uow.agency()).units.values()}
    lead, coordinate = (Doers(tuple(units[one] for one in who if one in units)) for who in (task.lead, task.coordinate))
    when = Deadline(task.deadline.on) if task.deadline.on else None
    return Proposal(0, number, task, task.text, lead, coordinate, when)
