"""Fills the holes in the memory of the zygote, so that its children share more of it.

What a child allocates would go into the holes that the loading left between objects that are
still used; each of them would cost a page of its own. Filled, new objects lie side by side.
Where the platform is another one nothing is filled and nothing is lost but memory.
"""

import ctypes
import os
import re
import sys
import tempfile
from contextlib import suppress
from typing import Any

SIZES = (262_144, 65_536, 16_384, 8_192, 4_096, 2_048, 1_024, 768, 512, 384, 256, 192, 128, 96,
         64, 48, 32, 24)  # fmt: skip
LEAST = 4_096
AT_ONCE = 8
"""Pieces between two looks at the heap: a look takes longer than they do."""
POOLS = re.compile(rb"^\s*\d+\s+(\d+)\s+\d+\s+\d+\s+(\d+)$", re.MULTILINE)
"""Of a size class: bytes of an object, and how many more would fit into what is there."""
HEADER = 33
"""Bytes of an empty bytes object."""
_kept: list[Any] = []  # Any: never looked at again


class _MallocInfo(ctypes.Structure):
    """What glibc tells about its heap."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks",
                     "uordblks", "fordblks", "keepcost")
    ]  # fmt: skip


def fill() -> None:
    """Fill the holes; what fills them is kept until the process ends."""
    _fill_small()
    with suppress(AttributeError, OSError):
        _fill_large(ctypes.CDLL(None))


def _fill_small() -> None:
    """Fill what Python's own allocator has left in its pools."""
    told = _debug_stats()
    for size, free in ((int(a), int(b)) for a, b in POOLS.findall(told)):
        if size <= 16:
            _kept.extend(object() for _ in range(free))
        elif size < HEADER + 2:
            _kept.extend(float(number) + 0.5 for number in range(free))
        else:
            _kept.extend(bytes(size - HEADER) for _ in range(free))


def _debug_stats() -> bytes:
    """Return what the allocator writes about itself to stderr."""
    with tempfile.TemporaryFile() as file:
        sys.stderr.flush()
        before = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()  # noqa: SLF001 - there is no public one
        finally:
            os.dup2(before, 2)
            os.close(before)
        file.seek(0)
        return file.read()


def _fill_large(library: Any) -> None:  # Any: the C library
    """Fill what glibc has free below the end of its heap."""
    library.mallinfo2.restype = _MallocInfo
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = (ctypes.c_size_t,)
    library.malloc_trim(0)
    for size in SIZES:
        end = library.mallinfo2().keepcost
        while all(library.malloc(size) for _number in range(AT_ONCE)):
            told = library.mallinfo2()
            if told.keepcost != end or told.fordblks - told.keepcost < LEAST:
                break
