"""The above-scale watch: where the register and the thresholds disagree, or soon may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esm.domain.register import above_scale_thresholds
from esm.domain.register.above_scale_thresholds import MissingField, Prediction
from esm.domain.register.entry_window import ALL_YEAR_MEASURES, EntryWindow, Route
from esm.domain.values.codes import Code
from esm.errors import say


class RegisterEntry(Code):
    """What the register says, or that the roster does not tell."""

    REGISTERED = "registered", say("on the register"), "在库"
    NOT_REGISTERED = "not_registered", say("not on the register"), "未入库"
    SILENT = "silent", say("not stated in the roster"), "名册未写明"


class ListKind(Code):
    """One list of the watch."""

    NOT_REGISTERED = "not_registered", say("Above the threshold, not registered"), "达标未入库"
    BELOW_LINE = "below_line", say("Registered, below the threshold"), "在库但低于入库标准", "在库低于标准"
    NURSERY = "nursery", say("Near the threshold"), "小升规培育", "培育"
    AT_RISK = "at_risk", say("Registered, near the threshold"), "临界企业", "在库临线 临线"
    UNDECIDABLE = "undecidable", say("Undecidable"), "无法判定"
    UNCHECKED = "unchecked", say("Register not checked, figures missing"), "缺数据未比对"
    NO_LINE = "no_line", say("Not assessed by revenue"), "不按营业收入判定"


LIST_KINDS = tuple(ListKind)


@dataclass(frozen=True, slots=True)
class WatchedEnterprise:
    """An enterprise with what the register says of it on the day; `enters_on`: a later day is told already.

    `revenue` is in 10 000 yuan a year.
    """

    uscc: str
    enterprise: str
    subdistrict: str | None
    industry_code: str | None
    revenue: Decimal | None
    employees: int | None
    qualified: bool | None
    register: RegisterEntry
    enters_on: date | None


@dataclass(frozen=True, slots=True)
class LinePosition:
    """Where an enterprise stands towards its line; `route` leads into the register, None where none is due."""

    watched: WatchedEnterprise
    prediction: Prediction
    route: Route | None


@dataclass(frozen=True, slots=True)
class ThresholdWatch:
    """The lists as of a day, each in the order of the enterprises given, and the windows of the register.

    `enterprises` are those in the lists but `no_line`, each in one, and those `in_order`: the register agrees with
    the thresholds, and the line is not near.
    """

    as_of: date
    nursery_percent: int
    enterprises: int
    registered: int
    in_order: int
    lists: Mapping[ListKind, tuple[LinePosition, ...]]
    windows: Mapping[Route, EntryWindow]


def watch_lists(
    enterprises: Iterable[WatchedEnterprise], as_of: date, *, nursery_percent: int, windows: Mapping[Route, EntryWindow]
) -> ThresholdWatch:
    """Return every enterprise in the lists it belongs to."""
    lists: dict[ListKind, list[LinePosition]] = {kind: [] for kind in LIST_KINDS}
    total = registered = in_order = 0
    for each in enterprises:
        total += 1
        registered += each.register == RegisterEntry.REGISTERED
        prediction = above_scale_thresholds.prediction(
            each.industry_code, revenue=each.revenue, employees=each.employees, qualified=each.qualified, on=as_of
        )
        found = tuple(list_kinds(each, prediction, nursery_percent))
        in_order += not {*found} - {"no_line"}
        for kind in found:
            lists[kind].append(LinePosition(each, prediction, _route(kind, prediction)))
    listed = {kind: tuple(standings) for kind, standings in lists.items()}
    return ThresholdWatch(as_of, nursery_percent, total, registered, in_order, listed, windows)


def list_kinds(watched: WatchedEnterprise, prediction: Prediction, nursery_percent: int) -> Iterator[ListKind]:
    """Yield the lists that an enterprise belongs to.

    The nursery holds who is not registered and lacks at most `nursery_percent` of the line; at risk is who is
    registered and has less than that above it. Where a field is missing, an enterprise is undecidable if the
    roster is silent, as for `esm check`, and else unchecked: the register decides, but nothing can be held against
    it. Without a line of revenue an enterprise is listed for that too.
    """
    is_registered = watched.register == RegisterEntry.REGISTERED
    if prediction.above == is_registered:
        yield from _near_the_line(watched, prediction, nursery_percent)
    elif prediction.above is not None:
        yield ListKind.NOT_REGISTERED if prediction.above else ListKind.BELOW_LINE
    if prediction.missing is not None and prediction.missing != MissingField.RULE:
        yield ListKind.UNDECIDABLE if watched.register == RegisterEntry.SILENT else ListKind.UNCHECKED
    if prediction.missing == MissingField.RULE or (
        prediction.threshold is not None and prediction.threshold.line is None
    ):
        yield ListKind.NO_LINE


def _near_the_line(watched: WatchedEnterprise, prediction: Prediction, nursery_percent: int) -> Iterator[ListKind]:
    line = None if prediction.threshold is None else prediction.threshold.line
    if line is None or watched.revenue is None:
        return
    distance = 100 * (watched.revenue - line) / line
    if watched.register != "registered" and distance >= -nursery_percent:
        yield ListKind.NURSERY
    if watched.register == "registered" and 0 <= distance < nursery_percent:
        yield ListKind.AT_RISK


def _route(kind: ListKind, prediction: Prediction) -> Route | None:
    if kind not in {"not_registered", "nursery"} or prediction.threshold is None:
        return None
    return Route.ALL_YEAR if prediction.threshold.measure in ALL_YEAR_MEASURES else Route.ANNUAL
