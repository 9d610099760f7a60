"""What names of bodies are made of besides their capitals: fields of work, levels, and words that join them."""

import re

_FIELDS = (
    "an dan|an ninh|an toan|bam sat|ban tru|bao chi|bao hiem|bao tang|bao ton|bao tro|bat dong san|benh tat|bien che|"
    "bien gioi|bien phong|bieu dien|binh ong|bo mon|boi duong|buu chinh|buu dien|cai cach|can bo|canh sat|cap cuu|"
    "cap nuoc|cap thoat|cay trong|chan nuoi|chat doc|chat luong|chi dao|chinh phu|chinh quyen|chinh sach|chinh tri|"
    "cho thue|chong doc|chu nghia|chu thap|chu trach|chua chay|chuc nang|chung thuc|chuyen doi|chuyen khoa|chuyen mon|"
    "chuyen nganh|chuyen nghiep|chuyen sau|chuyen trach|co ban|co dong|co phan|co so|con lai|cong an|cong chung|"
    "cong chuc|cong cong|cong dan|cong dong|cong doan|cong ich|cong lap|cong nghe|cong nghiep|cong san|cong tac|"
    "cong thuong|cong trinh|cong vu|cu tri|cuu chien|cuu ho|cuu nan|chien binh|cuu chien binh|"
    "cuu thanh nien xung phong|dac biet|dac thu|da cam|da khoa|"
    "dan cu|dan chu|dan pho|dan quan|dan so|dan su|dan toc|dan van|danh muc|dao tao|dat dai|dau gia|dau thau|dau tu|"
    "di san|di tich|dich vu|dien anh|dien luc|dien tu|dieu dong|dieu duong|dieu hanh|dieu phoi|dieu tri|dinh canh|"
    "dinh muc|do thi|doan the|doanh nghiep|doc lap|doi moi|doi ngoai|dong bao|du an|du lich|du phong|du tru|"
    "duoc lieu|duoc pham|duong bo|duong sat|duong thuy|gia dinh|giam dinh|giam sat|giao duc|giao dich|giao thong|"
    "giao thuong|giup viec|ha tang|hai dao|hai quan|han lam|hang hai|hang khong|hanh chinh|hanh phuc|hau can|"
    "hinh su|ho chi minh|ho khau|ho sinh|ho tich|ho tro|hoa giai|hoat dong|hoc sinh|hop dong|hop tac|huan luyen|"
    "huu nghi|hoc tap|hoc vien|ke hoach|ke toan|khai thac|khan cap|khao thi|khen thuong|khi hau|khi tuong|"
    "khu pho|khu vuc|khoa hoc|khoang san|khong quan|kiem sat|dang ky dat dai|dai bieu|cua khau|quy tac|tien bo|"
    "du toan|thi cong|xu ly|an sinh|bao ve|phuc tap|trong tinh|bao tri|khuyen cong|khuyen hoc|khuyen nong|"
    "khuyet tat|kiem dinh|"
    "kiem lam|kiem nghiem|kiem toan|kiem tra|kien truc|kinh doanh|kinh te|ky luat|ky thuat|lam nghiep|lam sang|"
    "lam san|lam vuon|lao dong|lich su|lien co|lien doan|lien gia|lien hiep|lien ket|lien lac|lien minh|lien nganh|"
    "lien quan|lien thong|lien tich|luong thuc|luu tru|luu vuc|mam non|mat bang|mat tran|mien nui|"
    "minh bach|moi gioi|moi truong|my pham|my thuat|nang luong|ngan hang|ngan sach|nganh nghe|nghe thuat|nghien cuu|"
    "nghiep vu|ngoai giao|ngoai gio|ngoai ngu|ngoai tru|ngoai vu|nguoi mu|nguoi cao tuoi|nguyen trai|nhan dan|"
    "nhan luc|nhan quyen|nhan su|nhiem khuan|nhiem vu|nho va vua|noi bo|noi chinh|noi dung|noi tru|nong dan|"
    "nong lam|nong nghiep|nong san|nong thon|nuoc sach|pham vi|phan tich|phap che|phap luat|phap ly|phap y|"
    "phat thanh|phat trien|phi chinh|pho thong|phong chay|phong dich|phong khong|phong thu|phong trao|phu nu|"
    "phuc hoi|phuc loi|phuc vu|quan chung|quan ly|quan nhan|quan su|quan tri|quang cao|quoc gia|quoc hoi|quoc phong|"
    "quoc te|quy dat|quy hoach|san xuat|sang kien|sang tao|sinh hoc|sinh san|sinh thai|sinh vat|sinh vien|su dung|"
    "su nghiep|su pham|tai chinh|tai nguyen|tai san|tai san cong|tap the|tac chien|tai dinh cu|than nhan|thanh nien|"
    "thanh pho|thanh tra|the thao|thi dua|thi hanh|thi nghiem|thi truong|thi tran|thi xa|thiet bi|thieu nhi|"
    "thieu nien|tho nhuong|thoat nuoc|thong ke|thong minh|thong tan|thong tin|thu vien|thu y|thu cong|thuc hanh|"
    "thuc pham|thuc vat|thue dat|thuong binh|thuong mai|thuong nien|thuong truc|thuong xuyen|thuy dien|thuy loi|"
    "thuy nong|thuy san|thuy van|tich cuc|tiep dan|tiep nhan|tien do|tien luong|tieng dan|tin dung|tin hoc|"
    "tin nguong|tinh nguyen|to chuc|to quoc|toan the|toi cao|ton giao|tong hop|tra cuu|trach nhiem|tre em|"
    "trong trot|trong yeu|trong diem|trat tu|tro giup|tro ly|trung tam|trung uong|trung hoc|truc thuoc|truc ban|"
    "truyen hinh|truyen thong|truong hoc|tu chu|tu nhan|tu phap|tu quan|tu thuc|tu thien|tu van|tu ve|tuyen giao|"
    "tuyen sinh|tuyen truyen|uu tien|van hoa|van phong|van thu|vat lieu|vat tu|ve sinh|ven bien|ven song|vien chuc|"
    "vien thong|viec lam|viet nam|vung cao|vung sau|vung xa|xa hoi|xay dung|xay lap|xe buyt|xe khach|xo so|"
    "xuat ban|xuat khau|xuat nhap khau|xuc tien|xung yeu|y te|y khoa|nha nuoc|nha dat|nha truong|nha o|"
    "dia ban|dia chat|dia chinh|dia phuong|dang vien|dang bo|dang uy|don vi|co quan|to chuc|ca nhan|tieu hoc|"
    "dac san|den bu|boi thuong|giai phong|tham quyen|tham muu|thanh vien|ban tin|chu tich|giam doc|hoi dong|"
    "dai dien|chi dao|bi thu|uy vien|uy ban|chap hanh|thuong vu|chu nhiem|chu ho|hieu truong|giao vien|bac si|"
    "nguoi dan|nguoi lao dong|cong nhan|nha thau|nha dau tu|nuoi trong|lang nghe|hop tac xa|ngoai cong lap|"
    "gia cong|gia suc|gia cam|giet mo|rau mau|cay xanh|nghia trang|cho dau moi|the chap|vay von|khong chuyen trach|"
    "dac biet kho khan|co uy tin|kho khan|tuan hoan|moi thanh lap|moi sap nhap|van tai|ket qua|"
    "tra ket qua|phuong tien|an toan lao dong|doi tuong|binh dang gioi|nguoi tham gia|nguoi su dung|"
    "nguoi nop thue|nguoi benh|nguoi bi nan|nguoi co cong|thuoc dien [a-z]+ [a-z]+ ve|"
    "thuoc dien [a-z]+ [a-z]+|ho so|sau thanh tra|quan he|lanh su|le tan|bien dich|phien dich|tai tro|"
    "dia diem|do luong|hop quy|so huu tri tue|kham benh|chua benh|che do|chua hoan thanh|kiem dich|bao ve"
)
FIELD = re.compile(rf"(?:{'|'.join(sorted(set(_FIELDS.split('|')), key=len, reverse=True))})\b")
"""What bodies are for, in the small letters that go on with a name."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SINGLE = _words(
    "huyen phuong khoa cua thuoc trong ngoai va cac nhung quanh chi nhanh i ii iii iv v vi nguoi ong ba y viec"
)
"""Single words that go on with a name: levels, places, and what joins them."""
MARKED = {
    "dang": "\u0111\u1ea3ng",
    "cho": "ch\u1ee3",
    "bo": "b\u1ed9",
    "so": "s\u1edf s\u1ed1",
    "to": "t\u1ed5",
    "ban": "ban b\u1ea3n",
    "cap": "c\u1ea5p",
    "do": "\u0111\u00f3",
    "dan": "d\u00e2n",
    "doan": "\u0111o\u00e0n",
    "hoi": "h\u1ed9i",
    "doi": "\u0111\u1ed9i",
    "nha": "nh\u00e0",
    "lop": "l\u1edbp",
    "cong": "c\u00f4ng",
    "thanh": "th\u00e0nh",
    "dat": "\u0111\u1ea5t",
    "cay": "c\u00e2y",
    "nuoc": "n\u01b0\u1edbc",
    "dien": "\u0111i\u1ec7n",
    "gan": "g\u1ea7n",
    "tinh": "t\u1ec9nh",
    "xa": "x\xe3",
    "vung": "v\xf9ng",
    "cum": "c\u1ee5m",
    "nay": "n\xe0y",
    "thon": "th\xf4n",
    "khac": "kh\xe1c",
    "duong": "\u0111\u01b0\u1eddng",
    "ho": "h\u1ed3 h\u1ed9",
    "dap": "\u0111\u1eadp",
    "lang": "l\xe0ng",
    "buon": "bu\xf4n",
    "thi": "th\u1ecb thi",
    "chu": "ch\u1ee7",
    "thue": "thu\u1ebf thu\xea",
    "nhan": "nh\xe2n",
    "chuyen": "chuy\xean",
    "vien": "vi\xean vi\u1ec7n vi\u1ec5n",
    "phong": "ph\xf2ng",
    "truong": "tr\u01b0\u1eddng tr\u01b0\u1edfng",
    "ben": "b\u1ebfn",
    "cang": "c\u1ea3ng",
    "tren": "tr\xean",
    "duoi": "d\u01b0\u1edbi",
    "moi": "m\u1ecdi m\u1ed7i m\u1edbi",
    "ga": "ga",
    "kho": "kho kh\xf3",
    "hat": "h\u1ea1t",
    "tram": "tr\u1ea1m",
    "song": "s\xf4ng",
    "vuon": "v\u01b0\u1eddn",
    "trai": "tr\u1ea1i",
    "xom": "x\xf3m",
    "khu": "khu",
    "rung": "r\u1eebng",
    "ap": "\u1ea5p",
    "pho": "ph\u1ed1 ph\xf3",
    "minh": "minh m\xecnh",
    "nganh": "ng\xe0nh",
    "noi": "n\u01a1i n\u1ed9i",
    "quan": "qu\u1eadn qu\xe2n quan",
    "khoi": "kh\u1ed1i",
    "tai": "t\u1ea1i",
    "hoac": "ho\u1eb7c",
    "o": "\u1edf \xf4",
    "la": "-",
}
"""Such words that are verbs with other marks."""


RELATIVE = re.compile(
    r"(?:(?:noi )?co(?= )|duoc (?:giao(?! lam)|phan cong|chi dinh|cap|uy quyen|chon|thanh lap)|dang(?! ky|"
    r" tai| bai)|chua|khong(?! de| duoc| to chuc| bo tri)|bi|vi pham|"
    r"su dung|"
    r"khai thac|kinh doanh|san xuat|hoat dong|cung cap|cung ung|nuoi|phu trach|lam viec|tham gia|quan ly|theo doi|"
    r"(?P<people>tiep nhan|giai quyet|xu ly|truc|van hanh|dieu tri|giang day|lam cong tac))\b"
)
"""Verbs that may only say which of them is meant, where another follows that says what they must do."""
LIGHT = re.compile(
    r"co (?:trach nhiem|ke hoach|phuong an|giai phap|bien phap|van ban|bao cao|y kien|hinh thuc|nhiem vu|thong bao|"
    r"lo trinh|"
    r"cam ket|chinh sach|co che|danh sach|huong|quy che|quyet dinh|cong van|to trinh|dang ky|hieu qua|gia tri|lich)\b"
)
"""Having one of these is to be done; having anything else says which of them is meant."""
STRONG = re.compile(
    r"(?:chu tri|phoi hop|ra soat|tham muu|xay dung|bao cao|to chuc|thuc hien|trien khai|co trach nhiem|"
    r"chiu trach nhiem|"
    r"khan truong|tiep tuc|tang cuong|chu dong|day manh|huong dan|cap nhat|hoan thanh|hoan thien|tong hop|kiem tra|"
    r"theo doi|"
    r"lap|gui|trinh|ban hanh|thuong xuyen|nghiem tuc|tap trung|phai|can|nghien cuu|chi dao|quan triet|truc tiep|cung)\b"
)
"""Verbs of which nobody doubts that a name ends before them."""
_FOREIGN = re.compile(r"[fjwz]|[bcdfgklqrsvx]$|[bcdfgklmpqrstvx]{3}|^[bcdfgkpqs][lrst]")
_NO_BODIES = _words(
    "tthc cchc cntt dvc kpi par sipas papi ocop iso grdp csdl bhyt attp pccc antt ntm qr vneid pdf khcn tv vp "
    "ubnd hdnd kt xh kt-xh qppl vbqppl plan ai iot big data online email zalo facebook website internet ioc "
    "lgsp xdcb gpmb nsnn gdp vietgap haccp tp tx ths ts pgs gs bs ks ttg nq qd ct cv kh tb cd tw tu dn smart "
    "home fanpage"
)


def is_brand(word: str, low: str) -> bool:
    """Whether a word is a company's name by its spelling: VNPT, Viettel, MobiFone."""
    if len(word) < 3 or not word[0].isupper() or low in _NO_BODIES or not word.isalpha():
        return False
    if word.isupper():
        return word.isascii()
    is_mixed = any(char.isupper() for char in word[1:])
    plain = low.replace("ch", "h").replace("ng", "n")
    return word.isascii() and (is_mixed or (len(word) > len("abcd") and bool(_FOREIGN.search(plain))))


def goes_on(written: str, low: str) -> bool:
    """Whether a single word in small letters goes on with a name."""
    return low in SINGLE or written in MARKED.get(low, "").split()
