"""Reads the text of one file from stdin, as a process of its own: `extraction pypdf 200000`.

Answers JSON on stdout: `text`, `cut` or `missing`. On stderr `@ 12 240` tells how far it is, and
the last line what is wrong with a file. Its limits are set by who starts it.
"""

import io
import json
import sys
import time
import zipfile
from collections.abc import Iterator
from typing import Any

UNPACKED = 64 * 2**20
"""Bytes that the parts of a DOCX may unpack to: a bomb says so in its own directory, or lies."""
PAGES = 5_000
EVERY = 0.2
"""Seconds between two lines of how far it is."""


class TooLargeError(Exception):
    """A file that unpacks to more than it may."""


def pdf(content: bytes) -> Iterator[str]:
    """Yield the text of each page."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise TooLargeError("it is locked by a password")
    told, total = 0.0, len(reader.pages)
    for count, page in enumerate(reader.pages):
        if count >= PAGES:
            return
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            sys.stderr.write(f"@ {count + 1} {total}\n")
            sys.stderr.flush()
        yield page.extract_text()


def docx(content: bytes) -> Iterator[str]:
    """Yield the text of each paragraph, cell, header and footer."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED:
            raise TooLargeError("it unpacks to more than it may")
    import docx as word

    found: Any = word.Document(io.BytesIO(content))  # Any: the library is untyped
    for section in found.sections:
        yield from (each.text for each in section.header.paragraphs)
    yield from (each.text for each in found.paragraphs)
    for table in found.tables:
        for row in table.rows:
            yield "\t".join(cell.text for cell in row.cells)
    for section in found.sections:
        yield from (each.text for each in section.footer.paragraphs)


READERS = {"pypdf": pdf, "docx": docx}


def read(library: str, content: bytes, most: int) -> dict[str, object]:
    """Return what was read of a file; whatever a hostile one raises ends the process."""
    found: list[str] = []
    length = 0
    try:
        for part in READERS[library](content):
            found.append(part)
            length += len(part)
            if length > most:
                return {"text": "\n".join(found)[:most], "cut": True}
    except ImportError:
        return {"missing": library}
    return {"text": "\n".join(found)}


if __name__ == "__main__":
    told = read(sys.argv[1], sys.stdin.buffer.read(), int(sys.argv[2]))
    sys.stdout.write(json.dumps(told))
