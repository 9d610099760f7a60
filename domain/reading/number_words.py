"""Numbers, in digits and in words."""

NUMBER = r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi lam|muoi|hai muoi|ba muoi)"
_WORDS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi lam": 15,
    "hai muoi": 20,
    "ba muoi": 30,
}


def int_of(word: str) -> int:
    """What a number says."""
    return int(word) if word.isdigit() else _WORDS[word]
