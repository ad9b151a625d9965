"""Text is data: no string of a record reaches a widget of the screens as markup.

The check reads the source of `screens/`. A call that shows text must be given a literal of ours,
a `Text` or `Content`, or say `markup=False`. A line that is known to be harmless for another
reason carries `# markup: ` and that reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SCREENS = Path(__file__).parent.parent / "screens"
ALLOWED = "# markup: "

SHOWING = {
    "Static": ("content",), "Label": ("content",), "Button": ("label",), "Link": ("text",),
    "Option": ("prompt",), "OptionList": ("*",), "Selection": ("prompt",), "Tab": ("label",),
    "TabPane": ("title",), "Collapsible": ("*", "title"), "Checkbox": ("label",),
    "RadioButton": ("label",), "notify": ("message", "title"),
    "add_option": ("option",), "add_options": ("items",), "replace_option_prompt": ("", "prompt"),
    "add_column": ("label",), "add_columns": ("*",), "add_row": ("*",),
    "from_markup": ("markup",), "from_text": ("markup_content",), "update": ("content",),
}  # fmt: skip
"""Calls that take markup, with the arguments that do; `*` is any number of them."""

SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
SAFE_TYPES = {"Text", "Content", "Option", "Separator", "Widget", "Strip", "int"}
SAFE_CALLS = {"Text", "Content", "Option", "Selection", "Group", "assemble", "Table", "Markdown"}
OURS = {"_", "N_", "ngettext"}


class Reader:
    """What one module says about the safety of its expressions.

    Attributes:
        returns: Names of functions of all screens whose every definition returns a safe type.
        own: Names of methods that the screens define themselves.
    """

    def __init__(
        self, source: str, tree: ast.Module, returns: frozenset[str], own: frozenset[str]
    ) -> None:
        self.lines = source.splitlines()
        self.tree = tree
        self.returns, self.own = returns, own

    def findings(self) -> Iterator[str]:
        yield from self._within(self.tree, {}, ())

    def _within(
        self, parent: ast.AST, known: dict[str, list[ast.AST]], bases: tuple[str, ...]
    ) -> Iterator[str]:
        for node in ast.iter_child_nodes(parent):
            inner, heirs = known, bases
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                inner = known | _names(node)
            elif isinstance(node, ast.ClassDef):
                heirs = tuple(_last(base) for base in node.bases)
            for shown in self._shown(node, heirs):
                if not self._safe(shown, inner) and not self._excused(node):
                    yield f"{shown.lineno}: {ast.unparse(shown)}"
            yield from self._within(node, inner, heirs)

    def _shown(self, node: ast.AST, bases: tuple[str, ...]) -> Iterator[ast.expr]:
        """Yield the expressions that a node would have parsed as markup."""
        if isinstance(node, ast.Assign):
            targets = (target for target in node.targets if isinstance(target, ast.Attribute))
            if any(target.attr in SHOWN_ATTRIBUTES for target in targets):
                yield node.value
        if not isinstance(node, ast.Call) or _says_no_markup(node):
            return
        name = _last(node.func)
        if name == "__init__" and ast.unparse(node.func) == "super().__init__":
            name = next((base for base in bases if base in SHOWING), name)
        elif name in self.own and ast.unparse(node.func) != f"super().{name}":
            return
        taken = SHOWING.get(name, ())
        if name == "update" and not (len(node.args) == 1 and _is_text(node.args[0])):
            return
        for place, value in enumerate(node.args):
            if taken[:1] == ("*",) or (place < len(taken) and taken[place]):
                yield value
        yield from (word.value for word in node.keywords if word.arg in taken)

    def _safe(self, value: ast.AST, known: dict[str, list[ast.AST]]) -> bool:
        def safe(part: ast.AST) -> bool:
            return self._safe(part, known)

        match value:
            case ast.Constant():
                return True
            case ast.JoinedStr():
                return all(isinstance(part, ast.Constant) for part in value.values)
            case ast.IfExp():
                return safe(value.body) and safe(value.orelse)
            case ast.BoolOp() | ast.Tuple() | ast.List():
                return all(map(safe, getattr(value, "elts", getattr(value, "values", ()))))
            case ast.BinOp():
                return safe(value.left) and safe(value.right)
            case ast.Starred():
                return safe(value.value)
            case ast.ListComp() | ast.GeneratorExp():
                return safe(value.elt)
            case ast.Name():
                sources = known.get(value.id, ())
                others = {name: parts for name, parts in known.items() if name != value.id}
                if not sources:
                    return value.id.isupper()
                return all(self._safe(source, others) for source in sources)
            case ast.Attribute():
                return value.attr.isupper()
            case ast.arg():
                return value.annotation is not None and _is_safe_type(value.annotation)
            case ast.AnnAssign():
                return _is_safe_type(value.annotation)
            case ast.Call():
                name = _last(value.func)
                return name in SAFE_CALLS | OURS | self.returns or _says_content(value)
        return False

    def _excused(self, node: ast.AST) -> bool:
        first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
        return any(ALLOWED in line for line in self.lines[first - 1 : last])


def _names(function: ast.AST) -> dict[str, list[ast.AST]]:
    """Return what each name of a function is given: its annotation or every value."""
    names: dict[str, list[ast.AST]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            names.setdefault(node.arg, []).append(node)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.setdefault(node.target.id, []).append(node)
        elif isinstance(node, ast.Assign):
            for target in (each for each in node.targets if isinstance(each, ast.Name)):
                names.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.NamedExpr):
            names.setdefault(node.target.id, []).append(node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            loop = (each for each in ast.walk(node.target) if isinstance(each, ast.Name))
            for target in loop:
                names.setdefault(target.id, []).append(ast.Set([]))
    return names


def _last(node: ast.AST) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case ast.Subscript():
            return _last(node.value)
    return ""


def _is_safe_type(annotation: ast.AST) -> bool:
    words = {_last(node) for node in ast.walk(annotation)} - {""}
    containers = {"Iterable", "Sequence", "Iterator", "list", "tuple", "None"}
    return bool(words & SAFE_TYPES) and not words - SAFE_TYPES - containers


def _is_text(value: ast.AST) -> bool:
    """Whether an argument of `update` is a string for certain, and no mapping."""
    if isinstance(value, ast.Call):
        return _last(value.func) in {"format", "join", "str"}
    return isinstance(value, ast.JoinedStr)


def _says_content(call: ast.Call) -> bool:
    return ast.unparse(call.func) in {"Content.from_text", "Text.from_ansi", "Content.styled"} and (
        ast.unparse(call.func) != "Content.from_text" or _says_no_markup(call)
    )


def _says_no_markup(call: ast.Call) -> bool:
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )


def _safe_returns(trees: list[ast.Module]) -> frozenset[str]:
    kinds: dict[str, list[bool]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            safe = node.returns is not None and _is_safe_type(node.returns)
            kinds.setdefault(node.name, []).append(safe)
    return frozenset(name for name, every in kinds.items() if all(every))


def _own_methods(trees: list[ast.Module]) -> frozenset[str]:
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    methods = {part.name for each in classes for part in each.body if hasattr(part, "name")}
    return frozenset(methods & {"notify", "add_column", "add_row"})


def check(*sources: str) -> list[list[str]]:
    """Return the findings in each of some modules that belong together."""
    trees = [ast.parse(source) for source in sources]
    returns, own = _safe_returns(trees), _own_methods(trees)
    return [
        list(Reader(source, tree, returns, own).findings())
        for source, tree in zip(sources, trees, strict=True)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Static(row.subject)",
        "Static(f'{row.subject}')",
        "Label('Hello ' + name)",
        "Label(_('Hello {name}').format(name=name))",
        "Button(label=name)",
        "OptionList('one', name)",
        "options.add_option(name)",
        "options.add_options([name for name in names])",
        "options.add_option(Option(name))",
        "Option(name, id='x')",
        "self.notify(str(error))",
        "self.notify('done', title=name)",
        "self.border_title = row.subject",
        "label.update(f'{name}')",
        "Text.from_markup(name)",
        "Content.from_text(name)",
        "def f(name: str):\n    Static(name)",
        "def f():\n    title = row.subject\n    Static(title)",
        "class Line(Static):\n    def __init__(self, name: str):\n        super().__init__(name)",
    ],
)
def test_text_of_records_as_markup_is_found(line: str) -> None:
    assert check(line) != [[]]


@pytest.mark.parametrize(
    "line",
    [
        "Static('ours')",
        "Static(_('ours'))",
        "Static(TITLE)",
        "Static(Text(row.subject))",
        "Static(row.subject, markup=False)",
        "Static(Content.from_text(name, markup=False))",
        "Label(Text(name) if name else _('nobody'))",
        "options.add_option(Option(Text(name)))",
        "self.notify(str(error), markup=False)",
        "values.update(other)",
        "label.update(Text(name))",
        "Static(name)  # markup: a number",
        "def f(name: Text):\n    Static(name)",
        "def f():\n    title = Text(row.subject)\n    Static(title)",
        "def heading() -> Text: ...\nStatic(heading())",
    ],
)
def test_safe_ways_to_show_text_are_let_through(line: str) -> None:
    assert check(line) == [[]]


def test_no_screen_gives_text_of_records_to_a_widget_as_markup() -> None:
    sources = {path: path.read_text("utf-8") for path in sorted(SCREENS.rglob("*.py"))}

    found = [
        f"{path.relative_to(SCREENS.parent)}:{finding}"
        for path, findings in zip(sources, check(*sources.values()), strict=True)
        for finding in findings
    ]

    assert found == []
