"""Long lists in pages: rows are counted, and only those of one page are fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

from django.core.paginator import Page, Paginator

from habeas.web.desk.views.request import DeskRequest

T = TypeVar("T")
A_PAGE = 50
Count = Callable[[], int]
Fetch = Callable[[int, int], Sequence[T]]  # offset, limit


def page_of(request: DeskRequest, count: Count, fetch: Fetch[T]) -> Page[T]:
    """The page that the address asks for with `?page=N`; the nearest one where there is no such page."""
    return Paginator(_Rows(count, fetch), A_PAGE).get_page(request.GET.get("page"))


class _Rows(Sequence[T]):
    """All rows, fetched as far as they are looked at."""

    def __init__(self, count: Count, fetch: Fetch[T]) -> None:
        self.count_all, self.fetch = count, fetch

    def __len__(self) -> int:
        return self.count_all()

    @overload
    def __getitem__(self, shown: int) -> T: ...
    @overload
    def __getitem__(self, shown: slice) -> Sequence[T]: ...
    def __getitem__(self, shown: int | slice) -> T | Sequence[T]:
        if isinstance(shown, int):
            return self.fetch(shown, 1)[0]
        return self.fetch(shown.start or 0, shown.stop - (shown.start or 0))
