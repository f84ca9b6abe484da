"""Measures a folder of weights on dev: `python -m training.attribution.evaluate [--weights DIR] [--corpora DIR]`.

PolNeAR's figures are those of `score_attribution.py`; the reports' are those of `score_reading.py` for content, and
besides how many of the statements found have a right word among their speaker's.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from habeas.extraction.attribution.model import BATCH, WEIGHTS, WINDOW, Model
from habeas.extraction.attribution.reports import Attribution

Span = tuple[int, int]
_BREAK = re.compile(r"\n\s*\n")


def main() -> None:
    """Prints the figures of PolNeAR dev and of the English reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=os.environ.get("HABEAS_CORPORA"), help="folder of the corpora")
    parser.add_argument("--scorers", type=Path, help="folder of score_attribution.py and score_reading.py")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--encoder", default="encoder.onnx", help="file name of the encoder among the weights")
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--batch", type=int, default=BATCH)
    parser.add_argument("--json", action="store_true", help="print the figures that floors are set on, as JSON")
    options = parser.parse_args()
    if options.corpora is None:
        parser.error("Give --corpora, or set HABEAS_CORPORA to the folder of the corpora.")
    corpora = Path(options.corpora)
    scorers = options.scorers or corpora.parent / "contract"
    model = Model.load(options.weights, options.window, options.batch, options.encoder)
    scores, table = on_polnear(model, corpora, scorers)
    more, rows = on_reports(model, corpora, scorers)
    print(json.dumps({**scores, **more}, indent=1) if options.json else f"{table}\n\n{rows}")


def load_scorer(folder: Path, name: str) -> ModuleType:
    """The scorer `name`.py in `folder`. Raises FileNotFoundError where there is none."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"No scorer {name}.py in {folder}. Give its folder with --scorers.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def paragraphs(text: str) -> list[Span]:
    """Spans between blank lines."""
    edges = [0, *(m.end() for m in _BREAK.finditer(text)), len(text)]
    return list(pairwise(edges))


def on_polnear(model: Model, corpora: Path, scorers: Path, split: str = "dev") -> tuple[dict[str, float], str]:
    """F1 by name, and the scorer's table with the speed in front."""
    scorer = load_scorer(scorers, "score_attribution")
    texts = scorer.load_texts(corpora / "polnear", split)
    began = time.process_time()
    found = {doc: model.find(text, paragraphs(text)) for doc, text in texts.items()}
    speed = sum(len(text.split()) for text in texts.values()) / (time.process_time() - began)
    predictions = {doc: [_roles(a) for a in attributions] for doc, attributions in found.items()}
    report = scorer.score(texts, scorer.load_gold(corpora / "polnear", split), predictions)
    counts = report.as_dict()
    scores = {f"polnear {role} tokens": counts["tokens"][role]["f1"] for role in ("content", "source", "cue")}
    scores |= {f"polnear {level}": counts["attributions"][level]["f1"] for level in ("exact", "iou50", "sourced")}
    return scores, f"{speed:.0f} words/s of processor time\n{scorer.format_report(report)}"


def on_reports(model: Model, corpora: Path, scorers: Path) -> tuple[dict[str, float], str]:
    """F1 of statements by name, of the English reports, all and machine-translated, and the same as lines of text."""
    scorer = load_scorer(scorers, "score_reading")
    lines = (corpora / "reports" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [gold for gold in map(json.loads, lines) if gold["document"]["language"] == "en"]
    scores: dict[str, float] = {}
    for name, chosen in (
        ("reports", golds),
        ("reports translated", [g for g in golds if "machine-translated" in g["style"]]),
        ("reports untranslated", [g for g in golds if "machine-translated" not in g["style"]]),
    ):
        pairs = [(gold, _statements(model.find(gold["text"], paragraphs(gold["text"])))) for gold in chosen]
        for measure, right, cued in (
            ("statements", False, False),
            ("with speaker", True, False),
            ("with cue", False, True),
        ):
            scores[f"{name} {measure}"] = _f1(scorer, pairs, right, cued)
    return scores, "\n".join(f"{name:36}{100 * value:6.1f}" for name, value in scores.items())


def _f1(scorer: ModuleType, pairs: Sequence[tuple[Any, Any]], speaker: bool, cue: bool) -> float:
    """F1 of statements matched by content, and if asked by a shared character of speaker or cue (or none in either)."""
    hits = guessed = wanted = 0
    for gold, guess in pairs:
        matched = scorer.match_statements(gold, guess, gold["text"])
        guessed, wanted = guessed + len(guess["statements"]), wanted + len(gold["statements"])
        for i, j in matched.items():
            g, p = gold["statements"][i], guess["statements"][j]
            hits += (not speaker or _agree(scorer, g["speaker"], p["speaker"])) and (
                not cue or _agree(scorer, g["cue"], p["cue"])
            )
    return 2 * hits / (guessed + wanted)


def _agree(scorer: ModuleType, gold: Any, guess: Any) -> bool:
    return bool(scorer.overlap(gold["spans"], guess["spans"]) or not (gold["spans"] or guess["spans"]))


def _roles(found: Attribution) -> dict[str, list[Span]]:
    return {"source": list(found.source), "cue": list(found.cue), "content": list(found.content)}


def _statements(found: Sequence[Attribution]) -> dict[str, Any]:
    return {
        "statements": [
            {"speaker": {"spans": a.source}, "cue": {"spans": a.cue}, "content": {"spans": a.content}} for a in found
        ]
    }


if __name__ == "__main__":
    main()
