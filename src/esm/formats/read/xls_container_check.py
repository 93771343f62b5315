"""Checks the container format of an .xls file before it is parsed.

The parser makes room for what the container claims, and follows its chains of sectors for as long as they go:
in a ring until the memory is used up.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = 512
_COUNTS = (44, 64, 72)  # where the header counts the sectors of its tables
_MINI_TABLE, _TABLES = 60, 76  # where the header says which sectors hold them
_SECTOR_SIZES = (9, 12)  # as powers of two
_SMALL_POWER = 6
_LAST = 0xFFFFFFFA  # from here on a number is a mark, not a sector


@dataclass(frozen=True, slots=True)
class Container:
    """The sectors of a valid container."""

    data: bytes
    power: int
    table: Sequence[int]
    small_table: Sequence[int]

    def chain(self, first: int) -> bytes:
        """Return the content of the sector chain that starts at `first`."""
        return b"".join(
            self.data[(number + 1) << self.power : (number + 2) << self.power] for number in _chain(self.table, first)
        )

    def small_chain(self, first: int, room: bytes) -> bytes:
        """Return the content of the small-sector chain that starts at `first`, stored in `room`."""
        return b"".join(
            room[number << _SMALL_POWER : (number + 1) << _SMALL_POWER] for number in _chain(self.small_table, first)
        )


def sectors_of(data: bytes) -> Container:
    """Return the sectors of a valid container."""
    power, table = _table(data)
    (first,) = struct.unpack_from("<I", data, _MINI_TABLE)
    return Container(data, power, table, _read(data, _chain(table, first), power))


def _table(data: bytes) -> tuple[int, list[int]]:
    """Return the sector size as a power of two, and the next sector of each."""
    (power,) = struct.unpack_from("<H", data, 30)
    tables = [number for number in struct.unpack_from("<109I", data, _TABLES) if number < _LAST]
    return power, _read(data, tables, power)


def _chain(table: Sequence[int], first: int) -> list[int]:
    """Return the sector chain that starts at `first`; the table contains no cycle."""
    numbers = []
    while first < len(table):
        numbers.append(first)
        first = table[first]
    return numbers


def is_sound(data: bytes) -> bool:
    """Return whether the container claims no more than the file contains and has no cyclic chain."""
    if len(data) < _HEADER:
        return False
    power, small_power = struct.unpack_from("<HH", data, 30)
    if power not in _SECTOR_SIZES or small_power != _SMALL_POWER:
        return False
    sectors = len(data) >> power
    if any(struct.unpack_from("<I", data, place)[0] > sectors for place in _COUNTS):
        return False
    _, table = _table(data)
    return not _has_ring(table) and not _has_ring(sectors_of(data).small_table)


def _read(data: bytes, sectors: Sequence[int], power: int) -> list[int]:
    """Return the numbers stored in these sectors."""
    found: list[int] = []
    for sector in sectors:
        part = data[(sector + 1) << power : (sector + 2) << power]
        found += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
    return found


def _has_ring(chain: Sequence[int]) -> bool:
    """Return whether following the chain from any sector leads into a cycle."""
    seen_from = [-1] * len(chain)
    for start in range(len(chain)):
        number = start
        while number < len(chain) and seen_from[number] < 0:
            seen_from[number] = start
            number = chain[number]
        if number < len(chain) and seen_from[number] == start:
            return True
    return False
