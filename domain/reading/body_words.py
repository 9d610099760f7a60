"""The words that names of bodies begin with, and those that end them: what they are told to do."""

import re

HEADS = (
    r"so(?! \d| lieu| ket| voi| tay| hoa\b| luong| tien| nay)|"
    r"bo(?! tri| sung| phan| nhiem| chi so| thu tuc| tieu chi| mat)|"
    r"ban(?! hanh| giao| be| do| tin| quyen| sac| than\b)|van phong(?! pham)|vp|ubnd|uy ban|hdnd|hoi dong|"
    r"phong(?!,? chong| ngua| trao| chay| benh| toa| van(?! hoa| thu)| dich)|"
    r"trung tam|chi cuc|cuc|tong cuc|vu(?! viec| mua)|"
    r"cong an|vien|truong(?! hop| thanh)|thanh tra(?!,| viec| kiem)|dai(?! bieu| dien| dien| han)|"
    r"bao(?! cao| dam| ve| gom| quan| ton| tri)|kho bac|bao hiem|bhxh|ngan hang|cong ty|tong cong ty|tap doan|"
    r"lien doan|hoi(?! nghi| thao| dam| hop| nhap| thi)|lien hiep|lien minh|doan(?! vien| ket| kiem)|mat tran|"
    r"mttq|thue(?! suat)|hai quan|toa an|tand|vksnd|vks|vien kiem sat|dang uy|tinh uy|thanh uy|huyen uy|quan uy|"
    r"ban thuong vu|tinh doan|to(?! chuc| trinh| giac| hop|ng|i|\b$)|tieu ban|thu truong|giam doc|pho giam doc|"
    r"chu tich|pho chu tich|chanh|pho chanh|truong (?:phong|ban|cac|bo phan|doan|khoa|cong an|thon|dai dien|cac)|"
    r"pho truong|bi thu|nguoi dung dau|nguoi dai dien|dong chi|cac dong chi|d/c|ong(?= [a-z])|ba(?= [a-z])|"
    r"quy (?:don|co|so)|benh vien|tram|quy(?! dinh| trinh| hoach| che| mo| i| iii| ii| iv)|nha xuat ban|"
    r"bqldakvctdtxd|bql|bo chi huy|bch|bo tu lenh|bo doi|chi bo|dang bo|hoc vien|dai hoc|khoa|khoi|cum|"
    r"doi(?= [a-z])|hat|lanh dao(?! (?:cong tac|viec|thuc hien|xay dung|to chuc|trien khai|cuoc|tot|quan triet|toan|chi dao|ca|su|nhiem))|co quan|don vi|"
    r"cac(?= [a-z])(?! (?:hoat dong|nhiem vu|noi dung|giai phap|cong viec|bien phap)\b)|nhung don vi|"
    r"moi (?=cong doan|don vi|co quan|can bo|cong chuc|nguoi|ca nhan|to chuc|phong|dia phuong|xa|phuong|huyen)|"
    r"toan the|"
    r"tung (?:chi bo|chi doan|don|phong|co quan|can bo|cong chuc|dia phuong)|can bo|cong chuc|vien chuc|nguoi lao dong|"
    r"dang vien|doan vien|dia phuong|doanh nghiep|chu dau tu|nha thau|cap uy|chinh quyen|xa(?! hoi)|phuong|huyen|"
    r"thi xa|"
    r"thanh pho|tinh(?! hinh| tu| den| toan| theo| trang)|bi thu|thuong truc|hiep hoi|to chuc doan|chuyen vien|"
    r"nhom|tong bien tap|hieu truong|chi huy|ke toan|van thu|bo phan|phong ban|to cong tac|cac so|hoi lien|"
    r"ubmttq|cnvpdk|vpdk|tt\b|thuong vu|cac ban|so nganh|don bien phong|cong (?:thong tin|ttdt)|vien thong|"
    r"buu dien|thu vien|bao tang|nha (?:van hoa|hat|khach|thieu|dau tu|may|thi dau)|dien luc|cang vu|to dan pho|"
    r"thon(?= [a-z])|moc(?= [a-z])|ban bien tap|cho(?= [a-z]{2,} [a-z]+ chu tri)|vuon quoc gia|"
    r"giao vien|giang vien|nhan vien|bac si|dieu duong|thu ky|tap chi|thong tan xa|tong lien doan|trung uong doan|"
    r"quan khu|nguoi phat ngon|chu (?=rung|ho chua)|ho kinh doanh|thi hanh an|thong ke (?=tinh|xa|thanh pho)|"
    r"agribank|"
    r"doan (?:kiem|thanh) tra|cong doan|(?:gs|pgs|ts|ths|bs|ks|bscki{1,2}|bsck[12])\.(?= ?[a-z])|"
    r"nha truong|nhan dan(?= (?:trong|o|cac|tren|xa|phuong|tai))|luc luong|chi uy|chi nhanh|dang doan|gia lang|nguoi co uy tin|to pho|chi hoi|chi doan|phan vien|phan xuong|phan hieu|phan hoi|trung doan|don (?=bien phong)|chu (?=ho\b)|chu nhiem|chu dau|hoc sinh|sinh vien|phu huynh|ho gia dinh|ho dan|cu tri|ca nhan|tap the|thay(?= [a-z])|co(?= [a-z]+ [a-z]+ [a-z]+)|quy co quan|quy don vi|khu (?:quan ly|bao ton)|lien hop|hop tac xa|htx|nong truong|lam truong"
)
HEAD = re.compile(rf"(?<![\w/])(?:{HEADS})(?![^\W\d_])")
LETTERED = {
    "so": "s\u1edf",
    "bo": "b\u1ed9",
    "quy": "qu\u1ef9 qu\u00fd",
    "ban": "ban",
    "vu": "v\u1ee5",
    "doi": "\u0111\u1ed9i",
    "to": "t\u1ed5",
    "doan": "\u0111o\u00e0n",
    "khoa": "khoa",
    "xa": "x\u00e3",
    "tram": "tr\u1ea1m",
    "hat": "h\u1ea1t",
    "cum": "c\u1ee5m",
    "ba": "b\u00e0",
    "ong": "\u00f4ng",
    "cuc": "c\u1ee5c",
    "thue": "thu\u1ebf",
    "dai": "\u0111\u00e0i \u0111\u1ea1i",
    "tinh": "t\u1ec9nh",
    "bao": "b\u00e1o b\u1ea3o",
    "hoi": "h\u1ed9i",
    "khoi": "kh\u1ed1i",
    "nhom": "nh\u00f3m",
    "phong": "ph\u00f2ng",
    "vien": "vi\u1ec7n vi\u00ean vi\u1ec5n",
    "cac": "c\u00e1c",
    "chanh": "ch\u00e1nh",
    "moi": "m\u1ecdi m\u1ed7i",
    "phuong": "ph\u01b0\u1eddng",
    "truong": "tr\u01b0\u1eddng tr\u01b0\u1edfng",
    "tt": "tt",
    "vp": "vp",
    "cong": "c\u1ed5ng c\u00f4ng",
    "thay": "th\u1ea7y",
    "co": "c\u00f4",
    "chu": "ch\u1ee7",
}
"""First words that are other words with other marks: how they are written as the name of a body."""
CAPITAL_ONLY = {
    *(
        "so",
        "bo",
        "ban",
        "phong",
        "truong",
        "hoi",
        "doan",
        "thue",
        "dai",
        "bao",
        "vien",
        "cuc",
        "vu",
        "to",
        "quy",
        "xa",
        "phuong",
    ),
    *(
        "huyen",
        "tinh",
        "thanh",
        "doi",
        "hat",
        "tram",
        "khoa",
        "khoi",
        "cum",
        "ba",
        "ong",
        "nhom",
        "tt",
        "kho",
        "ngan",
        "mat",
    ),
    *("thay", "co", "thuong"),
    *("hai", "thi", "hiep", "lien", "trung", "chi", "tong", "cong", "bao", "toa", "tap", "benh", "hoc"),
}
"""First words that begin a name only in capitals, as they are other things in small letters."""
SMALL_TOO = re.compile(
    r"cong chuc|cong doan (?=co so|bo phan|cac)|truong (?=thon|xom|ban\b|khu pho)|"
    r"thanh vien|chi bo|to cong tac|tong bien|thanh tra (?=so|tinh)|chi cuc|trung tam"
)

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
    r"xet duyet|xet tang|xoa bo|xoa nha tam"
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
}
"""Short verbs and stops that are other words with other marks."""


def _longest_first(forms: str) -> str:
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


BOUNDARY = re.compile(rf"(?<![\w/])(?:{_longest_first(f'{VERBS}|{MORE_VERBS}')})\b")
NOT_AFTER = re.compile(
    r"(?:(?<!truc )thuoc|(?<!khoa )duoc|va|cac|bo phan|to|doi|doan|nhiem vu|cong tac|ho so|linh vuc|chi so|"
    r"hoat dong|(?<!hanh chinh )cong|"
    r"su nghiep|chu|do|xuc tien|giao duc|noi|quan ly|(?<!- )nghiep vu|nha) $"
)
BODY_VERBS = re.compile(
    r"hoi dong (?:tuyen dung|tham dinh|tham tra|xet [a-z]+|nghiem thu|danh gia|thanh ly|dau gia|dinh gia|boi thuong)|"
    r"(?:co quan|don vi) (?:quan ly nha nuoc|quan ly(?= [a-z]+ (?:tren|nha))|su dung (?:ngan sach|dat|"
    r"lao dong|von)|thuc hien du an|"
    r"phoi hop\b(?=[.;,:]|$)|chu tri\b(?=[.;,:]|$)|thanh tra|dau moi|kiem soat|tham muu|tu van|soan thao|"
    r"cung cap dich vu|cung ung dich vu|truc thuoc|kiem tra)"
    r"|quan ly (?:du an|dau tu|cac khu|khu|rung|thi truong|dat dai|chat luong|nha nuoc)|dau tu xay dung|"
    r"giup viec|hoi suc tich cuc|(?<=van thu, )luu tru|(?<=van thu )luu tru|(?<=trung tam )luu tru|thong tin luu tru|chong doc|con lai(?=[ ,.;:])|(?:to|doan|ban) kiem tra(?: (?:lien nganh|cong vu))?|"
    r"to chuc (?:can bo|doan the|chinh tri|dang|cong doan|co so dang|lien quan|tin dung)|"
    r"kiem soat (?:benh tat|thu tuc)|phuc vu hanh chinh|"
    r"(?:cac )?to chuc,|ho tro (?:doanh nghiep|dau tu|nong dan|phat trien)|giao (?:thong|duc|vien|dich)|"
    r"dang ky dat dai|dieu hanh (?:thong minh|do thi)|"
    r"thong tin|tham tra|gan(?= ket)|theo doi thi hanh|duoc (?:giao|phan cong)[^,.;:]{0,60}?(?:chu tri|"
    r"theo doi|phu trach|quan ly|tham muu|giai quyet|thuc hien)(?= )|"
    r"cap (?:xa|huyen|tinh|tren|bo|so|i{1,3}|[1-3])(?!\w)|(?<=phong )ke hoach tong hop|la (?:to chuc|ca nhan|"
    r"ho gia dinh|doanh nghiep)|xay dung (?:nong thon moi|dang)|doi moi sang tao|phat trien (?:nong thon|tinh|"
    r"quy dat|do thi|cong nghiep|ha tang)|(?:ban|tru so|to) tiep cong dan|"
    r"dieu hanh|ung dung|khoa hoc|kiem dinh(?: xay dung| chat luong)?|dao tao nghe|ban (?:quan ly|chi dao|"
    r"can su|dan toc)|"
    r"huong dan vien|thanh tra(?= (?:so|tinh|bo))|bo nhiem"
)
COMPOUNDS = re.compile(
    r"(?<= )la (?:(?:to chuc|ca nhan|ho gia dinh|doanh nghiep)(?:, | va )?)+|van phong (?:hoi dong nhan dan|"
    r"hdnd)[a-z ]{0,40}? va (?:uy ban nhan dan|ubnd)|khoa hoc va cong nghe|"
    r"nong nghiep va (?:moi truong|phat trien)|tai nguyen va moi truong|giao duc va dao tao|xa hoi va|"
    r"thuong binh va xa hoi|ke hoach va dau tu|thong tin va truyen thong|van hoa, the thao va du lich|"
    r"van hoa va (?:the thao|thong tin|xa hoi)|"
    r"van hoa, (?:the thao|thong tin|khoa hoc)( va [a-z ]+?)?(?=[,;.:]|$)|the thao va du lich|"
    r"dan toc va ton giao|kinh te va ha tang|"
    r"phat thanh va truyen hinh|truyen thong va|chinh sach va|to chuc va|hanh chinh va|"
    r"quan ly .{0,30}? va |kinh te, ha tang va do thi|"
    r"thi dua,? va|bao ve va|tuyen giao va dan van|tuyen giao va|kiem tra va|dan so va|cong nghiep va|thuong mai va|"
    r"lao dong, thuong binh va|trong trot va|chan nuoi va|tre em va|ky thuat va|thanh nien va|giam dinh va"
)
MORE = re.compile(r"\s*(?:;\s*(?:va |cung )?|,\s*(?:va |cung )?|\s+va\s+|\s+cung voi\s+|\s+-\s+)")
AND_SMALL = re.compile(r"(?:cac |nhung |moi )?(?:co quan|don vi|to chuc|ca nhan|dia phuong|nganh|ban|phong|doan the)\b")
