"""Looks into the container that an old .xls file is, before it is parsed.

The parser makes room for what the container claims, and follows its chains of sectors for as long as they go:
in a ring until the memory is used up.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_HEADER = 512
_COUNTS = (44, 64, 72)  # where the header counts the sectors of its tables
_MINI_TABLE, _TABLES = 60, 76  # where the header says which sectors hold them
_SECTOR_SIZES = (9, 12)  # as powers of two
_LAST = 0xFFFFFFFA  # from here on a number is a mark, not a sector


def is_sound(data: bytes) -> bool:
    """Return whether the container claims no more than the file holds, and no chain in it is a ring."""
    if len(data) < _HEADER:
        return False
    power, mini_power = struct.unpack_from("<HH", data, 30)
    if power not in _SECTOR_SIZES or mini_power != 6:
        return False
    sectors = len(data) >> power
    if any(struct.unpack_from("<I", data, place)[0] > sectors for place in _COUNTS):
        return False
    tables = [number for number in struct.unpack_from("<109I", data, _TABLES) if number < _LAST]
    chain = _read(data, tables, power)
    if _has_ring(chain):
        return False
    (number,) = struct.unpack_from("<I", data, _MINI_TABLE)
    mini = []
    while number < len(chain):
        mini.append(number)
        number = chain[number]
    return not _has_ring(_read(data, mini, power))


def _read(data: bytes, sectors: Sequence[int], power: int) -> list[int]:
    """Return the numbers that stand in these sectors."""
    found: list[int] = []
    for sector in sectors:
        part = data[(sector + 1) << power : (sector + 2) << power]
        found += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
    return found


def _has_ring(chain: Sequence[int]) -> bool:
    """Return whether following the chain from any sector comes back to one that was passed on the way."""
    seen_from = [-1] * len(chain)
    for start in range(len(chain)):
        number = start
        while number < len(chain) and seen_from[number] < 0:
            seen_from[number] = start
            number = chain[number]
        if number < len(chain) and seen_from[number] == start:
            return True
    return False
