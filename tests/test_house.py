"""The house itself: its floors, its start, its pages, its lock file."""

import ast
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from boconsole.doors import arguments
from boconsole.filters.parse import parse
from boconsole.importing.maps import read_map
from boconsole.tickets.import_fields import TicketDraft
from boconsole.tickets.import_lists import CREATABLE

ROOT = Path(__file__).parent.parent
PACKAGES = ("screens", "boconsole", "db")
CATCH_ALL_ROOTS = ("boconsole/doors/", "screens/app.py", "screens/working.py")
PICTURES = (".svg", ".png")

EVERY_RULE = """
import importlib, pkgutil, sys
import boconsole, db
for package in (boconsole, db):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        past = module.name.startswith(("boconsole.doors", "boconsole.__main__", "db.migrations"))
        past or importlib.import_module(module.name)
print(sorted(name for name in ("textual", "rich", "screens") if name in sys.modules))
"""
VERSION = """
import sys
from boconsole.doors.main import main
sys.argv = ["boconsole", "--version"]
try:
    main()
except SystemExit:
    pass
print(sorted(name for name in ("textual", "peewee", "screens") if name in sys.modules))
"""


def in_fresh_interpreter(code: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return finished.stdout.splitlines()[-1]


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


CATCH_ALL = re.compile(r"\bexcept\s*:|\b(Base)?Exception\b")
"""Without it a file need not be parsed: it has no such handler."""


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def mentions(pattern: str) -> list[str]:
    own = Path(__file__)
    found = re.compile(pattern, re.MULTILINE)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if path != own and path.suffix not in PICTURES
        if found.search(text := path.read_text("utf-8", "replace"))
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


def catch_alls(path: Path) -> Iterator[int]:
    """Yield the lines of handlers that take every exception and do not raise it again."""
    if not CATCH_ALL.search(text := path.read_text("utf-8")):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            caught = {name.id for name in ast.walk(node.type or node) if isinstance(name, ast.Name)}
            wide = node.type is None or caught & {"Exception", "BaseException"}
            again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if wide and not again:
                yield node.lineno


def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pairs = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pairs}


def wanted() -> list[str]:
    table = project()
    extras = table["project"]["optional-dependencies"].values()
    groups = table["dependency-groups"].values()
    return [
        *table["project"]["dependencies"],
        *(entry for extra in extras for entry in extra),
        *(entry for group in groups for entry in group),
    ]


def blocks(page: str, kind: str = "") -> list[str]:
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def command_lines() -> list[str]:
    pages = [path.relative_to(ROOT).as_posix() for path in tracked("*.md")]
    lines = "".join(block for page in pages for block in blocks(page)).splitlines()
    return [line for line in lines if line == "boconsole" or line.startswith("boconsole ")]


def query_lines() -> list[str]:
    lines = next(block for block in blocks("README.md") if block.startswith("printer"))
    return [re.split(r" {2,}", line)[0] for line in lines.splitlines()]


def test_rules_and_records_load_without_screens() -> None:
    loaded = in_fresh_interpreter(EVERY_RULE)

    assert loaded == "[]"


def test_version_answers_without_textual_and_peewee() -> None:
    loaded = in_fresh_interpreter(VERSION)

    assert loaded == "[]"


def test_every_exception_is_caught_at_the_roots_only() -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]

    found = [
        f"{name}:{line}"
        for path in sources
        if not (name := path.relative_to(ROOT).as_posix()).startswith(CATCH_ALL_ROOTS)
        for line in catch_alls(path)
    ]

    assert found == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(^|[^A-Za-z0-9_.~])/(work|root|farm|opt)/",
        r"(?i)\b(pypi\.org|pythonhosted\.org)\b|--(extra-)?index-url|--trusted-host",
        r"(<{7} |>{7} |={7}$)",
    ],
    ids=["paths of a machine", "package hosts", "unfinished merges"],
)
def test_nothing_of_one_machine_is_in_the_repository(pattern: str) -> None:
    found = mentions(pattern)

    assert found == []


@pytest.mark.parametrize("path", ["docs/settings.md", ".env.example", "README.md"])
def test_settings_are_written_as_they_are_in_the_code(path: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_settings.py"))["pages"]()

    assert (ROOT / path).read_text("utf-8") == made[path], "run `make docs`"


def test_changelog_has_a_place_for_what_comes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert re.search(r"^## Unreleased$", text, re.MULTILINE)


def test_commands_of_the_pages_are_in_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    pages = "\n".join(path.read_text("utf-8") for path in tracked("*.md"))

    named = set(re.findall(r"(?:^|`)make ([a-z]+)", pages, re.MULTILINE))

    assert named
    assert named <= set(targets)


def test_links_between_the_pages_lead_somewhere() -> None:
    links = [
        (page.relative_to(ROOT).as_posix(), page.parent / target)
        for page in tracked("*.md")
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    ]

    broken = [f"{page}: {target.name}" for page, target in links if not target.exists()]

    assert broken == []


def test_readme_begins_with_the_two_commands() -> None:
    first, second, *_others = blocks("README.md")

    assert (first, second) == ("make run\n", "make test\n")


def can_be_typed(line: str) -> bool:
    try:
        return bool(arguments.parse(shlex.split(line, comments=True)[1:]).run)
    except (SystemExit, ValueError):
        return False


def test_command_lines_of_the_pages_can_be_typed() -> None:
    lines = command_lines()

    refused = [line for line in lines if not can_be_typed(line)]

    assert lines
    assert refused == []


def test_queries_of_the_readme_can_be_read() -> None:
    lines = query_lines()

    assert lines
    assert all(parse(line) for line in lines)


def test_map_of_the_page_on_importing_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(blocks("docs/importing.md", "toml")[0], "utf-8")

    plan = read_map(path, TicketDraft._fields, many=("tags",), lists=CREATABLE)

    assert plan.source == "old helpdesk"


def test_page_on_importing_names_every_field() -> None:
    text = (ROOT / "docs" / "importing.md").read_text("utf-8")
    table = text.partition("## The fields")[2].partition("\n## ")[0]

    named = re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\|([^|]+)\|", table, re.MULTILINE)))

    assert sorted(named) == sorted(TicketDraft._fields)


def test_lock_file_keeps_the_bounds_of_the_project() -> None:
    asked, versions = [Requirement(entry) for entry in wanted()], locked()

    outside = [
        str(one) for one in asked
        if not one.specifier.contains(versions[canonicalize_name(one.name)])
    ]  # fmt: skip

    assert outside == [], "run `make lock`"


def test_lock_file_has_a_hash_for_every_package() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")

    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


ABOUT_NOTHING = {
    "article.new", "asset.labels", "asset.new", "assessment.new", "fixed_asset.new",
    "leave_day.new", "payroll.run", "period.except", "project.new", "staff.hire",
    "stocktake.open", "time.add", "user.new",
}  # fmt: skip
"""Forms of what is new and hangs on no record; for many records, or one, there is `draft_of`."""


def test_every_form_says_which_record_it_is_about() -> None:
    """What was typed about one record would else be offered in the form of another."""
    loose = []
    for path in (ROOT / "screens").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Form"):
                continue
            name, of = call.args[0], getattr(call.args[0], "func", None)
            told = isinstance(name, ast.Call) and bool(name.args[1:])
            told = told and ast.unparse(of or name) in ("draft_of", "words.form_of")
            known = len(call.args) > 5 or any(one.arg == "record_id" for one in call.keywords)
            if not told and not known and ast.unparse(name).strip("'") not in ABOUT_NOTHING:
                loose.append(f"{path.name}:{call.lineno} {ast.unparse(name)}")

    assert loose == []


def test_modules_stay_short() -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]

    long = [path.name for path in sources if len(path.read_text("utf-8").splitlines()) > 400]

    assert long == []
