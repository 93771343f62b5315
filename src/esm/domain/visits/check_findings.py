"""What the coverage checker finds, each with a kind that scripts can rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from esm.domain.values.codes import Code
from esm.domain.visits.contact_made import VisitOutcome
from esm.errors import Message, say


class FindingKind(Code):
    """What is found; first what concerns today, then what a review of the visits asks about."""

    UNSERVED = "unserved", say("unserved"), "未结对"
    CADRE_LEFT = "cadre_left", say("cadre left"), "经理人离任"
    OVER_CAPACITY = "over_capacity", say("over capacity"), "超出服务户数上限"
    RECUSED_PAIR = "recused_pair", say("recused pair"), "应回避的结对"
    NEVER_VISITED = "never_visited", say("never visited"), "从未走访"
    OVERDUE = "overdue", say("overdue"), "逾期"
    ABSENT_WITHOUT_DEPUTY = "absent_without_deputy", say("absent without deputy"), "请假无B岗代理人"
    NO_FREE_DAY = "no_free_day", say("no free day"), "无空闲工作日"
    PLANNED_LATE = "planned_late", say("planned late"), "排期晚于应访日"
    NOT_REACHED = VisitOutcome.NOT_REACHED
    REFUSED = VisitOutcome.REFUSED
    MOVED = VisitOutcome.MOVED
    CLOSED = VisitOutcome.CLOSED
    PROMISE_OVERDUE = "promise_overdue", say("promise overdue"), "承诺逾期"
    UNDECIDABLE = "undecidable", say("undecidable"), "无法判定"
    PREDICTED_ABOVE_SCALE = "predicted_above_scale", say("predicted above-scale"), "疑似达规（限）未入库"
    BELOW_LINE = "below_line", say("below the threshold"), "在库但低于入库标准"
    DUPLICATE_NAME = "duplicate_name", say("same name"), "企业重名"
    STALE_CONTACT = "stale_contact", say("stale contact"), "联系人待核实"
    BURST = "burst", say("many entered at once"), "集中录入"
    COPIED_MINUTES = "copied_minutes", say("similar minutes"), "纪要雷同"
    NOBODY_NAMED = "nobody_named", say("person met not named"), "未写接待人"
    RUSH = "rush", say("end-of-period rush"), "期末集中走访"
    LATE_ENTRY = "late_entry", say("entered late"), "补录"
    CALL_BACK = "call_back", say("verify by phone"), "电话回访"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `subject` names whom it concerns.

    `days` tells for how long it has been so, None where that is not known or does not matter. The cadre is the one it
    is about, else the one who serves the enterprise; the department and the subdistrict are those of that day.
    """

    kind: FindingKind
    uscc: str | None
    staff_no: str | None
    subject: str
    detail: Message
    days: int | None = None
    cadre: str | None = None
    department: str | None = None
    subdistrict: str | None = None


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings kind by kind, those that have lasted longest first, then by code and staff number."""
    order = {kind: place for place, kind in enumerate(FindingKind)}
    return sorted(
        findings, key=lambda each: (order[each.kind], -(each.days or 0), each.uscc or "", each.staff_no or "")
    )


def counts_by_kind(findings: Iterable[Finding]) -> list[tuple[FindingKind, int]]:
    """Return how many there are of each kind that occurs, the most frequent first."""
    return Counter(each.kind for each in findings).most_common()
