"""Phrases of the fold in the interface's language; and the Arabic catalogue."""

from __future__ import annotations

import gettext
import io
import re
import time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation.template import templatize
from hypothesis import HealthCheck, given, settings

from claims import any_claims
from habeas.advocacy import terms
from habeas.cases.casefile import Row
from habeas.cases.fold import fold, labels, regimes
from habeas.watch import clock
from habeas.web.desk import edtf_words, phrases, wording

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

WEB = Path(phrases.__file__).parents[1]
FOLDER = WEB / "locale" / "ar" / "LC_MESSAGES"
LATIN = re.compile(r"[A-Za-z]")
# Tables of vocab/plan.toml whose words stand on pages.
PLANNED = (
    "tracks", "actions", "pledge_states", "stances", "recipients", "asks", "responses", "impacts", "conditions",
)  # fmt: skip
OURS_IN_CODE = (
    wording.LINES, *wording.STATES.values(), wording.ACTS, wording.MANNERS, wording.JUDGED, wording.SIDES,
    wording.VERDICTS, wording.BESIDE, labels.REGIMES, labels.WORDS, labels.DENIED_THINGS, labels.TREATMENT,
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="ar")


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("arrested", "اعتقال"),
        (
            "at the latest, by the longest order under its law: 6 months counted from the day of the order, "
            "first day included",
            "على أبعد تقدير، بحسب أطول أمر في قانونه: 6 أشهر محسوبة من يوم صدور الأمر، مع اليوم الأول",
        ),
        ("order of 4 months", "أمر لمدة 4 أشهر"),
        ("renewal of 1 year 6 months", "تجديد لمدة سنة واحدة 6 أشهر"),
        ("on hunger strike, day 32 on 2026-04-10", "في إضراب عن الطعام، اليوم \u206832\u2069 في 10 إبريل 2026"),
        ("denied: medical care refused", "منفيّ: منع العلاج"),
        ("ended: released", "انتهى: إفراج"),
        ("health: dizzy (2026-08-10)", "الصحة: \u2068dizzy\u2069 (10 أغسطس 2026)"),
        ("charged: sedition; arson", "توجيه تهمة: \u2068sedition\u2069؛ \u2068arson\u2069"),
        ("transferred (Jabal Sawan)", "نقل (\u2068Jabal Sawan\u2069)"),
        ("a charge of his own words", "\u2068a charge of his own words\u2069"),
        ("2026-06-17", "17 يونيو 2026"),
        ("reported on hunger strike: day 7", "إفادة بإضراب عن الطعام: اليوم 7"),
        ("detention order ends on 2026-11-26", "ينتهي أمر الاحتجاز في 26 نوفمبر 2026"),
        (
            "escalation: critical; conditional threat by Ziyad; release refused",
            "تصعيد: حرجة؛ تهديد مشروط من \u2068Ziyad\u2069؛ رفض الإفراج",
        ),
        ("", ""),
    ],
)
def test_a_phrase_is_put_together_again(english: str, arabic: str) -> None:
    with translation.override("ar"):
        assert phrases.in_interface(english) == arabic


def test_in_english_only_dates_change() -> None:
    with translation.override("en"):
        assert phrases.in_interface("day 3 on 2026-04-10 (x)") == "day 3 on 10 April 2026 (x)"


@patient
@given(any_claims)
def test_the_arabic_desk_has_words_for_whatever_the_fold_says(rows: list[Row]) -> None:
    state = fold(rows)
    said = [line.label for line in state.lines] + [order.label for order in state.orders]
    said += [order.rule for order in state.orders if order.rule] + [strike.label for strike in state.strikes]
    said += [due.label for due in state.upcoming] + [entry.label for entry in state.timeline]
    said += [conflict.label for conflict in state.conflicts]
    with translation.override("ar"):
        for english in said:
            own = re.sub("\u2068[^\u2068\u2069]*\u2069", "", phrases.in_interface(english))
            assert not LATIN.search(own), english


def test_the_catalogue_has_every_phrase_of_pages_and_code(catalogue: Catalog) -> None:
    wanted = {phrase for table in OURS_IN_CODE for phrase in table.values()}
    wanted |= (
        clock.texts()
        | regimes.texts()
        | {*phrases.PATTERNS, *phrases.LOOSE, *(one for one, _many in phrases.UNITS.values())}
    )
    wanted |= {label for table in PLANNED for label in terms.labels(table).values()}
    missing = [phrase for phrase in wanted | in_pages() | in_code() if phrase and not translated(catalogue, phrase)]
    assert not missing


def test_the_catalogue_has_nothing_else_than_what_can_be_said(catalogue: Catalog) -> None:
    """Old entries would be mended in vain."""
    known = in_pages() | in_code()
    for entry in catalogue:
        words = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if "%(" in words:
            assert words in known, words


def translated(catalogue: Catalog, phrase: str) -> bool:
    entry = catalogue.get(phrase) or catalogue.get(phrase, "date")
    found = entry.string if entry else ""
    return bool(found) and all(found)


def in_pages() -> set[str]:
    found: set[str] = set()
    for path in (WEB / "templates").rglob("*.html"):
        python = templatize(path.read_text(encoding="utf-8"), origin=path.name)
        found |= called(python)
    return found


def in_code() -> set[str]:
    found = {phrase for phrase in edtf_words._QUALIFIED.values() if phrase != "{date}"}
    for path in (WEB / "desk").rglob("*.py"):
        found |= {phrase for phrase in called(path.read_text(encoding="utf-8")) if not phrase.startswith("{{")}
    return found


def called(python: str) -> set[str]:
    """The first argument of each call of gettext and its kin."""
    calls = {"gettext": None, "gettext_noop": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    messages = extract("python", io.BytesIO(python.encode()), keywords=calls)
    return {message[1][0] if isinstance(message[1], tuple) else message[1] for message in messages}


def test_what_is_left_open_in_a_phrase_is_left_open_in_arabic(catalogue: Catalog) -> None:
    hole = re.compile(r"%\(\w+\)s|\{\w*\}")
    for entry in catalogue:
        if not entry.id:
            continue
        many = isinstance(entry.id, tuple)
        wanted = set(hole.findall(entry.id[1] if many else entry.id))
        for form in entry.string[3:] if many else [entry.string]:
            assert set(hole.findall(form)) == wanted, entry.id


def test_the_compiled_catalogue_is_in_step_with_its_source(catalogue: Catalog) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    in_step = compiled._catalog == gettext.GNUTranslations(made)._catalog
    assert in_step, "run: .venv/bin/pybabel compile -D django -d src/habeas/web/locale -l ar"


@pytest.mark.parametrize(
    "words", ["a; b: " * 40, "alleged: " * 50, "x, day " * 2_000, "denied: (" * 300, "a (b: c; " * 40]
)
def test_words_of_a_source_that_look_like_phrases_over_and_over_cost_little(words: str) -> None:
    phrases.in_interface(words)  # loads the catalogue
    with translation.override("ar"):
        started = time.process_time()
        assert words.rstrip()[-1] in phrases.in_interface(words)
        assert time.process_time() - started < 0.5
