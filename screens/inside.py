"""Widgets inside others, found without the query language of styles.

A query compares each widget below with a selector and the whole way up to it; a form asks for its
rows at each key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from textual.dom import DOMNode

Kind = TypeVar("Kind", bound=DOMNode)


def inside(node: DOMNode, kind: type[Kind]) -> Iterator[Kind]:
    """Yield the widgets of a kind below another, in order, and none that lie in one of them."""
    for child in node.children:
        if isinstance(child, kind):
            yield child
        else:
            yield from inside(child, kind)
