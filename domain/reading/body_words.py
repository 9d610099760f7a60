"""The words that names of bodies begin with, and what belongs to them though it looks like something else."""

import re

from domain.reading.verb_words import longest_first

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
    r"ban thuong vu|(?:tinh|thanh|huyen|quan|xa|phuong) doan|to(?! chuc| trinh| giac| hop|ng|i|\b$)|"
    r"tieu ban|thu truong|giam doc|pho giam doc|"
    r"chu tich|pho chu tich|chanh|pho chanh|truong (?:phong|ban|cac|bo phan|doan|khoa|cong an|thon|dai dien|cac)|"
    r"pho truong|bi thu|nguoi dung dau|nguoi dai dien|dong chi|cac dong chi|d/c|ong(?= [a-z])|ba(?= [a-z])|"
    r"quy (?:don|co|so)|benh vien|tram|quy(?! dinh| trinh| hoach| che| mo| i| iii| ii| iv)|nha xuat ban|"
    r"bqldakvctdtxd|bql|bo chi huy|bch|bo tu lenh|bo doi|chi bo|dang bo|hoc vien|dai hoc|khoa(?! hoc\b)|khoi|cum|"
    r"doi(?= [a-z])|hat|lanh dao(?! (?:cong tac|viec|thuc hien|xay dung|to chuc|trien khai|cuoc|tot|quan triet|toan|"
    r"chi dao|ca|su|nhiem))|co quan|don vi|"
    r"cac(?= [a-z])(?! (?:hoat dong|nhiem vu|noi dung|giai phap|cong viec|bien phap)\b)|nhung don vi|"
    r"moi(?= (?:cong doan|don vi|co quan|can bo|cong chuc|nguoi|ca nhan|to chuc|phong|dia phuong|xa|phuong|huyen))|"
    r"toan the|"
    r"tung (?:chi bo|chi doan|don|phong|co quan|can bo|cong chuc|dia phuong)|can bo|cong chuc|vien chuc|nguoi lao dong|"
    r"dang vien|doan vien|dia phuong|doanh nghiep|chu dau tu|nha thau|cap uy|chinh quyen|xa(?! hoi)|phuong|huyen|"
    r"thi xa|"
    r"thanh pho|tinh(?! hinh| tu| den| toan| theo| trang)|bi thu|thuong truc|hiep hoi|to chuc doan|chuyen vien|"
    r"nhom|tong bien tap|hieu truong|chi huy|ke toan|van thu|bo phan|phong ban|to cong tac|cac so|hoi lien hiep|"
    r"ubmttq|cnvpdk|vpdk|tt\b|thuong vu|cac ban|so nganh|don bien phong|cong (?:thong tin|ttdt)|vien thong|"
    r"buu dien|thu vien|bao tang|nha (?:van hoa|hat|khach|thieu|dau tu|may|thi dau)|dien luc|cang vu|to dan pho|"
    r"thon(?= [a-z])|moc(?= [a-z])|ban bien tap|cho(?= [a-z]{2,} [a-z]+ chu tri)|vuon quoc gia|"
    r"giao vien|giang vien|nhan vien|bac si|dieu duong|thu ky|tap chi|thong tan xa|tong lien doan|trung uong doan|"
    r"quan khu|nguoi phat ngon|chu(?= (?:rung|ho|co so|phuong tien|doanh nghiep|cong trinh|tau|xe|"
    r"vat nuoi|trang trai|nha tro|nha xe|su dung|nguon thai|ban|dat|kho|dai ly|cua hang|nha hang|"
    r"be noi)\b)|ho kinh doanh|thi hanh an|thong ke(?= (?:tinh|xa|thanh pho))|"
    r"agribank|"
    r"doan (?:kiem|thanh) tra|cong doan|(?:gs|pgs|ts|ths|bs|ks|bscki{1,2}|bsck[12])\.(?= ?[a-z])|"
    r"nha truong|nhan dan(?= (?:trong|o|cac|tren|xa|phuong|tai))|luc luong|chi uy|chi nhanh|dang doan|gia lang|"
    r"nguoi co uy tin|to pho|chi hoi|chi doan|phan vien|phan xuong|phan hieu|phan hoi|trung doan|don(?= bien phong)|"
    r"chu nhiem|chu dau|hoc sinh|sinh vien|phu huynh|ho gia dinh|ho dan|cu tri|ca nhan|tap the|"
    r"thay(?= [a-z])|co(?= [a-z]+ [a-z]+ [a-z]+)|quy co quan|quy don vi|khu (?:quan ly|bao ton)|lien hop|hop tac xa|"
    r"htx|nong truong|lam truong"
)
HEAD = re.compile(rf"(?<![\w/])(?:{longest_first(HEADS)})(?![^\W\d_])")
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
    "co": "c\u00f4 c\u01a1",
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
    *("thay", "thuong"),
    *("hai", "thi", "hiep", "lien", "trung", "chi", "tong", "cong", "bao", "toa", "tap", "benh", "hoc"),
}
"""First words that begin a name only in capitals, as they are other things in small letters."""
SMALL_TOO = re.compile(
    r"cong chuc|cong doan (?=co so|bo phan|cac)|truong (?=thon|xom|ban\b|khu pho)|"
    r"truong (?:phong|khoa|ban(?! hanh)|cac|doan|bo phan|xom|cong an)|to (?:truong|pho)|chu (?:ho|rung|dau|nhiem)|"
    r"benh vien|thanh vien|chi bo|to cong tac|tong bien|thanh tra (?=so|tinh)|chi cuc|trung tam"
)

NOT_AFTER = re.compile(
    r"(?<!\w)(?:(?<!truc )thuoc|(?<!khoa )duoc|va|cac|bo phan|to|doi|"
    r"(?<!tinh )(?<!thanh )(?<!huyen )(?<!xa )(?<!chi )(?<!cong )(?<!phuong )doan|nhiem vu|cong tac|ho so|"
    r"linh vuc|chi so|"
    r"hoat dong|(?<!hanh chinh )(?<!tai san )(?<!dau tu )(?<!dich vu )cong|"
    r"chu|(?<!che )do|giao duc|(?<!ha )noi|quan ly|nha) $"
)
BODY_VERBS = re.compile(
    r"hoi dong (?:tuyen dung|tham dinh|tham tra|xet [a-z]+|nghiem thu|danh gia|thanh ly|dau gia|dinh gia|boi thuong)|"
    r"(?<!, )(?<!va )(?<!doan )(?:co quan|don vi) (?:quan ly nha nuoc|quan ly(?= [a-z]+ (?:tren|nha))|"
    r"su dung (?:ngan sach|dat|"
    r"lao dong|von)|thuc hien du an|"
    r"phoi hop\b(?=[.;,:]|$)|chu tri\b(?=[.;,:]|$)|thanh tra|dau moi|kiem soat|tham muu|tu van|soan thao|"
    r"cung cap dich vu|cung ung dich vu|truc thuoc|kiem tra)"
    r"|quan ly (?:du an|dau tu|cac khu|khu|rung|thi truong|dat dai|chat luong|nha nuoc)|dau tu xay dung|"
    r"giup viec|trong va ngoai|hoi suc tich cuc|(?<=van thu, )luu tru|(?<=van thu )luu tru|(?<=trung tam )luu tru|"
    r"thong tin luu tru|chong doc|con lai(?=[ ,.;:])|(?:to|doan|ban) kiem tra(?: (?:lien nganh|cong vu))?|"
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
    r"huong dan vien|thanh tra(?= (?:so|tinh|bo))|bo nhiem|"
    r"(?:cac |moi |nhung )?co so kham(?:,? (?:va )?chua)? benh(?:,? (?:va )?chua benh)?|"
    r"thuoc dien [a-z]+ [a-z]+(?: ve)?|"
    r"(?<=trat tu )xay dung|(?:doi|to|nhom|luc luong|thanh nien) xung kich|nguoi (?:tham gia|su dung|nop thue|benh)|"
    r"(?:nha thau|don vi|nha dau tu) (?:thi cong|tu van|xay lap|van hanh)|(?<=phong )(?:to chuc|huong dan|"
    r"bao ve|quan ly) "
    r"(?:thi hanh an|chi dao tuyen|cham soc tre em|thu no|thu)|chi dao tuyen|thi hanh (?:an|phap luat)|"
    r"cham soc (?:tre em|suc khoe|nguoi co cong)|giai quyet khieu nai(?:,? (?:va )?to cao)?|xu ly sau thanh tra|"
    r"co quan thuong truc|viec lam|xuc tien (?:dau tu|thuong mai|du lich|va)|phan tich thong ke|"
    r"bao ve an ninh(?:,? trat tu)?|"
    r"quan ly hanh chinh(?: ve trat tu(?: xa hoi)?)?|canh sat (?:dieu tra|quan ly)|"
    r"(?:phong|ban|to|tru so) tiep (?:cong )?dan|kiem tra sau thong quan|phong,? chong (?:tham nhung|"
    r"toi pham|thien tai|ma tuy|tham nhung)"
)
FUNCTIONS = re.compile(
    r"(?:quan ly|giam sat|kiem tra|thanh tra|xu ly|giai quyet|kiem soat|phat trien|ho tro|xuc tien|dau tu|huong dan|"
    r"bao ve|cham soc|dao tao|boi duong|tiep nhan|danh gia|tham dinh|dang ky|cap phep|khai thac|su dung|bao tri|duy tu|"
    r"van hanh|theo doi|dieu hanh|dieu phoi|thong ke|phan tich|ung dung|tuyen truyen|thi hanh|phong ngua|cung cap|"
    r"san xuat|kinh doanh|che bien|kiem dinh|giam dinh|luu tru|khen thuong|nghien cuu|tu van|don doc|phuc vu)\b"
)
"""What a body may be for by its name, in a row with others."""
COMPOUNDS = re.compile(
    r"(?<= )la (?:(?:to chuc|ca nhan|ho gia dinh|doanh nghiep)(?:, | va )?)+|van phong (?:hoi dong nhan dan|"
    r"hdnd)[a-z ]{0,40}? va (?:uy ban nhan dan|ubnd)|khoa hoc va cong nghe|"
    r"nong nghiep va (?:moi truong|phat trien|ptnt)|tai nguyen va moi truong|giao duc va dao tao|xa hoi va|"
    r"thuong binh va xa hoi|ke hoach va dau tu|thong tin va truyen thong|van hoa, the thao va du lich|"
    r"bao va (?:dai|phat thanh)|van hoa va (?:the thao|thong tin|xa hoi)|"
    r"van hoa, (?:the thao|thong tin|khoa hoc)( va [a-z ]+?)?(?=[,;.:]|$)|the thao va du lich|"
    r"dan toc va ton giao|kinh te va ha tang|"
    r"phat thanh va truyen hinh|truyen thong va|chinh sach va|to chuc va|hanh chinh va|"
    r"quan ly .{0,30}? va |kinh te, ha tang va do thi|"
    r"thi dua,? va|bao ve va|tuyen giao va dan van|tuyen giao va|kiem tra va|dan so va|cong nghiep va|thuong mai va|"
    r"lao dong, thuong binh va|trong trot va|chan nuoi va|tre em va|ky thuat va|thanh nien va|giam dinh va"
)
MORE = re.compile(r"\s*(?:;\s*(?:va |cung )?|,\s*(?:va |cung )?|\s+va\s+|\s+cung voi\s+|\s+-\s+)")
AND_SMALL = re.compile(r"(?:cac |nhung |moi )?(?:co quan|don vi|to chuc|ca nhan|dia phuong|nganh|ban|phong|doan the)\b")
