"""Work that goes on for ever in a process of its own, and another in its place when that dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from habeas.cli.say import complain, note
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
STEADY_S = 600.0  # who ran for so long did not die at once


def keep_running(work: Callable[..., None], *values: float) -> NoReturn:
    """Never: `work(*values)` runs in another process, which is replaced whenever it ends, later each time that it did.

    `work` is a function of a module, which the other process imports. It ends with this process, however that ends.
    """
    wait_s = 0.0
    while True:
        began, process = time.monotonic(), _started(work, values)
        process.join()
        is_first = not wait_s or time.monotonic() - began > STEADY_S
        wait_s = FIRST_WAIT_S if is_first else min(2 * wait_s, LONGEST_WAIT_S)
        how = _how(process.exitcode or 0)
        note(f"The process at work ended ({how}); what it did is kept. Another begins in {wait_s:.0f} s.")
        time.sleep(wait_s)


def _started(work: Callable[..., None], values: tuple[float, ...]) -> SpawnProcess:
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(work, values), daemon=True)
    process.start()
    return process


def _work(work: Callable[..., None], values: tuple[float, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work(*values)
    except KeyboardInterrupt:
        sys.exit(130)
    except HabeasError as fault:
        complain(str(fault))
        sys.exit(1)
    except Exception as fault:  # where it happened, and not what it says: that may be somebody's name
        complain("".join([*traceback.format_tb(fault.__traceback__), type(fault).__name__]))
        sys.exit(1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
    os._exit(1)


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit {code}"
