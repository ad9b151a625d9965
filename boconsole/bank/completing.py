"""Paths of files while they are typed."""

import os
from pathlib import Path

OFFERED = 5


def paths(start: str, limit: int = OFFERED) -> list[str]:
    """Return files and folders that a beginning may mean, folders with a slash; may block.

    Hidden ones are left out unless the beginning names them.
    """
    folder, _slash, name = start.rpartition("/")
    above = f"{folder}/" if "/" in start else ""
    try:
        with os.scandir(Path(above or ".").expanduser()) as listed:
            found = [(not each.is_dir(), each.name) for each in listed]
    except OSError:
        return []
    low = name.casefold()
    fitting = sorted(
        (is_file, each)
        for is_file, each in found
        if each.casefold().startswith(low) and (not each.startswith(".") or low.startswith("."))
    )
    return [f"{above}{each}" + ("" if is_file else "/") for is_file, each in fitting][:limit]
