"""Parsed styles, kept for the next console of this process and of those forked from it.

Parsing takes a fifth of a start. The rules are the same wherever the styles and the variables of
the theme are; the library keeps them for one console only, and parses twice while it starts.
"""

from __future__ import annotations

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

MOST = 8
"""Sets of variables whose rules are kept: themes, on terminals of several kinds."""
_known: dict[int, dict[tuple[object, ...], list[RuleSet]]] = {}


class KeptStylesheet(Stylesheet):
    """A stylesheet that parses only what no console has parsed before."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[object, ...], list[RuleSet]] = {}

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables, and the rules that go with them."""
        super().set_variables(variables)
        mark = hash(tuple(sorted(variables.items())))
        if mark not in _known and len(_known) >= MOST:
            del _known[next(iter(_known))]
        self._kept = _known.setdefault(mark, {})

    def reparse(self) -> None:
        """Put the rules together again; nothing is changed by styles that cannot be parsed."""
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (css, read_from, is_default_rules, tie_breaker, scope)
        if key not in self._kept:
            self._kept[key] = super()._parse_rules(
                css, read_from, is_default_rules, tie_breaker, scope
            )
        return self._kept[key]
