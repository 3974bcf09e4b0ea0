"""Keys: what each does where, what a person may change of it, and that every one of them does something."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.geometry import Size

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store import Settings
from mooring.ui.actions import Actions
from mooring.ui.actions.catalogue import ACTIONS, BY_NAME
from mooring.ui.keys import Area, Keymap, keymap_of
from mooring.ui.keys.keymap import Found
from mooring.ui.keys.names import canonical, no_key, spell, written
from mooring.ui.keys.router import Router
from mooring.ui.keys.tables import PRESETS, Tables
from mooring.ui.screens.leader_map import LeaderMap, columns_of


def origin_of(*key: str) -> Origin:
    """A place that names the key, so that a test can tell which one was meant."""
    return Origin("/".join(key), 1)


def keymap_with(**areas: dict[str, str]) -> tuple[Keymap, tuple[ConfigError, ...]]:
    """The standard keys with some of one's own."""
    return keymap_of(Settings(keys=areas), origin_of)


@pytest.mark.parametrize("tables", [preset() for preset in PRESETS.values()], ids=list(PRESETS))
class TestEveryPreset:
    def test_every_action_is_in_the_catalogue(self, tables: Tables) -> None:
        assert {key.action for keys in tables.values() for key in keys} <= set(BY_NAME)

    def test_a_key_means_one_thing_in_an_area(self, tables: Tables) -> None:
        for area, keys in tables.items():
            names = [name for key in keys for name in key.names]
            assert len(names) == len(set(names)), area

    def test_what_holds_everywhere_is_not_used_for_something_else(self, tables: Tables) -> None:
        everywhere = {name for key in tables[Area.ANYWHERE] for name in key.names}
        for area in set(Area) - {Area.ANYWHERE, Area.LEADER}:
            assert not everywhere & {name for key in tables[area] for name in key.names}, area

    def test_the_map_of_the_leader_is_seen_whole_in_eighty_columns(self, tables: Tables) -> None:
        keymap = Keymap(tables, tables)
        view = LeaderMap(keymap.leader, keymap.hints(Area.LEADER), id="map")
        labelled = [hint for hint in keymap.hints(Area.LEADER) if hint.label]
        columns, lines = columns_of(labelled, 80)
        assert columns * lines >= len(labelled)
        assert view.get_content_height(Size(80, 24), Size(80, 24), 80) == lines + 1 <= 8

    def test_the_footer_names_the_leader_first_in_a_session(self, tables: Tables) -> None:
        keymap = Keymap(tables, tables)
        assert [hint.label for hint in keymap.footer(Area.SESSION)] == ["leader", "tabs", "scroll"]
        assert keymap.footer(Area.SESSION)[0].key == spell(keymap.leader)


@pytest.mark.parametrize(
    ("key", "spelt"),
    [
        ("question_mark", "?"),
        ("ctrl+pageup", "ctrl+pgup"),
        ("x", "x"),
        ("ctrl+plus", "ctrl++"),
        ("plus", "+"),
        ("comma", ","),
        ("alt+ctrl+comma", "alt+ctrl+,"),
        ("escape", "esc"),
        ("shift+left", "shift+←"),
    ],
)
def test_keys_are_written_as_people_do_and_read_back(key: str, spelt: str) -> None:
    assert spell(key) == spelt
    assert canonical(spelt) == key
    assert canonical(written(key)) == key
    assert written(key).split(",") == [written(key)]
    assert no_key(key) == ""


@pytest.mark.parametrize(
    ("person", "key"),
    [
        ("Ctrl+Alt+X", "alt+ctrl+x"),
        ("shift+a", "A"),
        ("Ctrl+PgUp", "ctrl+pageup"),
        ("ESC", "escape"),
        ("del", "delete"),
        ("Return", "enter"),
        ("ctrl + o", "ctrl+o"),
        ("A", "A"),
        ("ä", "ä"),
    ],
)
def test_other_ways_to_write_a_key_are_understood(person: str, key: str) -> None:
    assert canonical(person) == key
    assert no_key(key) == ""


def test_every_action_of_the_palette_can_stand_behind_the_leader() -> None:
    keymap, problems = keymap_with(leader={"record-text": "T"}, anywhere={"settings": "ctrl+f2"})
    assert not problems
    assert keymap.find(Area.LEADER, "T") == Found(action="record-text")
    assert keymap.find(Area.ANYWHERE, "ctrl+f2") == Found(action="settings")
    assert "ctrl+f2" in keymap.reserved
    assert ("T", "record text") in {(hint.key, hint.label) for hint in keymap.hints(Area.LEADER)}


def test_a_key_of_ones_own_takes_the_place_of_the_usual_one() -> None:
    keymap, problems = keymap_with(list={"hand-over": "w"})
    assert not problems
    assert keymap.find(Area.LIST, "w") == Found(action="hand-over")
    assert keymap.find(Area.LIST, "o") == Found()
    assert keymap.find(Area.DETAIL, "o") == Found(action="hand-over")
    assert keymap.where("hand-over") == "w, or o, or f12 s"


def test_a_key_that_the_widget_reads_by_itself_reaches_it_as_the_one_it_knows() -> None:
    keymap, problems = keymap_with(list={"mark": "v, insert"})
    assert not problems
    assert keymap.find(Area.LIST, "v") == keymap.find(Area.LIST, "insert") == Found(instead="space")
    assert keymap.find(Area.LIST, "space") == Found()
    assert Keymap(PRESETS["standard"](), PRESETS["standard"]()).find(Area.LIST, "space") is None


def test_the_other_action_loses_the_key_and_that_is_said() -> None:
    keymap, problems = keymap_with(list={"hand-over": "y"})
    assert keymap.find(Area.LIST, "y") == Found(action="hand-over")
    assert [str(problem.origin) for problem in problems] == ["keys/list/hand-over:1"]
    assert problems[0].message == "`hand-over` in [keys.list]: copy-ssh-line has no key any more here"


def test_two_actions_may_exchange_their_keys() -> None:
    keymap, problems = keymap_with(list={"hand-over": "y", "copy-ssh-line": "o"})
    assert not problems
    assert keymap.find(Area.LIST, "y") == Found(action="hand-over")
    assert keymap.find(Area.LIST, "o") == Found(action="copy-ssh-line")


def test_of_two_wishes_for_one_key_the_first_holds() -> None:
    keymap, problems = keymap_with(list={"hand-over": "z", "quit": "z"})
    assert keymap.find(Area.LIST, "z") == Found(action="hand-over")
    assert [problem.message for problem in problems] == ["`quit` in [keys.list]: z is given to hand-over already"]


def test_an_empty_wish_takes_the_key_away() -> None:
    keymap, problems = keymap_with(list={"quit": ""})
    assert not problems
    assert keymap.find(Area.LIST, "q") == Found()
    assert "quit" not in {hint.label for hint in keymap.footer(Area.LIST)}


@pytest.mark.parametrize(
    ("areas", "message", "hint"),
    [
        ({"lst": {}}, "there is no part of the screen `lst`", "did you mean `list`?"),
        ({"list": {"handover": "z"}}, "there is no action in [keys.list] `handover`", "did you mean `hand-over`?"),
        ({"anywhere": {"leader": " "}}, "`leader` in [keys.anywhere]: there has to be a key that leads", None),
        (
            {"anywhere": {"next-tab": "f12"}},
            "`next-tab` in [keys.anywhere]: f12 leads, and there has to be a key that leads",
            None,
        ),
        (
            {"anywhere": {"leader": "x"}},
            "`leader` in [keys.anywhere]: programs in sessions can't do without x",
            None,
        ),
        (
            {"filter": {"clear-filter": "space"}},
            "`clear-filter` in [keys.filter]: space is text there; it takes one with ctrl or alt, or a function key",
            None,
        ),
        ({"list": {"quit": "pgupp"}}, "`quit` in [keys.list]: there is no key pgupp; did you mean pgup?", None),
        (
            {"list": {"quit": "ctl+q"}},
            "`quit` in [keys.list]: ctl is none of alt, ctrl, hyper, meta, shift, super",
            None,
        ),
        ({"list": {"quit": "f12"}}, "`quit` in [keys.list]: f12 is leader everywhere", None),
        (
            {"anywhere": {"next-tab": "ctrl+z"}},
            "`next-tab` in [keys.anywhere]: ctrl+z is not undo-edit any more then",
            None,
        ),
        ({"leader": {"help": "f12"}}, "`help` in [keys.leader]: f12 twice sends the key itself to the program", None),
    ],
)
def test_what_is_not_known_is_named_with_the_nearest(
    areas: dict[str, dict[str, str]], message: str, hint: str | None
) -> None:
    keymap, problems = keymap_with(**areas)
    assert [(problem.message, problem.hint) for problem in problems] == [(message, hint)]
    assert keymap.leader == "f12"


def test_the_leader_may_be_set_by_a_setting_of_its_own() -> None:
    keymap, problems = keymap_of(Settings(key_preset="compact", leader="ctrl+o"), origin_of)
    assert not problems
    assert keymap.reserved == ("ctrl+o", "alt+left", "alt+right")
    assert keymap.scroll.page_up == ("alt+up",)


def test_the_scroll_keys_of_a_session_follow() -> None:
    keymap, _problems = keymap_with(session={"scroll-page-up": "ctrl+up, f11", "scroll-live": ""})
    assert keymap.scroll.page_up == ("ctrl+up", "f11")
    assert (keymap.scroll.page_down, keymap.scroll.live) == (("shift+pagedown",), ())


def test_the_leader_takes_one_key_and_is_up_again() -> None:
    keymap, _problems = keymap_with()
    router = Router(keymap)
    assert router.press(Area.SESSION, "x") is None
    assert router.press(Area.SESSION, "f12") == Found()
    assert router.is_leading
    assert router.press(Area.SESSION, "x") == Found(action="close-pane")
    assert not router.is_leading
    for key, action in (("f12", "send-leader"), ("4", "tab-4"), ("escape", "never-mind"), ("ctrl+x", "")):
        router.press(Area.SESSION, "f12")
        assert router.press(Area.SESSION, key) == Found(action=action)
    assert router.press(Area.SESSION, "ctrl+pagedown") == Found(action="next-tab")


def test_a_key_that_may_be_pressed_again_keeps_the_leader_down_for_its_like() -> None:
    router = Router(keymap_with()[0])
    router.press(Area.SESSION, "f12")
    assert router.press(Area.SESSION, "shift+left") == Found(action="resize-left", again=True)
    assert router.is_leading and router.is_repeating
    assert router.press(Area.SESSION, "greater_than_sign") == Found(action="move-tab-right", again=True)
    assert router.press(Area.SESSION, "x") is None, "it is for the session"
    assert not router.is_leading and not router.is_repeating
    for key in ("f12", "shift+up"):
        router.press(Area.SESSION, key)
    assert router.press(Area.SESSION, "ctrl+pagedown") == Found(action="next-tab")
    for key in ("f12", "shift+up", "f12"):
        router.press(Area.SESSION, key)
    assert router.press(Area.SESSION, "x") == Found(action="close-pane")


def test_between_two_parts_of_the_screen_only_what_holds_everywhere_is_taken() -> None:
    router = Router(keymap_with()[0])
    assert router.press(None, "q") is None
    assert router.press(None, "ctrl+pageup") == Found(action="previous-tab")


def test_an_action_is_done_when_its_time_is() -> None:
    done: list[str] = []
    ready = False
    actions = Actions()
    actions.handle("quit", lambda: done.append("quit"), when=lambda: ready)
    assert actions.perform("quit") is None
    assert not done
    assert not actions.for_palette
    ready = True
    actions.perform("quit")
    assert done == ["quit"]
    assert [action.name for action in actions.for_palette] == ["quit"]
    with pytest.raises(KeyError):
        actions.handle("no such action", lambda: None)


def test_a_title_fits_into_the_palette() -> None:
    assert all(0 < cell_len(action.title) <= 60 for action in ACTIONS)
