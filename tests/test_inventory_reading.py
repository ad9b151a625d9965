"""Outputs of lshw, dmidecode, ip and lsblk become parts."""

import json
from pathlib import Path

import pytest

from boconsole.assets.inventory.parts import InventoryError, Part
from boconsole.assets.inventory.reading import read

DATA = Path(__file__).parent / "data" / "inventory"


def sample(name: str) -> str:
    """Return the text of a sample."""
    return (DATA / name).read_text()


def test_lshw_names_what_is_in_each_slot() -> None:
    found = read(sample("lshw.json"))

    assert found.parts == (
        Part("system", "system", "LENOVO 20W0003GUS (LENOVO_MT_20W0)", "PF3ABC12"),
        Part("board", "board", "LENOVO 20W0003GUS", "L1HF16N00AB"),
        Part("firmware", "firmware", "LENOVO N34ET58W (1.58 )"),
        Part("processor", "U3E1", "Intel Corp. 11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz"),
        Part("memory", "ChannelA-DIMM0", "Samsung M471A1G44AB0-CWE", "", "8 GiB"),
        Part("memory", "ChannelB-DIMM0", "Samsung M471A1K43DB1-CWE", "367D51B2", "8 GiB"),
        Part("graphics", "display", "Intel Corporation TigerLake-LP GT2 [Iris Xe Graphics]"),
        Part("disk", "nvme0n1", "Samsung Electronics Co Ltd SAMSUNG MZVLB512HBJQ-000L7",
             "S4ENNX2R", "476.9 GiB"),
        Part("interface", "enp0s31f6", "", "38:f3:ab:12:34:56"),
        Part("address", "10.1.0.23", "", "", "enp0s31f6"),
    )  # fmt: skip
    assert "interface" not in found.whole


def test_lshw_of_every_version_reads_alike() -> None:
    text = sample("lshw.json")
    bare = json.dumps(json.loads(text)[0])

    assert read(bare) == read(text)
    assert len(read(f"{bare},\n{bare}").parts) == 2 * len(read(text).parts)


def test_dmidecode_leaves_empty_sockets_out() -> None:
    found = read(sample("dmidecode.txt"))

    assert [(part.kind, part.slot, part.serial, part.size) for part in found.parts] == [
        ("firmware", "firmware", "", ""),
        ("system", "system", "7XK2Q93", ""),
        ("board", "board", ".7XK2Q93.CNFCP0099A00BC.", ""),
        ("processor", "CPU1", "", ""),
        ("memory", "A1", "2D1A99F2", "16 GiB"),
        ("memory", "A2", "2D1A9A01", "16 GiB"),
    ]


def test_ip_leaves_out_loopback_link_local_and_shared_macs() -> None:
    found = read(sample("ip.json"))

    assert [(part.kind, part.slot, part.serial or part.size) for part in found.parts] == [
        ("interface", "eno1", "e4:43:4b:aa:10:01"),
        ("interface", "eno2", "e4:43:4b:aa:10:02"),
        ("interface", "bond0", ""),
        ("address", "10.1.0.5", "bond0"),
        ("address", "10.1.0.6", "bond0"),
        ("address", "2001:db8:0:1::5", "bond0"),
        ("interface", "wg0", ""),
        ("address", "10.99.0.2", "wg0"),
    ]


def test_lsblk_names_disks_only() -> None:
    assert read(sample("lsblk.json")).parts == (Part("disk", "sda", size="894.3G"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n", "no text"),
        ("hello", "Handle"),
        ('[{"a": 1}]', "ifname"),
        ('\n[{"class":\n "system"', "line 3, column 10"),
        ('[{"addr_info": []}]', "Entry 1 of ip has no 'ifname'"),
        ('[{"ifname": "a", "addr_info": [{"local": "10.1"}]}]', "'10.1', which is none"),
        ('{"blockdevices": [{"size": 1}]}', "Entry 1 of lsblk has no 'name'"),
        ('{"blockdevices": 3}', "no list of objects"),
        ('[{"class": "bus"}]', "names no part"),
        ("[" * 200_000, "nested too deeply|no JSON"),
        ("\tSize: 1 GB\nHandle 0x1", "Line 1 stands before"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text: str, told: str) -> None:
    with pytest.raises(InventoryError, match=told):
        read(text)


def test_hostile_words_are_data() -> None:
    hostile = [
        {"id": "x", "class": "system", "product": "\x1b[2J[/x]\u202e evil", "serial": "a\nb"}
    ]

    assert read(json.dumps(hostile)).parts == (
        Part("system", "system", "[2J[/x] evil", "a b"),
    )  # fmt: skip
