"""The sheets that a roster needs not and a whole database does; recognised by their names alone.

To add one: a `SheetSpec` here, its table in `storage.ledgers`, and, where plain rows by key are not enough,
a taker in `usecases.importing`. A test fails while a journalled table or column is in no sheet.
"""

from __future__ import annotations

from esm.sheets.column import SheetSpec, column

_CODE = "统一社会信用代码"

SETTINGS = SheetSpec(
    "settings",
    "Settings",
    "设置",
    (),
    ("key",),
    (column("key*", "Setting", "设置项", "text"), column("value*", "Value", "值", "text")),
)
POSTINGS = SheetSpec(
    "postings",
    "Departments over time",
    "任职部门沿革",
    (),
    ("staff_no", "start_on"),
    (
        column("staff_no*", "Staff number", "工号", "staff_no"),
        column("department", "Department", "部门", "text"),
        column("start_on", "Start", "开始日期", "date"),
        column("end_on", "End", "结束日期", "date"),
    ),
)
PROFILES = SheetSpec(
    "profiles",
    "Groups over time",
    "企业分组沿革",
    (),
    ("uscc", "start_on"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("tier*", "Tier", "分级", "tier"),
        column("subdistrict", "Subdistrict", "街道/镇", "text"),
        column("industry_code", "Industry code", "行业代码", "industry"),
        column("start_on", "Start", "开始日期", "date"),
        column("end_on", "End", "结束日期", "date"),
    ),
)
SCOPES = SheetSpec(
    "scopes",
    "Stretches in scope",
    "在库期间",
    (),
    ("uscc", "start_on"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("basis*", "Says", "依据", "basis"),
        column("start_on*", "Start", "开始日期", "date"),
        column("end_on", "End", "结束日期", "date"),
    ),
)
PAUSES = SheetSpec(
    "pauses",
    "Pauses",
    "暂停走访",
    (),
    ("uscc", "start_on"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("start_on*", "Start", "开始日期", "date"),
        column("end_on", "End", "结束日期", "date"),
        column("reason*", "Reason", "原因", "text"),
    ),
)
CANCELLED_VISITS = SheetSpec(
    "cancelled_visits",
    "Cancelled visits",
    "已撤销走访",
    (),
    ("uscc", "staff_no", "done_on", "number"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("staff_no*", "Staff number", "工号", "staff_no"),
        column("done_on*", "Date", "走访日期", "date"),
        column("number", "Entry of that day", "当日第几条", "integer"),
        column("channel", "Channel", "走访方式", "channel"),
        column("outcome", "Outcome", "走访结果", "outcome"),
        column("minutes", "Minutes", "走访纪要", "text"),
        column("recorded_on*", "Recorded on", "登记日期", "date"),
        column("cancelled_on*", "Cancelled on", "撤销日期", "date"),
        column("cancel_reason", "Why cancelled", "撤销原因", "text"),
    ),
)
PLANS = SheetSpec(
    "plans",
    "Planned visits",
    "走访计划",
    (),
    ("uscc", "planned_on", "number"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("planned_on*", "Planned for", "计划日期", "date"),
        column("number", "Entry of that day", "当日第几条", "integer"),
        column("staff_no*", "Staff number", "工号", "staff_no"),
        column("due_on*", "Due", "应访日", "date"),
        column("confirmed", "Confirmed", "已约定", "yes_no"),
        column("provisional", "Provisional", "暂定", "yes_no"),
        column("made_on*", "Made on", "编制日期", "date"),
        column("visited_on", "Visited on", "实际走访日期", "date"),
        column("visited_by", "Visited by", "实际走访人工号", "staff_no"),
    ),
)
LEDGERS = (SETTINGS, POSTINGS, PROFILES, SCOPES, PAUSES, CANCELLED_VISITS, PLANS)
