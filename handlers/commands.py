"""Every command there is, and what it needs; the router, the help and the messengers' menus read it here."""

from domain.permissions import Action

NEEDS: dict[str, Action] = {
    "viec": Action.SEE,
    "homnay": Action.SEE,
    "nhan": Action.ACCEPT,
    "tiendo": Action.REPORT,
    "xong": Action.CLAIM,
    "giahan": Action.EXTEND,
    "vuongmac": Action.SEE,
    "xacnhan": Action.CONFIRM,
    "tralai": Action.RETURN,
    "giao": Action.ASSIGN,
    "chuyen": Action.ASSIGN,
    "donvi": Action.SEE_UNIT,
    "tinhhinh": Action.SEE_UNIT,
    "chidao": Action.SEE,
    "nhanchidao": Action.SEE,
    "quantriet": Action.ATTEST,
    "thuhoi": Action.BROADCAST,
    "visao": Action.SEE,
    "hoantac": Action.SELF,
    "thay": Action.ACT_FOR,
    "nghi": Action.LEAVE,
    "lich": Action.SELF,
    "quyetdinh": Action.BROADCAST,
    "dinhky": Action.ASSIGN,
    "toi": Action.SELF,
    "kenh": Action.SELF,
    "lienket": Action.SELF,
    "ngatketnoi": Action.SELF,
    "huy": Action.SELF,
    "trogiup": Action.SELF,
}
"""What each command needs, in the order in which the help lists them."""
