"""Write everything that is made from `boconsole.settings.DESCRIPTIONS`.

The page `docs/settings.md`, the table in the README and `.env.example`; a test sees that
none of them is older than the table in the code.
"""

from pathlib import Path

from boconsole.settings import DESCRIPTIONS

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- settings: made by docs/make_settings.py -->", "<!-- end of settings -->"

PAGE = """# Settings

This page is made from `boconsole/settings.py` by `make docs`.

A setting is an environment variable, or a line of a file `.env` in the folder where the
command is started; `.env.example` is one to copy. The command line (`--database`) wins over
the environment, and the environment over `.env`. `boconsole settings` lists what is in force
and where each value came from. A value that is not allowed is named at the start, with what is.

{table}
"""
EXAMPLE = """# Copy to .env and take the # off the lines that you change.
# An environment variable of the same name wins over this file.
"""


def table() -> str:
    rows = [f"| `{name}` | {default} | {meaning} |" for name, default, meaning in DESCRIPTIONS]
    rows = [row.replace("<", "&lt;").replace(">", "&gt;") for row in rows]
    return "\n".join(["| setting | without it | meaning |", "|---|---|---|", *rows])


def example() -> str:
    entries = [
        f"\n# {meaning}\n# Without it: {default}.\n#{name}=\n"
        for name, default, meaning in DESCRIPTIONS
    ]
    return EXAMPLE + "".join(entries)


def readme() -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


def pages() -> dict[str, str]:
    """Return each file that is made here, by its path from the root."""
    return {
        "docs/settings.md": PAGE.format(table=table()),
        ".env.example": example(),
        "README.md": readme(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        (ROOT / path).write_text(text, "utf-8")
