"""How evenly the enterprises are shared out among the cadres in post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esm.domain.values.grouping import grouped_by_name


@dataclass(frozen=True, slots=True)
class CadreLoad:
    """A cadre in post, how many enterprises in scope they serve, and how many they may."""

    staff_no: str
    cadre: str
    department: str | None
    load: int
    capacity: int

    @property
    def room(self) -> int:
        """Return how many more they may take."""
        return max(0, self.capacity - self.load)


@dataclass(frozen=True, slots=True)
class LoadSpread:
    """The loads of some cadres: how many there are, what they serve and may serve, and how it is shared out.

    `middle` is the median, the lower one of two.
    """

    cadres: int
    serves: int
    capacity: int
    room: int
    idle: int
    least: int
    middle: int
    most: int

    @property
    def mean(self) -> Decimal | None:
        """Return the mean load to two places, None without cadres."""
        return (Decimal(self.serves) / self.cadres).quantize(Decimal("0.01")) if self.cadres else None


@dataclass(frozen=True, slots=True)
class LoadBalance:
    """The loads on a day, by cadre and by department."""

    as_of: date
    total: LoadSpread
    departments: tuple[tuple[str | None, LoadSpread], ...]
    cadres: tuple[CadreLoad, ...]

    @property
    def free(self) -> tuple[CadreLoad, ...]:
        """Return who could take more: the most room first, then the least load, then the staff number."""
        return tuple(
            sorted((one for one in self.cadres if one.room), key=lambda one: (-one.room, one.load, one.staff_no))
        )


def load_spread(loads: Sequence[CadreLoad]) -> LoadSpread:
    """Return how the loads of these cadres are shared out."""
    counts = [one.load for one in loads]
    return LoadSpread(
        cadres=len(loads),
        serves=sum(counts),
        capacity=sum(one.capacity for one in loads),
        room=sum(one.room for one in loads),
        idle=counts.count(0),
        least=min(counts, default=0),
        middle=sorted(counts)[(len(counts) - 1) // 2] if counts else 0,
        most=max(counts, default=0),
    )


def load_balance(as_of: date, loads: Sequence[CadreLoad]) -> LoadBalance:
    """Return the fairness of these loads; departments by name, those without one last."""
    departments = [(name, load_spread(own)) for name, own in grouped_by_name(loads, lambda one: one.department)]
    return LoadBalance(
        as_of, load_spread(loads), tuple(departments), tuple(sorted(loads, key=lambda one: one.staff_no))
    )
