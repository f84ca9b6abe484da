"""Pairs a second of nomenklatura's logic-v2, for `benchmarks/names.py --anchor`: run with a Python that has it.

python -m venv /tmp/anchor && /tmp/anchor/bin/pip install nomenklatura==4.17.4
"""

import sys
import time

from followthemoney import EntityProxy  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]


def person(key: str, name: str) -> object:
    """A person with that name, as it is compared."""
    return EntityProxy.from_dict({"id": key, "schema": "Person", "properties": {"name": [name]}})


def main() -> None:
    """Reads A<TAB>B lines from standard input and prints how many were compared in a CPU second."""
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    pairs = [line.rstrip("\n").split("\t") for line in sys.stdin]
    algorithm.compare(person("a", "Sami Darwish"), person("b", "سامي درويش"), config)
    start = time.process_time()
    for a, b in pairs:
        algorithm.compare(person("a", a), person("b", b), config)
    print(len(pairs) / (time.process_time() - start))


if __name__ == "__main__":
    main()
