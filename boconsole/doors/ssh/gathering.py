"""Lays the code that a console runs side by side, so that its children share more memory.

Running a function writes to the page on which its code lies: its count of references, its caches.
Loaded module by module, that code is strewn among ten times as much that hardly ever runs. Copies
made one after the other lie on fewer pages, and each child has fewer of its own.
"""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, FunctionType
from typing import Any


@contextmanager
def seen() -> Iterator[set[CodeType]]:
    """Collect the code of every function that is called meanwhile, in all threads begun in it."""
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _value: Any) -> None:  # Any: as the interpreter calls it
        if event == "call":
            codes.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield codes
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def gather(codes: set[CodeType]) -> int:
    """Give each function whose code is among these a copy of it; returns how many were given."""
    found = [
        one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__code__ in codes
    ]
    copies: dict[int, CodeType] = {}
    for function in found:
        code = function.__code__
        if id(code) not in copies:
            copies[id(code)] = _copy(code)
    for function in found:
        function.__code__ = copies[id(function.__code__)]
    return len(found)


def _copy(code: CodeType) -> CodeType:
    """Return a copy of a function's code, with the functions inside it."""
    constants = tuple(_copy(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_consts=constants)
