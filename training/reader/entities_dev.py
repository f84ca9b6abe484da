"""Measures entities, speakers and references alone: gold statements and claims in, what the cast makes of them out.

usage: entities_dev.py GOLD.jsonl --scorer CONTRACT/score_reading.py [--half 0|1] [--errors N] [--of MEASURE]

`--half` takes every second document, so that the other half stays unseen while rules are written. Entities are matched
as the scorer does it, by overlapping mentions. What is printed:

entities      entities of the gold kind that were matched; mentions: spans that overlap one of the matched entity
speaker       given gold spans and content, the entity is right (role and organisation: of those that gold has)
detained      `detained()` against the subjects of gold claims, profile aside
about         given gold content
subject       given the evidence of a gold claim: its subject is among those named or meant there, or else in focus
pronoun       of evidence that names its subject by a pronoun only: some pronoun there means the subject
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from habeas.extraction.about import Concerned
from habeas.extraction.attribution.reports import Report
from habeas.extraction.entities import find_cast
from habeas.extraction.reading import Reading, from_json
from habeas.extraction.references import References
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.segment import analyse

_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|they|them|their|both)\b", re.IGNORECASE)


class Measures:
    """Counts of right, guessed and asked by measure, and what went wrong."""

    def __init__(self, scorer: Any, of: str | None) -> None:
        """`of`: the only measure whose faults are kept; None keeps all."""
        self.scorer, self.of = scorer, of
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.faults: list[str] = []

    def add(self, name: str, right: int, guessed: int, asked: int) -> None:
        """Adds to one measure."""
        for place, count in enumerate((right, guessed, asked)):
            self.counts[name][place] += count

    def judge(self, name: str, right: bool, fault: str) -> None:
        """Adds one case that is right or wrong."""
        self.add(name, int(right), 1, 1)
        if not right and self.of in (None, name):
            self.faults.append(f"{name}: {fault}")

    def document(self, data: dict[str, Any]) -> None:
        """Measures one gold document."""
        gold, page = from_json(data), analyse(data["text"])
        references = References(page, cast := find_cast(page))
        reports = [Report(s.speaker.spans, s.cue, s.content) for s in gold.statements]
        speakers = Speakers(page, cast, references).all(reports)
        guess = {"entities": [plain(member.frozen()) for member in cast]}
        match = self.scorer.match_entities(data, guess)
        back = {guessed: asked for asked, guessed in match.items()}
        self._entities(data, guess, match)
        self._speakers(data, gold, speakers, match, back)
        self._detained(data, gold, references, match, back)
        self._about(data, gold, references, reports, speakers, match, back)
        self._claims(data, gold, references, match)

    def _entities(self, data: dict[str, Any], guess: dict[str, Any], match: dict[str, str]) -> None:
        overlap, made = self.scorer.overlap, {e["id"]: e for e in guess["entities"]}
        for kind in ("person", "group", "organisation", "place"):
            asked = [e for e in data["entities"] if e["kind"] == kind]
            guessed = [e for e in guess["entities"] if e["kind"] == kind]
            pairs = [(e, made[match[e["id"]]]) for e in asked if e["id"] in match]
            self.add(f"entities {kind}", sum(p["kind"] == kind for _, p in pairs), len(guessed), len(asked))
            hits = sum(overlap([m], p["mentions"]) for g, p in pairs for m in g["mentions"])
            mentions = [sum(len(e["mentions"]) for e in group) for group in (guessed, asked)]
            self.add(f"mentions {kind}", hits, *mentions)
            for entity in asked:
                mine = made.get(match.get(entity["id"], ""), {"mentions": [], "name": None})
                missed = [data["text"][a:b] for a, b in entity["mentions"] if not overlap([[a, b]], mine["mentions"])]
                if missed and self.of == f"mentions {kind}":
                    self.faults.append(
                        f"{data['document']['id']} {entity['name']!r} as {mine['name']!r} lacks {missed}"
                    )

    def _speakers(self, data: Any, gold: Reading, speakers: Any, match: Any, back: Any) -> None:
        norm, text = self.scorer.norm, data["text"]
        for statement, mine in zip(gold.statements, speakers, strict=True):
            theirs = statement.speaker
            words = [text[a:b] for a, b in theirs.spans]
            where = f"{data['document']['id']} {statement.id} {words}"
            if theirs.entity:
                right = match.get(theirs.entity) == mine.entity
                told = f"{theirs.entity} {gold.entity(theirs.entity).name!r} not {back.get(mine.entity)} {mine.entity}"
                self.judge("speaker", right, f"{where} is {told}")
            if theirs.role is not None:
                same = norm(theirs.role) == norm(mine.role)
                self.judge("role", same, f"{where} is {theirs.role!r} not {mine.role!r}")
            if theirs.organisation is not None:
                same = norm(theirs.organisation) == norm(mine.organisation)
                self.judge("organisation", same, f"{where} is {theirs.organisation!r} not {mine.organisation!r}")

    def _detained(self, data: Any, gold: Reading, refs: References, match: Any, back: Any) -> None:
        asked = {c.subject for c in gold.claims if c.kind != "profile"}
        needed = {c["subject"] for c in data["claims"] if c["kind"] != "profile" and not c["optional"]}
        found = {back.get(e, f"-{e}") for e in refs.detained()}
        self.add("detained", len(found & needed), len(found - (asked - needed)), len(needed))
        for entity in sorted(found ^ needed):
            if self.of in (None, "detained") and entity not in asked - needed:
                name = refs.cast.members[entity[1:]].name if entity[0] == "-" else gold.entity(entity).name
                lacks = "lacks" if entity in needed else "adds"
                self.faults.append(f"detained: {data['document']['id']} {lacks} {name!r} ({match.get(entity)})")

    def _about(self, data: Any, gold: Reading, refs: Any, reports: Any, speakers: Any, match: Any, back: Any) -> None:
        concerned = Concerned(refs)
        for statement, report, speaker in zip(gold.statements, reports, speakers, strict=True):
            found = {back.get(e, refs.cast.members[e].name) for e in concerned.by(report, speaker)}
            asked = set(statement.about)
            self.add("about", len(found & asked), len(found), len(asked))
            if found != asked and self.of in (None, "about"):
                names = {e: e if e not in back.values() else gold.entity(e).name for e in found | asked}
                content = " ".join(data["text"][a:b] for a, b in statement.content)[:200]
                self.faults.append(
                    f"about: {data['document']['id']} {statement.id} {[names[e] for e in asked - found]} not "
                    f"{[names.get(e, e) for e in found - asked]}: {content}"
                )

    def _claims(self, data: Any, gold: Reading, refs: References, match: dict[str, str]) -> None:
        for claim in gold.claims:
            subject = match.get(claim.subject)
            start, end = claim.evidence[0]
            words = data["text"][start:end]
            named = [e for _, e in refs.between(start, end)]
            pronouns = [refs.meaning(start + m.start(), start + m.end()) for m in _PRONOUN.finditer(words)]
            meant = {e for group in pronouns for e in group}
            told = f"{data['document']['id']} {gold.entity(claim.subject).name!r} {claim.kind}: {words[:150]}"
            theirs = [m for m in gold.entity(claim.subject).mentions if m[0] < end and start < m[1]]
            if not theirs and pronouns:
                names = [refs.cast.members[e].name for e in meant]
                self.judge("pronoun", subject in meant, f"{told} -> {names}")
            reached = subject in {*refs.spread(named), *meant} or (not theirs and subject in refs.in_focus(start))
            self.judge("subject", reached, told)

    def report(self, errors: int) -> None:
        """Prints the measures, then the first faults."""
        for name, counts in self.counts.items():
            precision, recall, f1 = self.scorer.f1(*counts)
            print(f"{name:24} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   {counts}")
        for fault in self.faults[:errors]:
            print("   ", fault)


def plain(entity: Any) -> dict[str, Any]:
    """An entity as the scorer reads it."""
    mentions = [list(m) for m in entity.mentions]
    return {"id": entity.id, "kind": entity.kind, "name": entity.name, "mentions": mentions}


def load_scorer(path: Path) -> Any:
    """The scorer as a module. Exits where the file is none."""
    spec = importlib.util.spec_from_file_location("score_reading", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Measure one corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--of", help="print the faults of this measure only")
    args = parser.parse_args()
    measures = Measures(load_scorer(args.scorer), args.of)
    golds = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    golds = [g for g in golds if g["document"]["language"] == "en"]
    for data in golds if args.half is None else golds[args.half :: 2]:
        measures.document(data)
    measures.report(args.errors)


if __name__ == "__main__":
    main()
