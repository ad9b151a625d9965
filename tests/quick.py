"""What makes consoles under test quick: waits that look instead of sleep, and look-ups kept.

What is waited for, and what the console does, is as without it, but for what nobody sees: a
screen without a terminal is drawn once all that a key changes is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, process_time
from types import FunctionType, MethodType
from typing import Any
from weakref import WeakSet

import pytest
from textual import _callback
from textual.app import App
from textual.css.styles import RenderStyles
from textual.drivers.headless_driver import HeadlessDriver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.reactive import Reactive
from textual.screen import Screen

GLANCE = 0.005
"""Seconds between two looks at whether a typed key has been worked off."""
CALM = 3
"""Turns of the loop in which no widget does anything."""


@contextmanager
def quick() -> Iterator[None]:
    """Play consoles so within."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", until_idle)
        patch.setattr("textual.pilot.Pilot._wait_for_screen", until_worked_off)
        patch.setattr(_callback, "_count_parameters", _count_parameters)
        patch.setattr(MessagePump, "_get_dispatch_methods", _dispatch_methods)
        patch.setattr(Reactive, "__get__", _reactive_value)
        patch.setattr(Screen, "_compositor_refresh", _paint_later)
        patch.setattr(RenderStyles, "get_rule", _rule)
        patch.setattr("screens.forms.SUGGEST_PAUSE", GLANCE)
        yield


async def until_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until the process works no more, as Textual does with looks four times as far apart."""
    start = monotonic()
    while monotonic() - start < max_sleep:
        before = process_time()
        await asyncio.sleep(GLANCE)
        if process_time() - before < GLANCE / 20 and monotonic() - start > min_sleep:
            return


async def until_worked_off(pilot: Pilot[Any], timeout: float = 30) -> bool:
    """Wait until the screen and its widgets have nothing to do, by a look at their queues.

    Textual sends each widget a message instead and waits for all of them, which is most of what
    a test with many keys computes.
    """
    app, start, quiet = pilot.app, monotonic(), 0
    while quiet < CALM and not app._exception_event.is_set():
        await asyncio.sleep(0 if quiet or monotonic() - start < GLANCE else GLANCE / 5)
        pumps = (app, *app._registry)
        quiet = quiet + 1 if not any(map(_at_work, pumps)) else 0
        if quiet == CALM and app in _unpainted:
            _unpainted.discard(app)
            app.screen.call_next(_library_paint, app.screen)
            quiet = 0
        if monotonic() - start > timeout:
            raise WaitForScreenTimeout("Widgets still work.")
    return not app._exception_event.is_set()


_unpainted: WeakSet[App[Any]] = WeakSet()
_library_paint = Screen._compositor_refresh


def _paint_later(screen: Screen[Any]) -> None:
    """Draw what nobody sees once for all that a key changes, as a slow line would show it."""
    if type(screen.app._driver) is not HeadlessDriver or screen is not screen.app.screen:
        _library_paint(screen)
        return
    screen._dirty_widgets.clear()
    _unpainted.add(screen.app)


def _rule(styles: RenderStyles, name: str, default: object = None) -> object:
    """Return the value of a rule, of the widget's own before that of the style sheets."""
    own = styles._inline_styles._rules
    return own[name] if name in own else styles._base_styles._rules.get(name, default)


def _at_work(pump: MessagePump) -> bool:
    if pump._closing or pump._closed or not pump._task:
        return False
    queue = pump._message_queue
    return bool(queue.values or pump._next_callbacks or not queue.ready_event._waiters)


def _reactive_value(reactive: Reactive[Any], node: Any, kind: type) -> Any:
    """Return the value of an attribute that is there and is not computed."""
    if node is not None:
        try:
            value = node.__dict__[reactive.internal_name]
        except KeyError:
            return _library_value(reactive, node, kind)
        if reactive.name not in kind._computes:
            return value
    return _library_value(reactive, node, kind)


_library_value = Reactive.__get__
_parameters: dict[object, int] = {}


def _count_parameters(function: Callable[..., object]) -> int:
    """Count the parameters of a function, once for all that have the same code."""
    if type(function) is MethodType:
        return _count_parameters(function.__func__) - 1
    if type(function) is not FunctionType:
        return _callback_count(function)
    code = function.__code__
    if code not in _parameters:
        _parameters[code] = _callback_count(function)
    return _parameters[code]


_callback_count = _callback._count_parameters
_plain: dict[tuple[type, type, str], list[tuple[type, Any]] | None] = {}
_library_methods = MessagePump._get_dispatch_methods


def _dispatch_methods(
    pump: MessagePump, method_name: str, message: Message
) -> Iterator[tuple[type, Callable[[Message], Any]]]:
    """Find the handlers of a message, once for each class of widgets where no selector decides."""
    key = (type(pump), type(message), method_name)
    if key not in _plain:
        _plain[key] = _plain_methods(*key)
    if (known := _plain[key]) is None:
        yield from _library_methods(pump, method_name, message)
        return
    for owner, method in known:
        if message._no_default_action:
            break
        yield owner, method.__get__(pump, owner)


def _plain_methods(pump: type, message: type, name: str) -> list[tuple[type, Any]] | None:
    """Return the handlers of a class; None where they depend on the sender."""
    methods: list[tuple[type, Any]] = []
    kinds = [kind for kind in message.__mro__ if issubclass(kind, Message)]
    for owner in pump.__mro__:
        decorated = owner.__dict__.get("_decorated_handlers") or {}
        if any(kind in decorated for kind in kinds):
            return None
        method = owner.__dict__.get(f"_{name}") or owner.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            methods.append((owner, method))
    return methods
