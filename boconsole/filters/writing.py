"""From a query's tree back to text, in one canonical form that reads as the same query."""

from boconsole.filters.syntax import (
    And,
    Change,
    Changed,
    Name,
    Node,
    Not,
    Or,
    Query,
    Range,
    Term,
    Value,
    Was,
    Word,
)


def format(query: Query) -> str:  # noqa: A001  # the counterpart of parse
    """Return the canonical text of a query."""
    parts = []
    if query.where is not None:
        parts.append(_node(query.where))
    if query.everything:
        parts.append("any")
    if query.sort:
        parts.append("sort:" + ",".join(map(_name, query.sort)))
    if query.group is not None:
        parts.append("group:" + _name(query.group))
    if query.columns:
        parts.append("cols:" + ",".join(map(_name, query.columns)))
    if query.limit is not None:
        parts.append(f"limit:{query.limit}")
    if query.edit:
        parts.append("| set " + " ".join(map(_change, query.edit)))
    return " ".join(parts)


def quote(text: str) -> str:
    """Return the text in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _node(node: Node) -> str:
    match node:
        case Word(text, quoted):
            if not quoted and text.lower() == "and":  # alone it joins; denied twice it is meant
                return f"--{text}"
            if not quoted and text.startswith("|"):  # outside of parentheses an edit begins
                return f"({text})"
            return quote(text) if quoted else text
        case Term(name, operator, values):
            return f"{name}:{operator}" + ",".join(map(_item, values))
        case Was(name, values, when):
            at = "" if when is None else "@" + _value(when)
            return f"was:{name}=" + ",".join(map(_value, values)) + at
        case Changed(name, operator, when):
            return f"changed:{name}" + ("" if when is None else (operator or "@") + _value(when))
        case Not(part):
            return "-" + _grouped(part)
        case And(parts):
            return " ".join(map(_grouped, parts))
        case Or(parts):
            return " or ".join(map(_node, parts))


def _grouped(node: Node) -> str:
    return f"({_node(node)})" if isinstance(node, And | Or) else _node(node)


def _item(item: Value | Range) -> str:
    if isinstance(item, Value):
        return _value(item)
    return "..".join("" if end is None else _value(end) for end in (item.low, item.high))


def _value(value: Value) -> str:
    text = quote(value.text) if value.quoted else value.text
    return "+" + text if value.plus else text


def _name(name: Name) -> str:
    return ("-" if name.descending else "") + name.text


def _change(change: Change) -> str:
    return f"{change.name}={_value(change.value)}"
