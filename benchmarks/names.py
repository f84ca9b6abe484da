"""How fast names are compared and found, beside a fixed loop of plain Python in the same process.

    python benchmarks/names.py                 # pairs a second, cold; an index of 100,000 invented names
    python benchmarks/names.py --names 1000000 # the index that docs/names.md speaks of
    HABEAS_CORPORA=… python benchmarks/names.py # also labelled pairs, and how often the index finds the other name
    python benchmarks/names.py --anchor PYTHON # beside nomenklatura's logic-v2 (benchmarks/logic_v2.py), same pairs

Names are invented: given names of vocab/names/given.toml, family names made of syllables. Times are CPU time.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from habeas.names import Index, compare
from habeas.names.tables import read_table

ANCHOR_ROUNDS = 1_000_000
PAIRS = 20_000
ANCHOR_PAIRS = 4_000
QUESTIONS = 200
ONSETS = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "q", "r", "s", "t", "w", "y", "z", "sh", "kh", "gh", "th"]
VOWELS = ["a", "i", "u", "a", "a", "e", "o"]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def anchor() -> None:
    """A loop whose time says how fast this machine runs plain Python just now."""
    total = 0
    for number in range(ANCHOR_ROUNDS):
        total += number * number % 7


def invented_names(count: int, chance: random.Random) -> list[str]:
    """`count` names of two to four parts: common given names often, family names mostly rare."""
    sections: dict[str, dict[str, list[str]]] = read_table("given")
    given = [words for section in sections.values() for words in section.values()]
    weights = [1 / (rank + 3) for rank in range(len(given))]
    families = [_family(chance) for _ in range(max(200, count // 5))]
    names = []
    common = iter(chance.choices(given, weights, k=3 * count))
    for first in chance.choices(given, weights, k=count):
        inner = [chance.choice(next(common)) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
        family = families[min(int(chance.expovariate(12 / len(families))), len(families) - 1)]
        names.append(" ".join([chance.choice(first), *inner, chance.choice(("", "al-")) + family]).title())
    return names


def _family(chance: random.Random) -> str:
    parts = [chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.choice((2, 3, 3, 4)))]
    return "".join(parts) + chance.choice(("", "i", "n", "r", "wi", "d"))


def misspelt(name: str, chance: random.Random) -> str:
    """`name` as another outlet may spell it: a vowel changed, a letter doubled, a part left out."""
    words = name.split()
    if len(words) > 2 and chance.random() < 0.3:
        del words[1]
    at = chance.randrange(len(words))
    vowels = [n for n, letter in enumerate(words[at]) if letter in "aeiou"]
    if vowels:
        n = chance.choice(vowels)
        words[at] = words[at][:n] + chance.choice("aeiou") + words[at][n + 1 :]
    return " ".join(words)


def invented_pairs(chance: random.Random) -> list[tuple[str, str]]:
    """Pairs of names, half of them one person's."""
    names = invented_names(PAIRS, chance)
    return [(name, misspelt(name, chance) if n % 2 else names[n - 1]) for n, name in enumerate(names)]


def logic_v2(python: str, pairs: list[tuple[str, str]]) -> float:
    """Pairs a second of nomenklatura's logic-v2 under another Python, cold too."""
    lines = "".join(f"{a}\t{b}\n" for a, b in pairs)
    script = Path(__file__).with_name("logic_v2.py")
    done = subprocess.run(  # noqa: S603
        [python, script], input=lines, capture_output=True, check=True, encoding="utf-8"
    )
    return float(done.stdout)


def compare_cold(pairs: list[tuple[str, str]]) -> float:
    """Pairs a second over pairs that this process has not seen."""
    compare("Sami Darwish", "سامي درويش")  # tables are read once
    return len(pairs) / seconds(lambda: [compare(a, b) for a, b in pairs])


def measure_pairs(what: str, pairs: list[tuple[str, str]], python: str | None) -> None:
    """Prints pairs a second, beside logic-v2 where `python` has it."""
    speed = compare_cold(pairs)
    print(f"compare, {what}, cold: {speed:,.0f} pairs a second")
    if python:
        theirs = logic_v2(python, pairs[:ANCHOR_PAIRS])
        print(f"nomenklatura's logic-v2: {theirs:,.0f} pairs a second; {speed / theirs:.1f} times as many here")


def labelled_rows(corpora: str) -> list[list[str]]:
    """The rows of the labelled pairs: both names, whether they are one person's, kind, source."""
    text = (Path(corpora) / "names" / "dev.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


def megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_index(count: int, chance: random.Random) -> None:
    """Prints build time, memory, latency, how often the wanted name is among the first 20, and the restart."""
    names = invented_names(count, chance)
    index = Index()
    built = seconds(lambda: [index.add(number, name) for number, name in enumerate(names)])
    print(f"index of {count:,}: built in {built:.1f} s, {1000 * built / count:.3f} ms a name, {megabytes():.0f} MB")
    asked = [(number, misspelt(names[number], chance)) for number in chance.sample(range(count), QUESTIONS)]
    index.find(asked[0][1], 20)
    _report("invented names, misspelt", index, asked)
    if corpora := os.environ.get("HABEAS_CORPORA"):
        _find_partners(index, labelled_rows(corpora), chance)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.npz"
        saved = seconds(lambda: index.save(path))
        loaded = seconds(lambda: Index.load(path))
        print(f"saved in {saved:.1f} s ({path.stat().st_size / 1e6:.0f} MB), loaded in {loaded:.1f} s")


def _find_partners(index: Index, rows: list[list[str]], chance: random.Random) -> None:
    chosen = chance.sample([row for row in rows if row[2] == "1" and _is_decidable(row)], QUESTIONS * 2)
    for number, row in enumerate(chosen):
        index.add(-number - 1, row[1])
    _report("labelled pairs (core)", index, [(-number - 1, row[0]) for number, row in enumerate(chosen)])


def _is_decidable(row: list[str]) -> bool:
    return row[4] != "nk_name_bench" and row[3].split("/")[0] not in {"alias-other", "nick", "mt", "pinyin", "dim"}


def _report(what: str, index: Index, asked: list[tuple[int, str]]) -> None:
    times, hits = [], 0
    for key, name in asked:
        start = time.process_time()
        found = index.find(name, 20)
        times.append(1000 * (time.process_time() - start))
        hits += any(one.key == key for one in found)
    times.sort()
    p95 = times[int(0.95 * len(times))]
    print(
        f"{what}: {hits / len(asked):.3f} in the first 20, median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms"
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=100_000, help="names in the index")
    parser.add_argument("--anchor", metavar="PYTHON", help="a Python that has nomenklatura, to be compared with")
    options = parser.parse_args()
    chance = random.Random(7)
    print(f"anchor: {ANCHOR_ROUNDS / seconds(anchor):,.0f} rounds of plain Python a second")
    if corpora := os.environ.get("HABEAS_CORPORA"):
        rows = labelled_rows(corpora)
        measure_pairs("labelled pairs", [(row[0], row[1]) for row in rows], options.anchor)
    measure_pairs("invented pairs", invented_pairs(chance), options.anchor)
    measure_index(options.names, chance)


if __name__ == "__main__":
    main()
