"""What `habeas check` says about the audit: its chain, its end, and every row that its lines tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from django.apps import apps
from django.db import models

from habeas.audit import anchor
from habeas.audit.models import AuditLine
from habeas.audit.seals import holds, seal
from habeas.audit.services import START, digest

LINES = 200  # looked at together
ROWS = 500  # asked for at once
Row = tuple[str, int]  # the model's label and the row's key


def faults(sealed: Collection[type[models.Model]] = ()) -> Iterator[str]:
    """One plain sentence for each line edited or missing, and each row that is not as its newest line left it.

    A row of one of the `sealed` models that no line tells of is named too: nobody who is on record wrote it.
    """
    expected, rows = START, _Rows()
    lines = AuditLine.objects.order_by("id").iterator(chunk_size=LINES)
    while some := list(islice(lines, LINES)):
        for line in some:
            if line.previous != expected:
                yield f"Audit: a line is missing or was moved before line {line.pk} ({line.action})."
            if digest(line) != line.hash:
                yield f"Audit: line {line.pk} ({line.action}) was changed after it was written."
            expected = line.hash
        rows.hold_to(some)
    yield from rows.faults(sealed)


def untold(sealed: Iterable[type[models.Model]]) -> Iterator[tuple[type[models.Model], list[int]]]:
    """Of each of these models the keys of the rows that no line tells of; none of a model that has no such row."""
    told: defaultdict[str, _Keys] = defaultdict(_Keys)
    for wrote in AuditLine.objects.order_by("id").values_list("wrote", flat=True).iterator(chunk_size=LINES):
        for label, seals in wrote.items():
            for key in seals:
                told[label].add(int(key))
    for model in sealed:
        if keys := list(_missing(model, told[model._meta.label_lower])):
            yield model, keys


def end() -> str:
    """The newest line's number and hash, for whoever notes them elsewhere; "" where nothing was done yet."""
    line = AuditLine.objects.order_by("-id").first()
    return f"line {line.pk}, {line.hash}" if line else ""


def end_faults() -> Iterator[str]:
    """One plain sentence where the last lines are gone, as the anchor beside the database shows, or the anchor is."""
    try:
        noted = anchor.held()
    except ValueError:
        yield f"Audit: {anchor.path()} is damaged; it should name the newest line."
        return
    if noted is None and AuditLine.objects.exists():
        yield f"Audit: {anchor.path()}, which names the newest line, is missing; last lines may be missing too."
    if noted and not anchor.stands(noted):
        yield (
            f"Audit: line {noted.line}, which was the newest once, is missing, and with it whatever came after it. "
            f"If you have put an older backup in its place yourself, delete {anchor.path()}."
        )


class _Rows:
    """Rows held to the seals in the lines, in the order of the lines; what the newest line of a row says counts."""

    def __init__(self) -> None:
        self.changed: dict[Row, int] = {}  # the line that tells otherwise
        self.gone: dict[Row, int] = {}
        self.told: defaultdict[str, _Keys] = defaultdict(_Keys)

    def hold_to(self, lines: Iterable[AuditLine]) -> None:
        """Compares what these lines wrote with what is there."""
        wrote: dict[str, dict[int, tuple[str, int]]] = {}
        for line in lines:
            for label, seals in line.wrote.items():
                wrote.setdefault(label, {}).update({int(key): (value, line.pk) for key, value in seals.items()})
        for label, rows in wrote.items():
            self._compare(label, rows)

    def faults(self, sealed: Iterable[type[models.Model]]) -> Iterator[str]:
        """One plain sentence for each row that is not as it should be."""
        for (label, key), line in sorted(self.changed.items()):
            yield f"{_named(label, key)}: it is not as line {line} of the audit left it."
        for (label, key), line in sorted(self.gone.items()):
            yield f"{_named(label, key)}: it is gone; line {line} of the audit tells of it."
        for model in sealed:
            for key in _missing(model, self.told[model._meta.label_lower]):
                yield f"{_named(model._meta.label_lower, key)}: no line of the audit tells who wrote it."

    def _compare(self, label: str, rows: dict[int, tuple[str, int]]) -> None:
        model = apps.get_model(label)
        rows = {key: told for key, told in rows.items() if holds(told[0], model)}
        rows_there = _fetched(model, sorted(rows))
        found = {row.pk: seal(row, like=rows[row.pk][0]) for row in rows_there}
        for key, (wanted, line) in rows.items():
            self.told[label].add(key)
            self.changed.pop((label, key), None)
            self.gone.pop((label, key), None)
            if key not in found:
                self.gone[label, key] = line
            elif found[key] != wanted:
                self.changed[label, key] = line


class _Keys:
    """A set of keys in a bit each: a desk has millions of rows."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, key: int) -> None:
        """Keeps the key, a number above 0."""
        if key // 8 >= len(self._bits):
            self._bits.extend(bytes(key // 8 + 1024 - len(self._bits)))
        self._bits[key // 8] |= 1 << key % 8

    def __contains__(self, key: int) -> bool:
        return key // 8 < len(self._bits) and bool(self._bits[key // 8] & 1 << key % 8)


def _missing(model: type[models.Model], known: _Keys) -> Iterator[int]:
    keys: Iterable[int] = model._base_manager.order_by("pk").values_list("pk", flat=True).iterator()
    return (key for key in keys if key not in known)


def _fetched(model: type[models.Model], keys: Sequence[int]) -> Iterator[models.Model]:
    for start in range(0, len(keys), ROWS):
        yield from model._base_manager.filter(pk__in=keys[start : start + ROWS]).iterator(chunk_size=50)


def _named(label: str, key: int) -> str:
    return f"{apps.get_model(label)._meta.verbose_name or label} {key}".capitalize()
