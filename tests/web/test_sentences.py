"""Why something was refused, and why names may be one person's, in the Arabic interface; no sentence is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

import habeas
from habeas.accounts import roles
from habeas.names import reason
from habeas.web.desk import phrases, sentences
from web.test_phrases import FOLDER, LATIN

HOLE = re.compile(r"\{\w*\}")
ROOMS = ("cases", "accounts", "sources", "advocacy", "watch", "core", "web")
# Of commands alone, or what one part of a room tells the other.
NEVER_AT_THE_DESK = {
    "erasing.py", "retaining.py", "opening.py", "wacz.py", "opml.py", "walk.py", "0019_files_of_two_teams.py",
    "the end is missing", "the connection was closed", "A part of the address is too long or holds control characters.",
}  # fmt: skip
# Raised with words that were put together before: each way to put them together stands here.
PUT_TOGETHER = {
    "{} is not {}.": [
        "{} is not a mail address, as in name@example.org.", "{} is not a web address, beginning with https://.",
    ],
    "{} is not valid {}{}; say which encoding it has with --encoding, for example --encoding windows-1256.": [
        "{} is not valid {}; say which encoding it has with --encoding, for example --encoding windows-1256.",
    ],
}  # fmt: skip


def said() -> Iterator[tuple[str, str]]:
    """File and sentence of everything that the rooms raise, its values as `{}`."""
    for room in ROOMS:
        for path in sorted((Path(habeas.__file__).parent / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    sentence = _pattern(node.exc.args[0])
                    if " " in sentence and not {path.name, sentence} & NEVER_AT_THE_DESK:
                        yield path.name, sentence


def _pattern(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def test_the_arabic_desk_has_words_for_every_refusal() -> None:
    with (FOLDER / "django.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    listed = {HOLE.sub("{}", pattern) for pattern in sentences.REFUSALS}
    for pattern in (*sentences.REFUSALS, *sentences.REASONS):
        assert catalogue[pattern].string, pattern
    found = list(said())
    assert len(found) > 150
    every = {one for _file, sentence in found for one in PUT_TOGETHER.get(sentence, [sentence])}
    whole = {one for one in every if one in catalogue and catalogue[one].string}
    assert sorted(every - listed - whole) == []


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("'many' is no count; write a whole number.", "\u2068'many'\u2069 ليس عددًا؛ اكتب عددًا صحيحًا."),
        ("scan.pdf is empty; there is nothing to take in.", "\u2068scan.pdf\u2069 فارغ؛ لا شيء لإدخاله."),
        ("The note is empty; write it.", "الملاحظة: فارغ؛ اكتبه."),
        ("This share is with nobody.", "هذه المشاركة ليست مع أحد."),
        ("Nobody ever said this.", ""),
    ],
)
def test_a_refusal_is_told_in_arabic(english: str, arabic: str) -> None:
    with translation.override("ar"):
        assert sentences.refusal(english) == arabic
    with translation.override("en"):
        assert sentences.refusal(english) == english


@pytest.mark.parametrize("right", roles.Right)
def test_what_a_role_does_not_allow_has_no_latin_letter_in_arabic(right: roles.Right) -> None:
    with translation.override("ar"):
        told = sentences.refusal(roles.refusal(right))
    assert told
    assert not LATIN.search(told)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        (
            "same spelling tarek; article aside; only one has al oumari",
            "كتابة واحدة: \u2068tarek\u2069؛ مع إغفال أداة التعريف؛ في أحدهما فقط: \u2068al oumari\u2069",
        ),
        (
            "each has parts that the other lacks (a; b); same date (2026-03-04)",
            "في كل منهما أجزاء ليست في الآخر (\u2068a\u2069؛ \u2068b\u2069)؛ التاريخ نفسه (4 مارس 2026)",
        ),
        ("The same mother; she told us.", "\u2068The same mother; she told us.\u2069"),
        ("", ""),
    ],
)
def test_a_reason_is_told_in_arabic(english: str, arabic: str) -> None:
    with translation.override("ar"):
        assert sentences.reason(english) == arabic


def test_every_reason_of_the_names_is_known_to_the_desk() -> None:
    """Each sign that `names` can give, found by reading it: none is left in English."""
    names = Path(habeas.__file__).parent / "names"
    signs = {f"{kind}x" for kind in reason.WORDED}
    for path in (names / "reason.py", names / "context.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
                signs.add(_sign(node.args[0]))
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.IfExp | ast.List):
                lists = [node.value.body] if isinstance(node.value, ast.IfExp) else [node.value]
                signs |= {_sign(one) for found in lists if isinstance(found, ast.List) for one in found.elts}
    signs -= {"", "x"}
    assert len(signs) > 11
    with translation.override("ar"):
        for sign in signs:
            assert phrases.whole(sign) or phrases.fitted(sign, sentences.REASONS), sign


def _sign(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp):
        node = node.left
        return _pattern(node) + "x" if _pattern(node) else ""
    return HOLE.sub("place" if "same {} (" in _pattern(node) else "x", _pattern(node))
