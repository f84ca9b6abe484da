"""Dates in words."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.web.desk.edtf_words import in_words

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("value", "english", "arabic"),
    [
        ("2026-07-27", "27 July 2026", "27 يوليو 2026"),
        ("2026-07", "July 2026", "يوليو 2026"),
        ("2026", "2026", "2026"),
        ("2026-07~", "about July 2026", "نحو يوليو 2026"),
        ("2026-07-27?", "27 July 2026, uncertain", "27 يوليو 2026، غير مؤكد"),
        ("2026%", "about 2026, uncertain", "نحو 2026، غير مؤكد"),
        ("2026-07-27/2026-08-02", "27 July 2026 to 2 August 2026", "27 يوليو 2026 إلى 2 أغسطس 2026"),
        ("2026-07-27/..", "since 27 July 2026", "منذ 27 يوليو 2026"),
        ("../2026-07", "until July 2026", "حتى يوليو 2026"),
        ("2026-21", "2026-21", "2026-21"),
        ("0000-01-01", "0000-01-01", "0000-01-01"),
        ("2026-02-30", "2026-02-30", "2026-02-30"),
        ("../..", "../..", "../.."),
        ("", "", ""),
        ("yesterday", "yesterday", "yesterday"),
    ],
)
def test_a_date_is_said_in_the_interfaces_language(value: str, english: str, arabic: str) -> None:
    with translation.override("en"):
        assert in_words(value) == english
    with translation.override("ar"):
        assert in_words(value) == arabic


@patient
@given(st.text(max_size=12) | st.from_regex(r"[\d~?%/.\-]{0,22}", fullmatch=True))
def test_no_text_makes_it_fail(value: str) -> None:
    assert isinstance(in_words(value), str)
