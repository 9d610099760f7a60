"""What Telegram's Bot API can carry, and how much of it."""

from domain.channel import Feature, Limits

MOST_TEXT = 4096
MOST_CAPTION = 1024
"""Both in UTF-16 units, counted after the markup has been read."""
MOST_PHOTO_BYTES = 10_000_000
MOST_FILE_BYTES = 50_000_000
MOST_DOWNLOAD_BYTES = 20 << 20

FEATURES = (
    Feature.BUTTONS
    | Feature.FILES_OUT
    | Feature.FILES_IN
    | Feature.PHOTOS
    | Feature.EDIT
    | Feature.GROUPS
    | Feature.PROACTIVE
)
LIMITS = Limits(
    per_second=30,
    per_chat_second=1,
    per_group_minute=18,  # of 20, for the further parts of long messages
    max_text=MOST_TEXT,
    max_file_in=MOST_DOWNLOAD_BYTES,
    max_file_out=MOST_FILE_BYTES,
)
