"""The columns of working days and of the plan in a workbook."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.schedule.plan_changes import PlanChangeReason
from esm.domain.values.column_spec import NUMBER, STAFF_NO, USCC, VISITED_BY, VISITED_ON, SheetSpec, column

HOLIDAYS = SheetSpec(
    key="holidays", table="holiday", label="Days off and make-up days", chinese="放假与调休",
    unique=("notice", "falls_on"),
    columns=(
        column("notice*", "Notice", "安排", "text"),
        column("falls_on*", "Date", "日期", "date"),
        column("worked*", "Working day", "上班", "yes_no"),
        column("name*", "Name", "名称", "text"),
        column("source*", "Source", "来源", "text"),
    ),
)  # fmt: skip
PLANS = SheetSpec(
    key="plans", table="plan", label="Planned visits", chinese="走访计划", unique=("uscc", "planned_on", "number"),
    columns=(
        USCC,
        column("planned_on*", "Planned for", "计划日期", "date"),
        NUMBER,
        STAFF_NO,
        column("due_on*", "Due", "应访日", "date"),
        column("confirmed", "Confirmed", "已约定", "yes_no", blank=False),
        column("starts_at", "Agreed time", "约定时间", "time"),
        column("provisional", "Provisional", "暂定", "yes_no", blank=False),
        column("made_on*", "Made on", "编制日期", "date"),
        replace(VISITED_ON, chinese="实际走访日期", is_required=False),
        replace(VISITED_BY, chinese="实际走访人工号", is_required=False),
    ),
)  # fmt: skip
CALLED_OFF_PLANS = SheetSpec(
    key="called_off_plans", table="cancelled_plan", label="Planned visits called off", chinese="已取消的走访计划",
    unique=("uscc", "planned_on", "number"),
    columns=(
        USCC,
        column("planned_on*", "Planned for", "计划日期", "date"),
        NUMBER,
        STAFF_NO,
        column("cause", "Cause", "原因", PlanChangeReason),
        column("reason", "Reason", "说明", "text"),
        column("confirmed", "Confirmed", "已约定", "yes_no", blank=False),
        column("starts_at", "Agreed time", "约定时间", "time"),
        replace(column("cancelled_on*", "Called off on", "取消日期", "date"), is_kept=True),
    ),
)  # fmt: skip
