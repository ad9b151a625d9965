"""One table of actions: no key twice, the keymap file, the page of keys."""

from pathlib import Path

import pytest

from screens.actions import FORM_ACTIONS, GLOBAL_ACTIONS, LIST_ACTIONS, RECORD_ACTIONS, of_feature
from screens.keymap import check_keymap, read_keymap
from screens.keys import Action, bindings, clashes, key_name
from screens.keys_page import every_action, keys_page
from screens.widgets.record_table import RecordTable
from tests.consoles import AREAS, console, settle

ACTIONS = (
    Action("list.mark", "Mark", ("space",), "list"),
    Action("list.sort", "Sort", ("o",), "list"),
    Action("form.save", "Save", ("ctrl+s",), "form"),
    Action("app.help", "Help", ("?",), "global"),
)


def test_no_key_has_two_meanings_in_a_list() -> None:
    assert clashes([*GLOBAL_ACTIONS, *LIST_ACTIONS, *RECORD_ACTIONS]) == []


def test_a_verb_has_one_key_in_every_area() -> None:
    keys: dict[str, set[tuple[str, ...]]] = {}
    for action in every_action():
        if action.where == "list":
            keys.setdefault(action.verb, set()).add(action.keys)

    assert [verb for verb, found in keys.items() if len(found) > 1] == []


def test_features_share_the_keys_of_verbs() -> None:
    assert [(action.id, action.keys) for action in of_feature("ticket", "state", "assign")] == [
        ("ticket.state", ("s",)),
        ("ticket.assign", ("a",)),
    ]


def test_table_and_list_name_the_same_actions() -> None:
    known = {action.id: set(action.keys) for action in LIST_ACTIONS}
    table = {binding.id for binding in RecordTable.BINDINGS if not isinstance(binding, tuple)}

    assert table <= known.keys()


def test_no_binding_of_a_letter_beats_an_entry() -> None:
    found = bindings([*GLOBAL_ACTIONS, *LIST_ACTIONS, *FORM_ACTIONS])

    assert not any(binding.priority for binding in found)


@pytest.mark.parametrize(
    ("key", "name"),
    [("ctrl+s", "^s"), ("question_mark", "?"), ("escape", "esc"), ("space", "space"), ("G", "G"),
     ("shift+tab", "S-tab"), ("vertical_line", "|"), ("f1", "f1"), ("left_square_bracket", "[")],
)  # fmt: skip
def test_keys_are_named_as_people_read_them(key: str, name: str) -> None:
    assert key_name(key) == name


def test_keymap_moves_keys() -> None:
    found = check_keymap({"list.mark": "x, ctrl+t"}, ACTIONS)

    assert (dict(found.keys), found.problems) == ({"list.mark": "x,ctrl+t"}, ())


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"list.fly": "x"}, "unknown action, list.fly"),
        ({"list.mark": ""}, "keys of list.mark"),
        ({"list.mark": 5}, "keys of list.mark"),
        ({"list.mark": "o"}, "o to list.mark, but list.sort has it"),
        ({"list.mark": "question_mark"}, "? to list.mark, but app.help has it"),
    ],
)
def test_wrong_entry_is_named_and_left_out(wanted: dict[str, object], problem: str) -> None:
    found = check_keymap({**wanted, "form.save": "ctrl+y"}, ACTIONS)

    assert dict(found.keys) == {"form.save": "ctrl+y"}
    assert problem in found.problems[0]


def test_two_keys_can_be_swapped() -> None:
    found = check_keymap({"list.mark": "o", "list.sort": "space"}, ACTIONS)

    assert (dict(found.keys), found.problems) == ({"list.mark": "o", "list.sort": "space"}, ())


def test_key_of_a_form_may_be_used_in_a_list() -> None:
    assert check_keymap({"list.mark": "ctrl+s"}, ACTIONS).problems == ()


@pytest.mark.parametrize("text", ["keys = 5", "[keys\n", "\xff"])
def test_broken_keymap_is_reported_not_raised(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keymap.toml"
    path.write_bytes(text.encode("latin-1"))

    found = read_keymap(path, lambda: ACTIONS)

    assert (dict(found.keys), len(found.problems)) == ({}, 1)


async def test_keymap_works_in_the_console_and_its_problems_are_said(tmp_path: Path) -> None:
    (tmp_path / "keymap.toml").write_text('[keys]\n"app.messages" = "f8"\n"desk.fly" = "x"\n')
    app = console(tmp_path, areas=AREAS[:1])
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        said = [notice.text for notice in app.notices.log]
        await pilot.press("f8")
        await settle(pilot)

        assert said == ["The keymap names an unknown action, desk.fly."]
        assert type(app.screen).__name__ == "MessagesScreen"


def test_page_of_keys_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "docs" / "keys.md"

    assert page.read_text("utf-8") == keys_page(), "run python docs/make_keys.py"
