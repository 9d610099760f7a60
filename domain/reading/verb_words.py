"""What bodies are told to do: the words that end their names."""

import re

VERBS = (
    r"chu tri|phoi hop|chu dong|ra soat|tham muu|xay dung|to chuc|trien khai|thuc hien|bao cao|gui|trinh|"
    r"hoan thanh|hoan thien|kiem tra|giam sat|theo doi|don doc|huong dan|tong hop|cap nhat|cong khai|cong bo|"
    r"niem yet|tiep tuc|tang cuong|day manh|nang cao|phat huy|quan triet|hieu chuan|den(?= (?:tung|tan))|"
    r"phat(?= (?:tin|phieu))|thu(?= (?:phieu|phi|tien|"
    r"le phi|thue|quy))|dan dung|phat don|quyet dinh(?= (?:cho|viec|thoi|phuong))|nghiem tuc|khan truong|kip thoi|"
    r"thuong xuyen|bo tri|phan cong|lap|ban hanh|de xuat|nghien cuu|danh gia|tu danh gia|tu cham|cham diem|"
    r"thong ke|cung cap|chuan bi|tiep nhan|giai quyet|xu ly|khac phuc|chan chinh|dam bao|bao dam|duy tri|"
    r"van hanh|su dung|ung dung|so hoa|ket noi|chia se|dao tao|tap huan|boi duong|tuyen truyen|pho bien|"
    r"dang tai|cu(?= can| nguoi| dai dien| cong| \d)|tham gia|tham du|dang ky|(?<!thu )ky|phe duyet|tham dinh|"
    r"tham tra|gop y|"
    r"cho y kien|co y kien|xac nhan|xac dinh|lua chon|quan ly|chi dao|yeu cau|de nghi|giao|chiu trach nhiem|"
    r"phai|can(?! bo| cu)|can cu|tap trung|uu tien|quyet liet|thong bao|phan bo|"
    r"cap(?! uy| xa| huyen| tinh| tren| duoi)|mua sam|dau tu|sua chua|nang cap|kien toan|thanh lap|bo sung|"
    r"sua doi|dieu chinh|cat giam|don gian hoa|thu hoi|ban giao|nop|luu tru|ap dung|van dong|khuyen khich|"
    r"ho tro|tao dieu kien|thuc day|phat dong|phat trien|phan tich|khao sat|do luong|lay y kien|doi moi|"
    r"cai thien|siet chat|thiet lap|cai dat|lam(?! viec)|tra loi|giai trinh|lien he|dua|lay(?= y| mau| phieu)|"
    r"thanh tra|ra quan|mo(?= lop| so| dot| rong)|chi tra|thanh toan|quyet toan|giai ngan|ky ket|ke khai|"
    r"kiem ke|kiem dem|kiem soat|phan loai|khen thuong|bieu duong|nhac nho|tiep thu|"
    r"hop(?! tac| dong| phap| quy)|giao ban|bao ve|nghiem chinh|nghiem cam|dinh ky|thuong truc|"
    r"(?<!thuong )truc(?! thuoc| tuyen)|lanh dao(?=,? (?:chi dao|thuc hien|to chuc|xay dung|trien khai|cac|viec|"
    r"cong tac))|"
    r"hang (?:ngay|tuan|thang|quy|nam)|cung(?= [a-z])|tu chuc|tu kiem|chap hanh|tuan thu|quan tam|dan thuc|"
    r"ra van ban|co(?! lien quan| tham quyen| quan| so| cau| phan)|trong|de|khi|nham|theo|truoc ngay|cham nhat|"
    r"thi|neu|ve(?! sinh)|tren co so|tai(?! chinh| nguyen| san)|sau|muon nhat|hoan tat|cong tac voi|gan|bam sat|"
    r"xem xet|lap danh|hang nam|hang thang|khoanh|san sang|la|hoc|doi chieu|tra cuu|lam ro|lam viec voi|"
    r"bao dong|co trach nhiem|duoc giao nhiem vu(?= )|se|khong|tiep can|tich cuc|nam bat|nam chac|tiep tham|"
    r"tiep xuc|doi thoai|don nhan|dong goi|soan thao|du thao|bien soan|phat hanh|phat song|thu thap|thu nhan|"
    r"tong ket|so ket|ly ket|khai thac|khai bao|tich hop|chuyen|chuan hoa|lam sach|tai cau truc|rut ngan|"
    r"han che|ngan chan|phong ngua|day nhanh|tam dung|cham dut|bai bo|thay the|ghi nhan|luu y|chot|khoa so|"
    r"thao go|don dep|trong cay|ve sinh|di doi|giai phong|boi thuong|sap xep|bo nhiem|tuyen dung|luan chuyen|"
    r"tinh gian|chi tra|tro cap|binh chon|gioi thieu|dang bai|quay|truyen(?! hinh| thanh| thong)|dua tin|viet|"
    r"hoc tap|ke hoach hoa|cam ket|ky cam ket|lam dau moi|la dau moi|dau moi|phu trach|truc tiep|phat hien|"
    r"tu choi|dong bo|song song|khan cap|ngay lap tuc|lap tuc|dieu tra|dieu hanh|dieu phoi|mo rong|nhan rong|"
    r"xac minh|truy|kiem nghiem|kiem dinh|do dac|cam moc|ngoai ra|dong thoi|moi ngay|moi tuan|sao luu|van dong|"
    r"tang|danh|cu the hoa|can doi|canh bao|phat(?= hien| don| quang| song| tai lieu)|keu goi|huy dong|phan anh|"
    r"trang bi|lap dat|tu van|goi(?= dien)|giup|tiem phong|phun|khu trung|che bien|thu gom|van chuyen|"
    r"nghiem thu|khoi cong|thi cong|khoi phuc|truy to|xet xu|rut kinh nghiem|kiem diem|thay doi|thuc thi|"
    r"phuc vu(?! hanh chinh)|canh gac|di dan|so tan|cuu ho|dieu tiet|gia co|nao vet|khoi thong|"
    r"trong(?= cay| rung)|cham soc|tham hoi|dong vien|ghi hinh|dang tin|dinh huong|quy hoach|khoanh vung|"
    r"cach ly|xet nghiem|kham(?= suc| benh)|chi vien|gia han|mien giam|thu hut|ket hop|lien ket|(?<!co )phan cap|"
    r"phan quyen|uy quyen|tach|sap nhap|giai the|giu gin|bao ton|trung bay|trinh dien|bieu dien|dien tap|"
    r"luyen tap|cung ung|du tru|binh on|niem phong|thanh ly|dau gia|dau thau|tham van|tham khao|quet don|mua|"
    r"moi|tap hop|bao quan|xin(?= y| loi)|ra(?= quan| quyet)|vao cuoc|neu cao|neu guong|guong mau|no luc|"
    r"phan dau|thi dua|chong|hoa giai|tat toan|thuyet minh|hoan tra|doi soat|tong duyet|dieu chuyen|dinh gia|"
    r"thu hoach|thu mua|tieu huy|tieu doc|kiem diem|nhac viec|thao do|cuong che|xu phat|lap bien ban|khoi to|"
    r"sua(?= chua| doi)|dan nhan|gan(?= bien| ma)|treo|trang tri|tu bo|trung tu|tiep(?= dan| cong)|don tiep|da|"
    r"dang|van|con"
)
MORE_VERBS = (
    r"bam nam|ban bac|bao duong|bao tri|bat giu|bien tap|boc tach|boc tham|boi hoan|cai tao|cai tien|"
    r"cam bien|cam chot|can nhac|canh gioi|cat tia|cham lo|chao ban|chieu sinh|chinh ly|chinh sua|"
    r"chinh trang|chon loc|chung thuc|cong nhan|cung co|dam nhan|dam phan|dan thong bao|danh so|"
    r"dap dich|dat hang|dau noi|day lui|de cu|den bu|diem danh|dien giai|dinh chi|dinh chinh|do bo|"
    r"do ve|don ve sinh|dong cua|du hop|duc rut|dung thi cong|gap go|ghi chep|giai dap|"
    r"giai thich|giai toa|giam thieu|giang day|gin giu|giu nguyen|go bo|hach toan|hau kiem|"
    r"hiep thuong|hieu dinh|hoach dinh|hoan cong|hoi y kien|huong nghiep|in an|in phieu|ket nap|"
    r"ket xuat|khai giang|khai truong|khoan gieng|khoi dong|khuyen cao|kich hoat|kiem chung|kiem thu|"
    r"kien nghi|lang nghe|len ke hoach|loai bo|long ghep|luu giu|neo dau|ngan ngua|nhan dien|"
    r"nhap du lieu|nhap lieu|on tap|phac thao|phan luong|phan tach|phe binh|phoi ket hop|phong toa|"
    r"phuc dung|phuc hoi|quang ba|ra de|ra mat|rai nhua|san lap|sang loc|sao chup|sat hach|"
    r"tai co cau|tam ung|tan dung|tang qua|tha ca|tham tra|thay moi|thi diem|thu mau|thu nghiem|"
    r"thu nop|thue tu van|tiep quan|tiep song|tim kiem|ton tao|ton vinh|tra ket qua|trao giai|"
    r"trao tang|trich lap|trich luc|triet pha|trieu tap|trong moi|trong rung|tu ra soat|tu sua|"
    r"tuan tra|tuyen chon|ung pho|ung truc|vay von|ve so do|xac lap|xay moi|xep hang|xep loai|"
    r"xet duyet|xet tang|xoa bo|xoa nha tam|xung kich|tinh toan|uoc tinh|trao doi|liet ke|duy tu|"
    r"tong kiem tra|tong ra soat|hien dai hoa|lan toa"
)
"""What bodies are told to do, less often."""
WRITTEN = {
    "thi": "th\u00ec",
    "de": "\u0111\u1ec3",
    "ve": "v\u1ec1",
    "tai": "t\u1ea1i",
    "can": "c\u1ea7n",
    "co": "c\u00f3",
    "hop": "h\u1ecdp",
    "ky": "k\u00fd",
    "sau": "sau",
    "phai": "ph\u1ea3i",
    "gan": "g\u1eafn",
    "lap": "l\u1eadp",
    "nop": "n\u1ed9p",
    "cung": "c\u00f9ng",
    "cap": "c\u1ea5p",
    "lam": "l\u00e0m",
    "dua": "\u0111\u01b0a",
    "trinh": "tr\u00ecnh",
    "trong": "trong",
    "khi": "khi",
    "gui": "g\u1eedi",
    "neu": "n\u1ebfu",
    "truc": "tr\u1ef1c",
    "chuyen": "chuy\u1ec3n",
    "theo": "theo",
    "se": "s\u1ebd",
    "tang": "t\u0103ng",
    "danh": "d\u00e0nh",
    "mua": "mua",
    "moi": "m\u1eddi",
    "giao": "giao",
    "don": "d\u1ecdn",
    "giup": "gi\u00fap",
    "tach": "t\u00e1ch",
    "phun": "phun",
    "chong": "ch\u1ed1ng",
    "treo": "treo",
    "da": "\u0111\u00e3",
    "dang": "\u0111ang",
    "van": "v\u1eabn",
    "con": "c\u00f2n",
    "duoc": "\u0111\u01b0\u1ee3c",
    "la": "l\u00e0",
    "hoc": "-",
    "dong bo": "\u0111\u1ed3ng b\u1ed9",
    "dong thoi": "\u0111\u1ed3ng th\u1eddi",
    "cong bo": "c\u00f4ng b\u1ed1",
    "thong bao": "th\u00f4ng b\u00e1o",
    "tam ung": "t\u1ea1m \u1ee9ng",
}
"""Short verbs and stops that are other words with other marks."""


def longest_first(forms: str) -> str:
    """The alternatives of a form, those of several words first, so that a short word does not hide a longer one."""
    parts: list[str] = [""]
    depth = 0
    for char in forms:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return "|".join(sorted(parts, key=lambda part: " " not in part.partition("(")[0]))


BOUNDARY = re.compile(rf"(?<![\w/])(?:{longest_first(f'{VERBS}|{MORE_VERBS}')})\b")
