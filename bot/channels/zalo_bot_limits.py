"""What the Zalo Bot Platform can carry, and how much of it."""

from dataclasses import replace

from domain.channel import Feature, Limits

MOST_TEXT = 1900
"""UTF-16 units, of the 2,000 "characters" that Zalo takes: it does not say what it counts."""
MOST_DOWNLOAD_BYTES = 20 << 20
PHOTOS = ("image/jpeg", "image/png")

FEATURES = Feature.GROUPS | Feature.PROACTIVE
"""No buttons, no files, no changes of what was sent; photos only by an address of ours that Zalo can reach."""
LIMITS = Limits(
    per_second=5,  # none is published
    per_chat_second=1,
    max_text=MOST_TEXT,
    max_file_in=MOST_DOWNLOAD_BYTES,
    monthly_quota=3000,  # both of the free package; every part of a long message counts
    most_buttons=0,
    most_people=50,
)


def limits(messages: int, people: int) -> Limits:
    """What another package allows in a month, and how many people; 0 is no limit."""
    return replace(LIMITS, monthly_quota=messages or None, most_people=people or None)
