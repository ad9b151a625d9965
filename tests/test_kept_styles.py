"""Widgets have the styles that the library itself finds for them, however they came to them."""

from pathlib import Path
from typing import Any

from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from screens.app import BoconsoleApp
from tests.consoles import console, settle


class Plain(Stylesheet):
    """Finds the rules of a node and changes nothing."""

    def __init__(self, app: BoconsoleApp) -> None:
        super().__init__()
        self._rules = app.stylesheet.rules

    def found(self, node: DOMNode) -> dict[str, str]:
        self.answer: dict[str, Any] = {}
        self.apply(node)
        scratch = DOMNode()
        Stylesheet.replace_rules(scratch, self.answer)
        return texts(scratch)

    def replace_rules(self, node: DOMNode, rules: Any, animate: bool = False) -> None:
        self.answer = rules

    def _process_component_classes(self, node: DOMNode) -> None:
        pass


def texts(node: DOMNode) -> dict[str, str]:
    return {name: str(value) for name, value in node.styles.base._rules.items()}


def wrong(app: BoconsoleApp) -> list[str]:
    """The widgets, and parts of them, whose styles, given anew, are not what the library finds."""
    plain = Plain(app)
    widgets: list[DOMNode] = [app, *(node for screen in app.screen_stack
                                     for node in (screen, *screen.walk_children()))]  # fmt: skip
    for node in widgets:
        app.stylesheet.apply(node)
    parts = [part.base.node for node in widgets for part in node._component_styles.values()]
    return [f"{node!r} in {node.parent!r}" for node in (*widgets, *filter(None, parts))
            if texts(node) != plain.found(node)]  # fmt: skip


async def test_styles_are_those_the_library_finds(tmp_path: Path) -> None:
    app, found = console(tmp_path), []
    async with app.run_test() as pilot:
        for keys in ([], ["tab"], ["x"], ["escape", "2"], ["1", "?"], ["escape", "ctrl+p"]):
            await pilot.press(*keys)
            await settle(pilot)
            found += wrong(app)
        await pilot.resize_terminal(50, 12)
        app.theme = "plain"
        await settle(pilot)
        found += wrong(app)

    assert found == []
