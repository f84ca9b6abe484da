"""Build `src/habeas/vocab/names/known.npz` from the person-name list inside rigour.

    python -m training.names.build_known RIGOUR_WHEEL

The list (spelling, spelling => Wikidata item) is drawn by rigour (MIT) from Wikidata (CC0). Only spellings in scripts
that the matcher reads are kept, folded as it folds them. Same wheel, same file.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from habeas.names.lexicon import spelling_hash
from habeas.names.text import fold

OUT = Path(__file__).parents[2] / "src/habeas/vocab/names/known.npz"
ZSTD_MAGIC = re.compile(rb"\x28\xb5\x2f\xfd")
CJK_FROM = "\u2e80"
SHORTEST = 2
MOST_IDS = 8
MOSTLY = 0.6  # a name that shares this part of its spellings with a larger one is the same name


def name_lines(wheel: Path) -> list[str]:
    """The `spelling, spelling => item` lines embedded in the wheel's compiled core."""
    with zipfile.ZipFile(wheel) as archive:
        core = next(n for n in archive.namelist() if n.startswith("rigour/_core") and n.endswith(".so"))
        data = archive.read(core)
    for match in ZSTD_MAGIC.finditer(data):
        done = subprocess.run(["zstd", "-dcq"], input=data[match.start() :], capture_output=True, check=False)  # noqa: S607
        if b" => Q" in done.stdout[:4000]:
            return done.stdout.decode("utf-8").splitlines()
    sys.exit("No name list was found in this wheel; rigour 2.6.1 for Linux has one.")


def groups(lines: list[str]) -> list[set[str]]:
    """The folded spellings of each name, the name with the most spellings first."""
    found = []
    for line in lines:
        raw, _, _item = line.rpartition(" => ")
        words = {fold(word) for word in raw.split(",") if not any(c >= CJK_FROM for c in word)}
        words = {word for word in words if " " not in word and len(word) >= SHORTEST}
        if len(words) >= SHORTEST:
            found.append(words)
    return sorted(found, key=lambda words: (-len(words), sorted(words)))


def merged(named: list[set[str]]) -> list[set[str]]:
    """`named` with each name taken into a larger one that holds most of its spellings, twice over the list."""
    kept: list[set[str]] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for words in named:
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for number in holders[word]:
                shared[number] += 1
        best = max(shared, key=lambda number: (shared[number], -number), default=-1)
        if best >= 0 and shared[best] >= max(SHORTEST, MOSTLY * len(words)):
            for word in words - kept[best]:
                holders[word].append(best)
            kept[best] |= words
            continue
        kept.append(set(words))
        for word in words:
            holders[word].append(len(kept) - 1)
    return sorted(kept, key=lambda words: (-len(words), sorted(words)))


def main() -> None:
    """Write the table and say how large it is."""
    ids: dict[int, list[int]] = defaultdict(list)
    named = merged(groups(name_lines(Path(sys.argv[1]))))
    for number, words in enumerate(named):
        for word in words:
            ids[spelling_hash(word)].append(number)
    hashes = np.array(sorted(ids), dtype=np.uint32)
    steps = np.diff(hashes, prepend=np.uint32(0)).astype(np.uint32)
    chosen = [ids[int(h)][:MOST_IDS] for h in hashes]
    flat = np.array([number for numbers in chosen for number in numbers], dtype=np.uint32)
    counts = np.array([len(numbers) for numbers in chosen], dtype=np.uint8)
    np.savez_compressed(OUT, hash_steps=steps, counts=counts, ids=flat)
    print(f"{len(named)} names, {len(hashes)} spellings, {OUT.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
