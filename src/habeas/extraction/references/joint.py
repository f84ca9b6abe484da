"""People told of together: "A, 46, B and the student C"."""

from __future__ import annotations

import re

from habeas.extraction.document import Page
from habeas.extraction.reading import Span

_JOINT = re.compile(
    r"\s*(?:\([^)]{1,40}\))?(?:,\s*(?:aged\s+)?\d{1,3}\s*)?(?:,\s*from [\w' -]{2,30})?\s*"
    r"(?:,|,?\s*(?:and|as well as|&|or|with))\s+(?:and\s+)?"
    r"(?:(?!was|were|had|has|said|who|that|when|by|is)[\w'-]+\.?\s+){0,4}"
)
_FAR = 90  # code points between two names of a list


def is_joint(page: Page, left: Span, right: Span) -> bool:
    """Whether the words between two mentions only join them."""
    return 0 < right[0] - left[1] <= _FAR and bool(_JOINT.fullmatch(page.text, left[1], right[0]))
