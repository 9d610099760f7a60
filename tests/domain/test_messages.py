"""Messages in no vendor's form."""

import pytest

from domain.messages import BUTTON_BYTES, Button, Priority


@pytest.mark.parametrize("says", ["x", "x" * BUTTON_BYTES, "ế" * (BUTTON_BYTES // 3)])
def test_a_button_says_as_much_as_every_vendor_carries(says: str) -> None:
    assert Button("Xong", says).says == says


@pytest.mark.parametrize("says", ["", "x" * (BUTTON_BYTES + 1), "ế" * (BUTTON_BYTES // 3 + 1)])
def test_a_button_that_says_nothing_or_too_much_is_not_made(says: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        Button("Xong", says)


def test_answers_leave_first_and_broadcasts_last() -> None:
    assert sorted(Priority) == [Priority.ANSWER, Priority.NOTICE, Priority.REMINDER, Priority.BROADCAST]
