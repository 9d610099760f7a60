"""Documents that are not ours: those of a folder, where there is one."""

import os
from pathlib import Path

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2].parent / "shared" / "seed"
DOCUMENTS = (".pdf", ".docx", ".txt")


def theirs() -> list[tuple[str, bytes]]:
    """The documents of NHACVIEC_SAMPLES, else of a folder beside the checkout."""
    folder = Path(os.environ.get("NHACVIEC_SAMPLES") or BESIDE_THE_CHECKOUT)
    found = sorted(one for one in folder.glob("*") if one.suffix in DOCUMENTS) if folder.is_dir() else []
    return [(one.name, one.read_bytes()) for one in found]
