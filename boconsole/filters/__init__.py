"""The query language: one parser for every list, the command line and saved views.

`parse` reads a line, `resolve` gives its names a meaning in an area, `format` writes it
back, `complete` offers what may come next.
"""

from boconsole.filters.area import Area, Field, Flag
from boconsole.filters.complete import Completion, complete
from boconsole.filters.parse import parse
from boconsole.filters.resolve import resolve
from boconsole.filters.syntax import Query
from boconsole.filters.writing import format  # noqa: A004  # the counterpart of parse

__all__ = [
    "Area",
    "Completion",
    "Field",
    "Flag",
    "Query",
    "complete",
    "format",
    "parse",
    "resolve",
]
