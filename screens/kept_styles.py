"""Styles kept: what was parsed, and which rules hold for which widgets.

Parsing takes a fifth of a start. The rules are the same wherever the styles and the variables of
the theme are; the library keeps them for one console only, and parses twice while it starts.

To find the rules of a widget takes a quarter of a key. They depend on the kinds, names, classes
and states of the widget and of those around it, and on nothing else; the library looks for them
again whenever the focus moves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode

MOST = 8
"""Sets of variables whose rules are kept: themes, on terminals of several kinds."""
MOST_SHEETS = 64
"""Sheets whose findings are kept: a sheet grows with each new kind of widget."""
MOST_PLACES = 20_000
"""Places of widgets whose rules are kept for one sheet."""
_known: dict[int, dict[tuple[object, ...], list[RuleSet]]] = {}
_sheets: dict[tuple[int, ...], Sheet] = {}
Kind = tuple[type[DOMNode], str | None, frozenset[str]]
"""What a selector without a state asks: class, name where a rule speaks of it, style classes."""
State = Callable[[Any], bool]


class Found(NamedTuple):
    """What holds for a widget; `states` are those of the library that it depends on."""

    rules: RulesMap | None
    states: tuple[bool, bool, bool, bool]


class Sheet:
    """What was found for one list of rules.

    Args:
        rules: The rules, which are kept alive: they are told apart by identity.
        before: What was found before some of the rules came and others went.
    """

    def __init__(self, rules: list[RuleSet], before: Sheet | None = None) -> None:
        self.rules = rules
        self.before = before
        self._changed = _changed(before.rules, rules) if before else frozenset[str]()
        self.found: dict[int, Found] = {}
        self._places: dict[tuple[object, ...], int] = {}
        self._kinds: dict[Kind, tuple[int, list[State]]] = {}
        self._names: dict[frozenset[str], int] = {}
        self._states: defaultdict[str, set[str]] = defaultdict(set)
        for rule in rules:
            for selector_set in rule.selector_set:
                for selector in selector_set.selectors:
                    mark = {SelectorType.CLASS: ".", SelectorType.ID: "#"}.get(selector.type, "")
                    wide = selector.type in (SelectorType.UNIVERSAL, SelectorType.NESTED)
                    name = "*" if wide else f"{mark}{selector.name}"
                    self._states[name] |= selector.pseudo_classes

    def look_up(self, node: DOMNode, cache: dict[Any, Any]) -> tuple[int, Found | None]:
        """Return the place of a node, and what was found there.

        A node keeps what was found before, unless a rule that came or went speaks of it.

        Args:
            node: A widget, a part of one, or the console.
            cache: What was found out in the same turn.
        """
        place = self.place(node, cache.setdefault(self, {}))
        found = self.found.get(place)
        if not found and self.before and self._changed.isdisjoint(node._selector_names):
            _place, found = self.before.look_up(node, cache)
            if found:
                self.found[place] = found
        return place, found

    def place(self, node: DOMNode, near: dict[Any, int]) -> int:
        """Return a number that two nodes share where the same selectors fit both.

        Args:
            node: A widget, or the console.
            near: Numbers of nodes around it, found in the same turn.
        """
        outer, parent = 0, node._parent
        if isinstance(parent, DOMNode):
            outer = near.get(parent) or self.place(parent, near)
        name = node._id if f"#{node._id}" in self._states else None
        kind = (type(node), name, frozenset(node._classes))
        if (asked := self._kinds.get(kind)) is None:
            asked = self._kinds[kind] = self._asked(node)
        alike, states = asked
        key = (outer, alike, *[state(node) for state in states])
        number = near[node] = self._places.setdefault(key, len(self._places) + 1)
        return number

    def _asked(self, node: DOMNode) -> tuple[int, list[State]]:
        """Return a number for the names by which selectors can mean a node, and their states."""
        names = frozenset(node._selector_names & self._states.keys())
        alike = self._names.setdefault(names, len(self._names) + 1)
        asked = frozenset[str]().union(*(self._states[name] for name in names))
        known = node._PSEUDO_CLASSES
        return alike, [known[name] for name in sorted(asked) if name in known]

    def forget(self) -> None:
        """Begin anew."""
        self.before = None
        self.found.clear()
        self._places.clear()

    def full(self) -> bool:
        """Tell whether more is known than is worth its room."""
        return len(self._places) > MOST_PLACES


def _changed(before: list[RuleSet], after: list[RuleSet]) -> frozenset[str]:
    """Return the names in rules that came or went; all of them where others changed places."""
    old, new = dict(zip(map(id, before), before, strict=True)), set(map(id, after))
    came = [rule for rule in after if id(rule) not in old]
    went = [rule for rule in before if id(rule) not in new]
    stayed = [rule for rule in before if id(rule) in new]
    in_order = stayed == [rule for rule in after if id(rule) in old]
    changed = (*came, *went) if in_order else (*before, *after)
    return frozenset[str]().union(*(rule.selector_names for rule in changed))


def _sheet_of(rules: list[RuleSet], before: Sheet) -> Sheet:
    key = tuple(map(id, rules))
    if key not in _sheets:
        if len(_sheets) >= MOST_SHEETS:
            del _sheets[next(iter(_sheets))]
        _sheets[key] = Sheet(rules, before)
    return _sheets[key]


class KeptStylesheet(Stylesheet):
    """A stylesheet that parses, and looks for, only what no console has before."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[object, ...], list[RuleSet]] = {}
        self._sheet, self._sheet_rules = Sheet([]), list[RuleSet]()
        self._taken: dict[DOMNode, RulesMap] = {}
        self._given: WeakKeyDictionary[DOMNode, tuple[RulesMap, int]] = WeakKeyDictionary()

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

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[Any, Any] | None = None
    ) -> None:
        """Give a node its rules.

        Args:
            node: A widget, or the console.
            animate: Whether rules may change bit by bit.
            cache: What was found out in the same turn.
        """
        sheet = self._sheet_now()
        place, found = sheet.look_up(node, {} if cache is None else cache)
        if found:
            (node._has_hover_style, node._has_focus_within, node._has_order_style,
             node._has_odd_or_even) = found.states  # fmt: skip
            if found.rules is not None:
                self._give(node, found.rules, animate)
            self._process_component_classes(node)
            return
        super().apply(node, animate=animate)
        states = (node._has_hover_style, node._has_focus_within, node._has_order_style,
                  node._has_odd_or_even)  # fmt: skip
        sheet.found[place] = Found(self._taken.pop(node, None), states)

    def _sheet_now(self) -> Sheet:
        if self._sheet_rules is not (rules := self.rules):
            self._sheet, self._sheet_rules = _sheet_of(rules, self._sheet), rules
        if self._sheet.full():
            self._sheet.forget()
        return self._sheet

    def replace_rules(  # type: ignore[override]  # the library calls it on the instance
        self, node: DOMNode, rules: RulesMap, animate: bool = False
    ) -> None:
        """Give a node rules that were found for it, and remember them."""
        self._taken[node] = rules
        self._give(node, rules, animate)

    def _give(self, node: DOMNode, rules: RulesMap, animate: bool) -> None:
        """Change what differs from the rules that the node was given last."""
        base = node.styles.base
        old, updates = self._given.get(node, ({}, -1))
        if updates != base._updates or (animate and "transitions" in {*old, *rules}):
            Stylesheet.replace_rules(node, rules, animate)
        else:
            if old is not rules:
                for name in old.keys() | rules.keys():
                    if old.get(name) != (value := rules.get(name)):
                        setattr(base, name, value)
            node.notify_style_update()
        self._given[node] = rules, base._updates

    def _process_component_classes(self, node: DOMNode) -> None:
        """Give a node the styles of its parts; those that stay the same stay."""
        if not (parts := node._get_component_classes()):
            return
        sheet, near = self._sheet_now(), dict[Any, Any]()
        kept: dict[str, RenderStyles] = {}
        for part, styles in node._component_styles.items():
            if part in parts and (virtual := styles.base.node):
                _place, found = sheet.look_up(virtual, near)
                if found and self._has(virtual, found.rules):
                    kept[part] = styles
        if len(kept) < len(parts):
            super()._process_component_classes(node)
        node._component_styles.update(kept)

    def _has(self, node: DOMNode, rules: RulesMap | None) -> bool:
        given, updates = self._given.get(node, (None, 0))
        return given == rules and updates == node.styles.base._updates
