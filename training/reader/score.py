"""Reads a gold file with the reader as it is and prints the contract's scores.

usage: python training/reader/score.py CORPORA/reports/dev.jsonl --scorer CONTRACT/score_reading.py [--by style]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from habeas.extraction.read import read
from habeas.extraction.reading import to_json
from training.reports.gold import load


def main() -> int:
    """Writes readings to a temporary file and hands both files to the scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--language", default="en", help="only documents in this language; 'all' for every one")
    args, rest = parser.parse_known_args()
    golds = [g for g in load(args.gold) if args.language in {"all", g["document"]["language"]}]
    started = time.process_time()
    readings = [read(g["text"], **g["document"]) for g in golds]
    seconds = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        gold, guess = Path(folder, "gold.jsonl"), Path(folder, "readings.jsonl")
        gold.write_text("\n".join(map(json.dumps, golds)), encoding="utf-8")
        guess.write_text("\n".join(json.dumps(to_json(r)) for r in readings), encoding="utf-8")
        code = subprocess.run([sys.executable, args.scorer, gold, guess, *rest], check=False).returncode  # noqa: S603
    words = sum(len(g["text"].split()) for g in golds)
    print(f"{words / seconds:,.0f} words a second of processor time")
    return code


if __name__ == "__main__":
    sys.exit(main())
