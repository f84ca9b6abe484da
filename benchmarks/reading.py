"""Words a second of processor time in reading, on one core, and peak memory, each beside an anchor of the same run.

    python -m benchmarks.reading --news CORPORA/polnear/dev/text [--documents 120] [--profile]

Three figures as JSON lines: `encoder` alone, `read` with everything on, and `stream`, general news with one report in
a hundred about people in detention (those of `training/reports/raw`), read with `relevant_only`. The anchor is spaCy's
small English pipeline where it is installed, else counting words with a regular expression. `--news` is a folder of
plain texts of general news, such as PolNeAR's.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib.util
import json
import os
import pstats
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from habeas.extraction import read
from habeas.extraction.attribution.model import find_attributions
from habeas.extraction.relevance import is_relevant
from habeas.extraction.segment import analyse

REPORTS = Path(__file__).parents[1] / "training" / "reports" / "raw"
ONE_IN = 100


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpora = os.environ.get("HABEAS_CORPORA")
    news = Path(corpora, "polnear", "dev", "text") if corpora else None
    parser.add_argument("--news", type=Path, default=news, required=news is None, help="folder of plain texts")
    parser.add_argument("--documents", type=int, default=120, help="how many of them")
    parser.add_argument("--profile", action="store_true", help="print where the time of reading goes")
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.news.glob("*.txt"))[: options.documents]]
    read(texts[0])  # loads weights and vocabularies
    anchor = _speed(texts, _anchor())
    for name, chosen, step in (
        ("encoder", texts, lambda text: find_attributions(text, analyse(text).paragraphs)),
        ("read", texts, read),
        ("stream", _stream(texts), lambda text: read(text, relevant_only=True)),
    ):
        speed = _speed(chosen, step)
        print(json.dumps({"figure": name, "words_per_second": round(speed), "anchor": round(speed / anchor, 4)}))
    print(json.dumps({"figure": "passed", "share": sum(map(is_relevant, texts)) / len(texts)}))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"figure": "memory", "peak_mb": round(peak), "anchor_words_per_second": round(anchor)}))
    if options.profile:
        _profile(texts)


def _speed(texts: Sequence[str], step: Callable[[str], object]) -> float:
    began = time.process_time()
    for text in texts:
        step(text)
    return sum(len(text.split()) for text in texts) / (time.process_time() - began)


def _anchor() -> Callable[[str], object]:
    if importlib.util.find_spec("en_core_web_sm"):
        import spacy

        return spacy.load("en_core_web_sm")
    return lambda text: Counter(re.findall(r"\w+", text.lower()))


def _stream(news: Sequence[str]) -> list[str]:
    """Five hundred texts: the news, over and over, with every hundredth an annotated report."""
    reports = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(REPORTS.glob("*.json"))]
    stream: list[str] = []
    for number in range(5 * ONE_IN):
        stream.append(reports[number // ONE_IN] if number % ONE_IN == 0 else news[number % len(news)])
    return stream


def _profile(texts: Sequence[str]) -> None:
    profile = cProfile.Profile()
    profile.runcall(lambda: [read(text) for text in texts])
    pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main()
