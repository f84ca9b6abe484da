"""Measures claims alone: gold entities and statements in, claims out, as readings for the scorer.

usage: custody_dev.py GOLD.jsonl READINGS.jsonl

Whom pronouns mean is taken from the gold claims that they stand in, else by nearness, so that figures show what claims
reach when entities, statements and references are right.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from habeas.extraction.custody import find_claims
from habeas.extraction.document import Page
from habeas.extraction.reading import DocumentInfo, Reading, from_json, to_json
from habeas.extraction.segment import analyse

_COUNT = {"both": 2, "two": 2, "pair": 2, "couple": 2, "twins": 2, "three": 3, "trio": 3, "four": 4, "five": 5}
_MINE = {"i", "me", "my"}


class NearestPerson:
    """A plain resolver: the nearest earlier person, people known as held first."""

    def __init__(self, page: Page, reading: Reading, held: tuple[str, ...]) -> None:
        """Index the mentions of `reading` on `page`."""
        self.page, self.reading, self.held = page, reading, held
        people = {e.id: e for e in reading.entities if e.kind in ("person", "group")}
        self.kinds = {e.id: e.kind for e in people.values()}
        self.mentions = sorted((m[0], m[1], e.id) for e in people.values() for m in e.mentions)

    def detained(self) -> tuple[str, ...]:
        """People of the gold claims."""
        return self.held

    def in_focus(self, offset: int) -> tuple[str, ...]:
        """The nearest earlier held person in the paragraph, else the page's only one."""
        start = self.page.paragraphs[self.page.sentence_at(offset).paragraph][0] if self.page.sentences else 0
        for a, _, entity in reversed(self.mentions):
            if start <= a < offset and entity in self.held:
                return (entity,)
        return self.held[:1]

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        """Whom the words mean: the people of the claims that the words stand in, else by nearness."""
        words = self.page.text[start:end].casefold()
        speaker = self._speaker(start)
        if words in _MINE:
            return (speaker,) if speaker else ()
        count = next((n for word, n in _COUNT.items() if re.search(rf"\b{word}\b", words)), 0)
        plural = count or words in ("they", "them", "their", "themselves", "neither")
        around = self._told_around(start, end)
        before = [e for a, _, e in reversed(self.mentions) if a < start and e != speaker]
        if plural:
            named = [e for e in dict.fromkeys(around or before) if e in self.held and self.kinds[e] == "person"]
            return tuple(sorted(named if around else named[: count or 2])) if len(named) >= 2 else ()
        single = [e for e in before if self.kinds[e] == "person"]
        ranked = [e for e in single if e in around] or [e for e in single[:4] if e in self.held] or single
        return (ranked[0],) if ranked else ()

    def _told_around(self, start: int, end: int) -> list[str]:
        return [c.subject for c in self.reading.claims if any(a <= start and end <= b for a, b in c.evidence)]

    def _speaker(self, at: int) -> str | None:
        for statement in self.reading.statements:
            if any(a <= at < b for a, b in statement.content):
                return statement.speaker.entity
        return None


def main() -> None:
    """Read gold, write readings."""
    gold_path, out_path = map(Path, sys.argv[1:3])
    spent = 0.0
    with out_path.open("w", encoding="utf-8") as out:
        for line in gold_path.read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            gold = from_json(data)
            page = analyse(data["text"])
            held = tuple(dict.fromkeys(c.subject for c in gold.claims if c.kind != "profile"))
            began = time.process_time()
            claims = find_claims(
                page,
                gold.entities,
                gold.statements,
                published=gold.document.published,
                resolve=NearestPerson(page, gold, held),
            )
            spent += time.process_time() - began
            reading = Reading(DocumentInfo(id=gold.document.id), gold.entities, gold.statements, tuple(claims))
            out.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
    print(f"{spent:.2f} s in claims")


if __name__ == "__main__":
    main()
