N_LEVELS = 2
SPANNED = 0
GAP_EDGES = (1, 2, 3, 5, 9, 17, 33, 65)
N_GAPS = 2 * (len(GAP_EDGES) + 1) + 1
N_STEPS = 5


def gap_bucket(first: int, last: int, start: int, stop: int) -> int:
    """Bucket of the words between segment first..last and start..stop; 0 where they overlap."""
    if start > last:
        gap, side = start - last - 1, 0
    elif first > stop:
        gap, side = first - stop - 1, 1
    else:
        return 0
    return 1 + side * (len(GAP_EDGES) + 1) + sum(gap >= edge for edge in GAP_EDGES)


def paragraph_bucket(here: int, there: int) -> int:
    """Bucket of how many paragraphs on (0 to 4, 2 the same)."""
    return max(-2, min(2, there - here)) + 2
