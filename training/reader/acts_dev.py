"""Measures acts, targets, conditions and outlets on gold statements: the spans are given, everything else is read.

usage: python -m training.reader.acts_dev GOLD.jsonl|FOLDER --scorer CONTRACT/score_reading.py
       [--half 0|1] [--errors main|target|condition|outlet]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from habeas.extraction.attribution.cues import lemma_of
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.read import reading_of
from habeas.extraction.reading import DocumentInfo, to_json
from habeas.extraction.segment import analyse
from training.attribution.evaluate import load_scorer
from training.reports.gold import Gold, load

_ARTICLE = re.compile(r"^the ")


def main() -> int:
    """Prints how many of each are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="only every other document, so that the rest stays unseen"
    )
    parser.add_argument("--errors", choices=("main", "target", "condition", "outlet"))
    options = parser.parse_args()
    scorer = load_scorer(options.scorer.parent, options.scorer.stem)
    golds = [gold for gold in load(options.gold) if gold["document"]["language"] == "en"]
    if options.half is not None:
        golds = golds[options.half :: 2]
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    confused: Counter[str] = Counter()
    for gold in golds:
        for name, ok, wanted, line in _compared(scorer, gold):
            right[name] += ok
            of[name] += wanted
            if name == options.errors and not ok:
                print(line)
            if name == "main" and not ok:
                confused[line.split(" | ")[0]] += 1
    for name, total in of.items():
        print(f"{name:22}{right[name]:5} of {total:5}  {right[name] / total if total else 0:.3f}")
    if options.errors == "main":
        print(confused.most_common(25))
    return 0


def _compared(scorer: Any, gold: Gold) -> Iterator[tuple[str, bool, bool, str]]:
    """(measure, right, counted, line to print) for each key of each statement."""
    guess = read_gold(gold)
    entity = scorer.match_entities(gold, guess)
    names = {e["id"]: e["name"] for e in guess["entities"]}
    for g, p in zip(in_order(gold), guess["statements"], strict=True):
        line = _line(gold, g)
        yield "main", g["acts"][0] == p["acts"][0], True, f"{g['acts'][0]} not {p['acts'][0]} | {line}"
        if g["target"] or p["target"]:
            told = f"{_name(gold, g['target'])} not {names.get(p['target'])} | {line}"
            same = bool(g["target"]) and entity.get(g["target"]) == p["target"]
            yield "target", same, bool(g["target"]), told
            yield "target guessed", same, bool(p["target"]), told
        if g["condition"] or p["condition"]:
            spans = [[span] if span else [] for span in (g["condition"], p["condition"])]
            hit, told = scorer.overlap(*spans), f"{[gold['text'][a:b] for s in spans for a, b in s]} | {line}"
            yield "condition", hit, bool(g["condition"]), told
            yield "condition guessed", hit, bool(p["condition"]), told
        if g["outlet"] or p["outlet"]:
            same = _bare(g["outlet"]) == _bare(p["outlet"])
            yield "outlet", same, bool(g["outlet"]), f"{g['outlet']} not {p['outlet']} | {line}"
            yield "outlet guessed", same, bool(p["outlet"]), ""


def in_order(gold: Gold) -> list[Any]:
    """The gold statements that have content, in the order in which the reader numbers them."""
    return [s for s in gold["statements"] if s["content"]["spans"]]


def gold_reports(page: Page, gold: Gold) -> list[Report]:
    """The gold statements as the reports that a perfect encoder would find."""
    reports = []
    for said in in_order(gold):
        source, cue, content = (
            tuple((a, b) for a, b in spans)
            for spans in (said["speaker"]["spans"], said["cue"]["spans"], said["content"]["spans"])
        )
        reports.append(Report(source, cue, content, lemma_of(page, cue)))
    return reports


def read_gold(gold: Gold) -> Any:
    """The reading of a gold report's text with its statements given."""
    page = analyse(gold["text"])
    return to_json(reading_of(page, gold_reports(page, gold), DocumentInfo(**gold["document"])))


def _line(gold: Gold, said: Any) -> str:
    spans = (said["speaker"]["spans"][:1], said["cue"]["spans"], said["content"]["spans"])
    return " | ".join(" … ".join(" ".join(gold["text"][a:b].split()) for a, b in group)[:150] for group in spans)


def _name(gold: Gold, entity: str | None) -> str | None:
    return next((e["name"] for e in gold["entities"] if e["id"] == entity), None)


def _bare(name: str | None) -> str:
    return _ARTICLE.sub("", " ".join(re.findall(r"\w+", (name or "").casefold())))


if __name__ == "__main__":
    sys.exit(main())
