"""What a heading says of all that stands under it, and what is no task by its words."""

import re

from domain.reading.letters import bare, sentences

_EXCLUDED = re.compile(
    r"(?:cac )?(?:muc dich\b|yeu cau\W*$|muc tieu\b|chi tieu\b|quan diem\b|can cu\b|co so (?:phap ly|"
    r"chinh tri|de)|danh gia (?:chung|tinh hinh|ket qua|thuc trang|viec)|"
    r"tinh hinh\b|ket qua\b|thuc trang\b|(?:nhung |mot so )?(?:ton tai|han che|kho khan|uu diem|"
    r"khuyet diem|bat cap)\b|nguyen nhan\b|kinh phi\b|"
    r"nguon (?:luc tai chinh|kinh phi|von)|du toan (?:kinh phi|chi phi)|pham vi\b|doi tuong\b|su can thiet|hieu luc\b|"
    r"dieu khoan|bai hoc|nhan dinh|boi canh|khai quat|"
    r"thoi gian(?:,| va) dia diem|thanh phan\b|dinh huong\b|(?:noi dung )?(?:thong nhat|dong y)\W*$|uu diem)"
)
_WANTED = re.compile(
    r"nhiem vu|giai phap|noi dung|to chuc thuc hien|phan cong|trach nhiem|cong viec|yeu cau|"
    r"ke hoach thuc hien|trien khai|cong tac|giao|doi voi|de nghi"
)
_NO_TASK = re.compile(
    r"(?:kinh phi|nguon kinh phi|muc tieu|chi tieu|ty le|ty trong|tren day la|noi nhan|phan dau\b|100\s?%|"
    r"it nhat \d+\s?%|tren \d+\s?%|toi thieu \d+\s?%|moi chi tiet|"
    r"(?:quyet dinh|ke hoach|chi thi|nghi quyet|thong bao|cong van|quy che|van ban|"
    r"cong dien) nay (?:co hieu luc|thay the|duoc|ap dung|bai bo)|can cu (?!dien bien|tinh hinh|ket qua|chuc nang|"
    r"nhiem vu|yeu cau|noi dung|dieu kien|thuc te|danh muc|de xuat|y kien|"
    r"so lieu|vao (?:dien bien|tinh hinh|ket qua|chuc nang|dieu kien))|"
    r"bai bo |thay the |ban hanh kem theo|phe duyet (?:kem theo|ke hoach|de an|du toan|phuong an|"
    r"quy hoach|danh)|so dien thoai|dien thoai|thong tin lien he|"
    r"(?:chi tiet )?lien he (?:dong chi|so|qua|dien thoai|voi dong chi|ong|ba|truc tiep|theo)\b|"
    r"dau moi lien he|kinh gui|xin tran trong|tran trong|(?:noi dung|chi tiet)[^.;]{0,40}(?:phu luc|"
    r"kem theo)\W*$|"
    r"\(?(?:chi tiet|co|theo|kem theo|noi dung)\b[^.;]{0,60}(?:phu luc|kem theo|"
    r"dinh kem)[^.;]{0,60}\)?[.;]?$|thanh phan|dia diem|thoi gian, dia diem|doi tuong|"
    r"(?:dong chi )?(?:dien thoai|email|sdt)|ket qua dat duoc|con |tuy nhiem|nguyen nhan)"
)
_APPROVES = re.compile(
    r"(?:(?:ubnd|uy ban|chu tich|ban thuong vu|lanh dao|giam doc|hoi nghi|"
    r"thuong truc)[^.;,]{0,60} )?(?:co ban |ve co ban )?(?:thong nhat|dong y|nhat tri|ghi nhan|bieu duong|"
    r"danh gia cao|hoan nghenh|chap thuan|cam on)\b"
)
_CLOSING = re.compile(
    r"(?:nghiem tuc|khan truong|chu dong|kip thoi|phoi hop|to chuc|quan tam|quan triet|trien khai|"
    r"thuc hien|chi dao|va|,|\s|day du|hieu qua|co|thi hanh)*"
    r"(?:trien khai|thuc hien|thi hanh)(?: (?:nghiem|nghiem tuc|tot|co hieu qua|day du|hieu qua|dong bo|"
    r"kip thoi|cac|nhung|noi dung|nhiem vu|va|thang loi))*"
    r"(?: (?:cac |nhung )?(?:noi dung|nhiem vu)[^.;]{0,40})?(?: (?:cua|tai|trong|neu tren|tren|"
    r"theo))*(?: (?:cong van|ke hoach|chi thi|quyet dinh|thong bao|van ban|cong dien|ket luan|"
    r"chuong trinh|nghi quyet)(?: nay)?)?(?: nay| neu tren| tren)?\W*$"
)
_ENFORCED = re.compile(
    r"chiu trach nhiem (?:thi hanh|to chuc thuc hien|thuc hien)\W*(?:quyet dinh|ke hoach|chi thi)?|"
    r"(?:can cu )?quyet dinh (?:nay )?thi hanh|thi hanh quyet dinh nay|thi hanh ke tu ngay"
)
_DIFFICULTY = re.compile(
    r"(?:trong qua trinh|qua trinh|neu|truong hop)[^.;]{0,120}(?:kho khan|vuong mac|phat sinh)|"
    r"(?:kho khan,? )?vuong mac(?:, kho khan)?[^.;]{0,60}(?:phan anh|bao cao|lien he|trao doi)"
)
_PROHIBITS = re.compile(r"(?:nghiem cam|tuyet doi khong|khong (?=[a-z])|cam (?=[a-z]))")
_RESPONSIBLE = re.compile(r"[^.;]{0,200}chiu (?:hoan toan )?trach nhiem (?:truoc|ve|toan dien)")
_WILL = re.compile(r"(?:ubnd|uy ban|so|van phong|ban|chu tich|giam doc|bo|hoi dong|phong)\b[^.;,:]{0,60}\bse\b")
_HANDS_OVER = re.compile(
    r"[^.;]{0,200}(?:theo|tai|o|trong) (?:cac )?(?:phu luc|bieu|bang|danh muc)[^.;]{0,60}(?:kem theo|"
    r"dinh kem|ban hanh|sau day|duoi day)\W*$"
)
_INDICES = {
    "PAR": re.compile(r"par[\s-]*index|(?<!cac )chi so (?:ve )?cai cach hanh chinh|\bpar\b"),
    "SIPAS": re.compile(r"sipas|chi so (?:ve )?(?:muc do )?(?:do luong )?(?:su )?hai long"),
    "PAPI": re.compile(r"papi|chi so (?:ve )?hieu qua quan tri"),
}
_COUNTED = re.compile(
    r"(?<!\w)(\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|"
    r"muoi)\s+(?:\(\s*\w+\s*\)\s*)?(?:nhom )?(?:nhiem vu|noi dung|giai phap|cong viec|viec|van de|yeu cau|"
    r"nhom)\b[^.;:]{0,60}?(?:sau(?: day)?|duoi day|cu the|gom)?\s*:?$"
)
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}


def is_excluded(heading: str) -> bool:
    """Whether what stands under a heading is no task: aims, assessment, money."""
    low = bare(heading).strip(" .:*-")
    if re.search(r"nhiem vu|giai phap|to chuc thuc hien|phan cong", low):
        return False
    return len(low) < 160 and bool(_EXCLUDED.match(low))


def is_wanted(heading: str) -> bool:
    """Whether tasks are expected under a heading."""
    return bool(_WANTED.search(bare(heading)))


_INFORMS = re.compile(
    r"(?!cham nhat|truoc |hang |dinh ky|"
    r"trong )[^.;]{0,80}(?:xin )?(?:tran trong )?thong bao\b[^.;]{0,120}(?:biet|thuc hien)"
)


_DISSOLVES = re.compile(
    r"[^.;]{0,60}(?:tu giai the|giai the sau)|[^.;]{0,200}chu tri (?:cuoc hop|hoi nghi|buoi|phien)|"
    r"[^.;]{0,200}da chu tri\b"
)
"""What a body is said to have done, or will be after its work."""


def is_no_task(text: str) -> bool:
    """Whether a point is none by its words."""
    low = bare(text).lstrip(" -+*\"'")
    if _INFORMS.match(low) or _DISSOLVES.match(low):
        return True
    return bool(_NO_TASK.match(low) or _ENFORCED.search(low) or _WILL.match(low))


def is_aside(text: str, *, dated: bool) -> bool:
    """What is neither a task nor none: prohibitions, responsibility, difficulties, closing calls, handing over."""
    return all(_is_aside(one, dated=dated) for _, one in sentences(text))


def _is_aside(text: str, *, dated: bool) -> bool:
    low = bare(text).lstrip(" -+*\"'")
    if _PROHIBITS.match(low) or (_RESPONSIBLE.match(low) and not dated) or _DIFFICULTY.match(low):
        return True
    if dated:
        return False
    called = re.sub(r"^[^:]{0,200}?(?:yeu cau|de nghi)\s+", "", low)
    closing = re.search(r"(?:nghiem tuc|to chuc|trien khai|khan truong|quan tam|chi dao)\b.*", called)
    is_closing = len(low) < 260 and bool(closing and _CLOSING.match(closing[0]))
    return is_closing or bool(_HANDS_OVER.match(low) and len(low) < 220)


def approves_only(text: str) -> bool:
    """Whether a sentence only agrees, praises or takes note."""
    return bool(_APPROVES.match(bare(text).lstrip(" -+*")))


def index_of(heading: str) -> str | None:
    """The index that a heading names, if it names exactly one."""
    low = bare(heading)
    named = [name for name, form in _INDICES.items() if form.search(low)]
    return named[0] if len(named) == 1 else None


def counted(text: str) -> int | None:
    """How many points a sentence says will follow."""
    found = _COUNTED.search(bare(text).strip())
    if found is None or not re.search(r"sau|duoi day|:", bare(text)[-30:]):
        return None
    return _WORDS.get(found[1]) or (int(found[1]) if found[1].isdigit() else None)
