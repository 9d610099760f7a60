"""Where the names of bodies end: words that are verbs elsewhere belong to them, and words that are not end them."""

import pytest

from tests.domain.reading.papers import HEAD, only, paper, tasks

FIELDS_OF_WORK = {
    "Phòng Quản lý thu và Phát triển đối tượng đôn đốc thu nợ.": "Phòng Quản lý thu và Phát triển đối tượng",
    "Phòng Quản lý thu và Phát triển người tham gia gửi báo cáo.": "Phòng Quản lý thu và Phát triển người tham gia",
    "Trưởng Phòng Thanh tra, kiểm tra và giải quyết khiếu nại trình kế hoạch.": (
        "Trưởng Phòng Thanh tra, kiểm tra và giải quyết khiếu nại"
    ),
    "Phòng Giám sát, kiểm tra và xử lý sau thanh tra theo dõi kết luận.": (
        "Phòng Giám sát, kiểm tra và xử lý sau thanh tra"
    ),
    "Đội Quản lý trật tự xây dựng phường tuần tra địa bàn.": "Đội Quản lý trật tự xây dựng phường",
    "Đội Quản lý trật tự đô thị ra quân dọn vỉa hè.": "Đội Quản lý trật tự đô thị",
    "Các cơ sở khám bệnh, chữa bệnh gửi dữ liệu.": "Các cơ sở khám bệnh, chữa bệnh",
    "Các cơ sở khám bệnh, chữa bệnh bảo hiểm y tế gửi dữ liệu.": "Các cơ sở khám bệnh, chữa bệnh bảo hiểm y tế",
    "Các cơ sở sản xuất, kinh doanh thực phẩm ký cam kết.": "Các cơ sở sản xuất, kinh doanh thực phẩm",
    "Các doanh nghiệp sử dụng lao động kê khai số người.": "Các doanh nghiệp sử dụng lao động",
    "Các đơn vị sử dụng lao động báo cáo số người.": "Các đơn vị sử dụng lao động",
    "Các đơn vị cung cấp dịch vụ viễn thông rà soát thuê bao.": "Các đơn vị cung cấp dịch vụ viễn thông",
    "Trung tâm Xúc tiến đầu tư và Hỗ trợ doanh nghiệp lập danh mục.": (
        "Trung tâm Xúc tiến đầu tư và Hỗ trợ doanh nghiệp"
    ),
    "Phòng Kiểm soát thủ tục hành chính rà soát quy trình.": "Phòng Kiểm soát thủ tục hành chính",
    "Phòng Theo dõi thi hành pháp luật lập kế hoạch.": "Phòng Theo dõi thi hành pháp luật",
    "Phòng Đăng ký kinh doanh gửi thông báo.": "Phòng Đăng ký kinh doanh",
    "Phòng Tiếp nhận và Trả kết quả niêm yết thủ tục.": "Phòng Tiếp nhận và Trả kết quả",
    "Bộ phận Tiếp nhận và Trả kết quả cập nhật hồ sơ.": "Bộ phận Tiếp nhận và Trả kết quả",
    "Trung tâm Phục vụ hành chính công tỉnh cập nhật hồ sơ.": "Trung tâm Phục vụ hành chính công tỉnh",
    "Phòng Kiểm tra, giám sát thu thập số liệu.": "Phòng Kiểm tra, giám sát",
    "Cục Quản lý, giám sát bảo hiểm hướng dẫn biểu mẫu.": "Cục Quản lý, giám sát bảo hiểm",
    "Phòng Quản lý đầu tư và xây dựng thẩm định hồ sơ.": "Phòng Quản lý đầu tư và xây dựng",
    "Phòng Hướng dẫn chỉ đạo tuyến xây dựng tài liệu.": "Phòng Hướng dẫn chỉ đạo tuyến",
    "Ban Quản lý bảo trì công trình đường bộ kiểm tra hiện trường.": "Ban Quản lý bảo trì công trình đường bộ",
    "Phòng Bảo vệ chăm sóc trẻ em và Bình đẳng giới lập danh sách.": ("Phòng Bảo vệ chăm sóc trẻ em và Bình đẳng giới"),
    "Trung tâm Ứng dụng tiến bộ khoa học kỹ thuật chuyển giao quy trình.": (
        "Trung tâm Ứng dụng tiến bộ khoa học kỹ thuật"
    ),
    "Phòng Tổ chức thi hành án lập hồ sơ.": "Phòng Tổ chức thi hành án",
    "Quỹ Bảo vệ và Phát triển rừng chi trả tiền.": "Quỹ Bảo vệ và Phát triển rừng",
    "Chi cục Bảo vệ môi trường lấy mẫu nước.": "Chi cục Bảo vệ môi trường",
    "Công chức tiếp nhận hồ sơ phát phiếu khảo sát.": "Công chức tiếp nhận hồ sơ",
    "Cán bộ quản lý địa bàn nắm tình hình.": "Cán bộ quản lý địa bàn",
    "Công chức giải quyết hồ sơ xin lỗi người dân.": "Công chức giải quyết hồ sơ",
    "Người đứng đầu cơ sở thuộc diện quản lý về an toàn lao động bố trí người trực.": (
        "Người đứng đầu cơ sở thuộc diện quản lý về an toàn lao động"
    ),
    "Các hộ thuộc diện di dời ký biên bản.": "Các hộ thuộc diện di dời",
}
DOINGS = {
    "Phòng Tài chính hành chính sự nghiệp thẩm định báo cáo.": "Phòng Tài chính hành chính sự nghiệp",
    "Sở Tài chính có nhiệm vụ thẩm định kinh phí.": "Sở Tài chính",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh xã xung kích, hỗ trợ người già.": ("Đoàn Thanh niên Cộng sản Hồ Chí Minh xã"),
    "Đoàn Thanh niên phường đảm nhận công trình.": "Đoàn Thanh niên phường",
    "Hội Phụ nữ xã vận động hội viên.": "Hội Phụ nữ xã",
    "Phòng Tổng hợp tổng hợp báo cáo.": "Phòng Tổng hợp",
    "Phòng Quản lý chất lượng quản lý hồ sơ.": "Phòng Quản lý chất lượng",
    "Thanh tra Sở thanh tra đột xuất 03 đơn vị.": "Thanh tra Sở",
    "Văn phòng Sở là đầu mối tổng hợp.": "Văn phòng Sở",
    "Sở Tư pháp thẩm định dự thảo.": "Sở Tư pháp",
    "Kho bạc Nhà nước khu vực XIX đối chiếu số dư.": "Kho bạc Nhà nước khu vực XIX",
    "Ban Tổ chức Tỉnh ủy tổ chức lớp bồi dưỡng.": "Ban Tổ chức Tỉnh ủy",
    "Ban Xây dựng Đảng xây dựng hướng dẫn.": "Ban Xây dựng Đảng",
    "Phòng Giáo dục và Đào tạo đào tạo giáo viên.": "Phòng Giáo dục và Đào tạo",
    "Chi cục Kiểm lâm kiểm kê lâm sản.": "Chi cục Kiểm lâm",
    "Bảo hiểm xã hội tỉnh được giao giải quyết chế độ hưu trí.": "Bảo hiểm xã hội tỉnh",
    "Cục Thuế tỉnh bảo đảm nguồn thu.": "Cục Thuế tỉnh",
    "Sở Công Thương theo phạm vi quản lý yêu cầu doanh nghiệp dự trữ hàng.": "Sở Công Thương",
    "Công an xã thường xuyên nắm địa bàn.": "Công an xã",
    "Trạm Y tế xã khám sức khỏe cho người cao tuổi.": "Trạm Y tế xã",
}
OWN_SUBJECTS = {
    "Yêu cầu chủ cơ sở ký cam kết an toàn.": ["chủ cơ sở"],
    "Đề nghị chủ phương tiện lắp thiết bị giám sát.": ["chủ phương tiện"],
    "Yêu cầu chủ hộ ký biên bản.": ["chủ hộ"],
    "Giao phòng Nông nghiệp và PTNT tham mưu phương án.": ["phòng Nông nghiệp và PTNT"],
    "Giao phòng Tài chính - Kế hoạch thẩm định.": ["phòng Tài chính - Kế hoạch"],
    "Phòng Quản lý xây dựng và Phòng Quản lý vận tải phải xin lỗi bằng văn bản.": [
        "Phòng Quản lý xây dựng",
        "Phòng Quản lý vận tải",
    ],
    "Phòng Đào tạo và Phòng Thanh tra cùng rà soát.": ["Phòng Đào tạo", "Phòng Thanh tra"],
    "Giám đốc, Thủ trưởng các sở, ban, ngành ban hành kế hoạch.": ["Giám đốc, Thủ trưởng các sở, ban, ngành"],
    "Trưởng, Phó các phòng ký cam kết.": ["Trưởng, Phó các phòng"],
    "Các Sở Y tế, Văn hóa, Thể thao và Du lịch, Khoa học và Công nghệ cập nhật dữ liệu.": [
        "Sở Y tế",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Khoa học và Công nghệ",
    ],
    "Các Sở Tài chính, Nông nghiệp và Môi trường, Tư pháp góp ý.": [
        "Sở Tài chính",
        "Sở Nông nghiệp và Môi trường",
        "Sở Tư pháp",
    ],
    "Sau khi có danh mục, phòng Tài chính - Kế hoạch thẩm định, trình UBND huyện.": ["phòng Tài chính - Kế hoạch"],
    "Khi xảy ra tai nạn, bệnh viện tiếp nhận người bị nạn báo cáo về Sở Y tế.": ["bệnh viện tiếp nhận người bị nạn"],
    "Việc lưu hồ sơ thực hiện theo quy chế; văn thư các phòng tự kiểm tra, báo cáo trước ngày 25/3/2026.": [
        "văn thư các phòng"
    ],
    "Chủ đầu tư và nhà thầu thi công khắc phục lỗi.": ["Chủ đầu tư", "nhà thầu thi công"],
    "Đội Quản lý trật tự xây dựng phường, Công an phường ra quân.": [
        "Đội Quản lý trật tự xây dựng phường",
        "Công an phường",
    ],
    "Báo và phát thanh, truyền hình tỉnh mở chuyên mục.": ["Báo và phát thanh, truyền hình tỉnh"],
}


@pytest.mark.parametrize(("words", "lead"), {**FIELDS_OF_WORK, **DOINGS}.items())
def test_a_name_has_all_its_words_and_no_more(words: str, lead: str) -> None:
    assert only(f"1. {words}").lead == (lead,)


@pytest.mark.parametrize(("words", "leads"), OWN_SUBJECTS.items())
def test_who_is_told_is_who_stands_in_the_sentence(words: str, leads: list[str]) -> None:
    assert list(only(f"1. {words}").lead) == leads


@pytest.mark.parametrize(
    "name",
    [
        "ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG, ĐẶC KHU",
        "UBND CÁC XÃ, PHƯỜNG",
        "CÁC PHÒNG, BAN, ĐƠN VỊ",
        "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "THỦ TRƯỞNG CÁC SỞ, BAN, NGÀNH",
        "ĐỘI QUẢN LÝ TRẬT TỰ XÂY DỰNG",
    ],
)
def test_a_heading_in_capitals_names_one(name: str) -> None:
    assert tasks(f"I. {name}", "1. Rà soát hồ sơ.", "2. Gửi báo cáo.")[0].lead == (name,)


@pytest.mark.parametrize(
    ("heading", "lead"),
    {
        "1. Sở Tài chính có nhiệm vụ:": "Sở Tài chính",
        "1. Sở Tài chính có trách nhiệm:": "Sở Tài chính",
        "1. Sở Tài chính thực hiện các nhiệm vụ sau:": "Sở Tài chính",
        "1. Đề nghị các cơ sở khám bệnh, chữa bệnh": "các cơ sở khám bệnh, chữa bệnh",
        "1. Đối với các cơ sở sản xuất, kinh doanh thực phẩm": "các cơ sở sản xuất, kinh doanh thực phẩm",
        "1. Đối với doanh nghiệp khai thác khoáng sản:": "doanh nghiệp khai thác khoáng sản",
        "1. Trách nhiệm của Phòng Quản lý thu và Phát triển đối tượng": "Phòng Quản lý thu và Phát triển đối tượng",
    }.items(),
)
def test_a_heading_gives_the_whole_name(heading: str, lead: str) -> None:
    assert tasks(heading, "a) Rà soát hồ sơ.", "b) Gửi báo cáo.")[0].lead == (lead,)


@pytest.mark.parametrize(
    ("words", "others"),
    {
        "Giao Thanh tra Sở chủ trì, có sự tham gia của Văn phòng Sở, kiểm tra đột xuất.": ["Văn phòng Sở"],
        "Giao Thanh tra Sở chủ trì, có sự tham gia phối hợp của Văn phòng Sở, kiểm tra.": ["Văn phòng Sở"],
        "Giao Thanh tra Sở chủ trì, với sự phối hợp của Công an tỉnh, kiểm tra.": ["Công an tỉnh"],
        "Phòng Chế độ chịu trách nhiệm chính, Phòng Kế hoạch phối hợp giám định.": ["Phòng Kế hoạch"],
        "Văn phòng Sở làm đầu mối, Thanh tra Sở phối hợp kiểm tra.": ["Thanh tra Sở"],
        "Cán bộ phụ trách xã xuống cơ sở, cùng cấp ủy xã tháo gỡ khó khăn.": ["cấp ủy xã"],
    }.items(),
)
def test_who_takes_part_cooperates(words: str, others: list[str]) -> None:
    assert list(only(f"1. {words}").coordinate) == others


@pytest.mark.parametrize(
    ("words", "event", "day"),
    [
        ("trong thời hạn 30 ngày kể từ ngày ban hành Kết luận (02/3/2026)", "ngày ban hành Kết luận (02/3/2026)", 2),
        ("trong 05 ngày làm việc kể từ ngày ký Công văn này đối với hồ sơ tồn đọng", "ngày ký Công văn này", 10),
    ],
)
def test_an_event_has_its_day_behind_it_and_ends_where_it_says_for_what(words: str, event: str, day: int) -> None:
    deadline = only(f"1. Văn phòng Sở xử lý hồ sơ {words}.").deadline
    assert (deadline.event, deadline.event_date and deadline.event_date.day) == (event, day)


def test_a_subject_ends_before_a_paragraph_that_no_blank_line_sets_off() -> None:
    head = HEAD.split("V/v")[0] + "CHỈ THỊ\nVề việc tăng cường kỷ cương hành chính\n"
    first = "Quý I năm 2026, trên địa bàn tỉnh còn xảy ra vi phạm. Để chấn chỉnh, Giám đốc Sở chỉ thị:"
    assert (paper(first, "1. Văn phòng Sở rà soát quy chế.", head=head).subject or "").endswith("kỷ cương hành chính")
