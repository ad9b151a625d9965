"""The output of `lshw -json`: one object, a list of them, or (before 02.19) objects in a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from boconsole.assets.inventory.parts import Inventory, Part, gathered, size, word

DEEPEST = 40
Node = Mapping[str, Any]  # Any: JSON of another program
PLAIN = {"processor": "processor", "display": "graphics"}


def read(nodes: Sequence[Node]) -> Inventory:
    """Return the parts of a tree of hardware; interfaces are never told in full by lshw."""
    found: list[Part] = []
    for node in nodes:
        for each, inside in _walk(node, "", 0):
            found += _parts(each, inside)
    inventory = gathered("lshw", found)
    return inventory._replace(whole=inventory.whole - {"interface", "address"})


def _walk(node: Node, inside: str, depth: int) -> Iterator[tuple[Node, str]]:
    """Yield each node with the id of the one that it is in."""
    yield node, inside
    children = node.get("children")
    if isinstance(children, list) and depth < DEEPEST:
        for child in children:
            if isinstance(child, dict):
                yield from _walk(child, word(node.get("id")), depth + 1)


def _parts(node: Node, inside: str) -> Iterator[Part]:
    kind, ident = word(node.get("class")), word(node.get("id"))
    root = ident.split(":")[0]
    if kind == "system" and not inside:
        yield _part("system", "system", node)
    elif root == "core" and kind == "bus":
        yield _part("board", "board", node)
    elif root == "firmware":
        yield _part("firmware", "firmware", node)._replace(name=_name(node, "version"), serial="")
    elif kind in PLAIN:
        if node.get("disabled") is not True and _name(node):
            yield _part(PLAIN[kind], word(node.get("slot")) or ident, node)
    elif kind == "memory" and root == "bank":
        if _bytes(node):
            yield _part("memory", word(node.get("slot")) or ident, node)
    elif kind in ("disk", "storage", "volume"):
        yield from _disk(node, kind)
    elif kind == "network":
        yield from _interface(node)


def _part(kind: str, slot: str, node: Node) -> Part:
    shown = size(_bytes(node)) if kind in ("memory", "disk") and _bytes(node) else ""
    return Part(kind, slot, _name(node), word(node.get("serial")), shown)


def _disk(node: Node, kind: str) -> Iterator[Part]:
    """Yield a disk; the device of an NVMe disk names the maker at the controller only."""
    device = _device(node)
    is_disk = kind == "disk" and bool(_bytes(node)) and bool(device)
    if is_disk and not device.startswith("nvme"):
        yield _part("disk", device, node)
    elif kind == "storage" and device.startswith("nvme"):
        spaces: list[Node] = [
            each for each in node.get("children") or ()
            if isinstance(each, dict) and _bytes(each) and _device(each).startswith("nvme")
        ]  # fmt: skip
        for each in spaces or [node]:
            shown = size(_bytes(each)) if _bytes(each) else ""
            slot = _device(each) if spaces else f"{device}n1"
            yield Part("disk", slot, _name(node), word(node.get("serial")), shown)


def _device(node: Node) -> str:
    """Return the device's name without /dev/; where several are named, the longest."""
    value = node.get("logicalname")
    names = [word(each) for each in value] if isinstance(value, list) else [word(value)]
    devices = [name.removeprefix("/dev/") for name in names if name.startswith("/dev/")]
    return max(devices, key=len, default="")


def _interface(node: Node) -> Iterator[Part]:
    value = node.get("logicalname")
    name = word(value[0] if isinstance(value, list) and value else value)
    if not name or name == "lo":
        return
    yield Part("interface", name, "", word(node.get("serial")).lower())
    settings = node.get("configuration")
    address = word(settings.get("ip")) if isinstance(settings, dict) else ""
    if address:
        yield Part("address", address, "", "", name)


def _name(node: Node, more: str = "") -> str:
    maker, product = word(node.get("vendor")), word(node.get("product"))
    if product.lower().startswith(maker.lower()):
        maker = ""
    return " ".join(each for each in (maker, product, word(node.get(more))) if each)


def _bytes(node: Node) -> int:
    value = node.get("size", node.get("capacity"))
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
