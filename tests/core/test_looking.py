"""What one look asks once."""

from __future__ import annotations

from threading import Thread

import pytest

from habeas.core.looking import once_a_look, one_look

_asked: list[tuple[int, str]] = []


@once_a_look
def _ask(number: int, *, word: str = "") -> tuple[int, str]:
    _asked.append((number, word))
    return _asked[-1]


@one_look()
def _ask_twice(number: int) -> None:
    _ask(number)
    _ask(number)


@one_look()
def _ask_and_fail(number: int) -> None:
    _ask(number)
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    _asked.clear()


def test_in_one_look_the_same_is_asked_once() -> None:
    with one_look():
        assert [_ask(1), _ask(2), _ask(1), _ask(1, word="a"), _ask(1)] == [(1, ""), (2, ""), (1, ""), (1, "a"), (1, "")]
    assert _asked == [(1, ""), (2, ""), (1, "a")]


def test_another_look_asks_anew_also_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError):
        _ask_and_fail(1)
    _ask_twice(1)
    _ask_twice(1)
    assert _asked == [(1, "")] * 3


def test_outside_of_a_look_everything_is_asked() -> None:
    _ask(1)
    _ask(1)
    assert len(_asked) == 2


def test_a_look_within_a_look_is_part_of_it() -> None:
    with one_look():
        _ask_twice(1)
        _ask_twice(1)
        _ask(1)
    assert len(_asked) == 1


def test_nobody_else_sees_what_a_look_saw() -> None:
    with one_look():
        _ask(1)
        other = Thread(target=_ask, args=(1,))
        other.start()
        other.join()
    assert len(_asked) == 2
