"""Write the page of commands, `docs/commands.md`, from what the command line takes.

A test sees that the page is not older than the code.
"""

# ruff: noqa: SLF001 - argparse tells of its arguments in no other way

import argparse
from collections.abc import Iterator
from pathlib import Path

from boconsole.doors.arguments import Parser, tree
from boconsole.language import use_language

PAGE = Path(__file__).parent / "commands.md"
HEAD = """# Commands

This page is made from `boconsole/doors/arguments.py` by `make docs`.

`--database URL` names another database, `--json` answers for programs; both stand before the
area or after the verb. The exit code is 0 when done, 1 when refused (the reason is on stderr)
and 2 for wrong usage. Options stand anywhere among the words; what stands after `--` is none.
"""
SHARED = ("--help", "--database", "--json", "--version")


def page() -> str:
    use_language("en")
    return HEAD + "".join(sections(tree(), "boconsole"))


def sections(parser: argparse.ArgumentParser, words: str) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            about = {choice.dest: choice.help for choice in action._choices_actions}
            for name, part in action.choices.items():
                whole = f"{words} {name}"
                if part.leaf:
                    yield section(part, whole)
                else:
                    yield f"\n## {whole}\n\n{sentence(about[name])}\n"
                    if part.get_default("run"):
                        yield section(part, whole)
                    yield from sections(part, whole)


def section(parser: Parser, words: str) -> str:
    told = [
        action
        for action in parser._actions
        if not set(SHARED) & {*action.option_strings}
        and not isinstance(action, argparse._SubParsersAction)
    ]
    options = sorted(told, key=lambda action: bool(action.option_strings))
    usage = wrapped([words, *(form(action) for action in options)])
    lines = [f"\n### {words}\n", sentence(parser.description), "", usage]
    if told := [action for action in options if action.help]:
        lines += [
            "",
            *(
                f"- `{form(action).removeprefix('[').removesuffix(']')}`: {action.help}"
                for action in told
            ),
        ]
    if parser.epilog:
        examples = [line.strip() for line in parser.epilog.splitlines()[1:]]
        lines += ["", "For example:", "", "```", *examples, "```"]
    return "\n".join(lines) + "\n"


def wrapped(parts: list[str], limit: int = 90) -> str:
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) < limit:
            lines[-1] += f" {part}"
        else:
            lines.append(f"    {part}")
    return "\n".join(f"    {line}" for line in lines)


def form(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    if not action.option_strings:
        if " " in name:
            return name
        marks = {"*": f"[{name} …]", "+": f"{name} …", "?": f"[{name}]"}
        return marks.get(str(action.nargs), name)
    words = action.option_strings[-1] + ("" if action.nargs == 0 else f" {name}")
    return words if action.required else f"[{words}]"


def bare(action: argparse.Action) -> str:
    return form(action).removeprefix("[").removesuffix("]")


def sentence(text: str | None) -> str:
    text = text or ""
    return text[:1].upper() + text[1:] + "."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
