"""The sheets that a roster needs not and a whole database does; recognised by their names alone.

To add one: a `SheetSpec` here, its table in `storage.exchange.tables`, and, where plain rows by key are not enough,
a taker in `usecases.exchange.load`. A test fails while a journalled table or column is in no sheet.
"""

from __future__ import annotations

from esm.sheets.exchange.column_spec import SheetSpec, column

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
        column("met_with", "Met with", "接待人", "text"),
        column("business", "Business", "经营情况", "business"),
        column("satisfaction", "Satisfaction", "满意度", "satisfaction"),
        column("recorded_on*", "Recorded on", "登记日期", "date"),
        column("cancelled_on*", "Cancelled on", "撤销日期", "date"),
        column("cancel_reason", "Why cancelled", "撤销原因", "text"),
    ),
)
BLACKOUTS = SheetSpec(
    "blackouts",
    "Blackouts",
    "免打扰",
    (),
    ("uscc", "start_on"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("start_on*", "Start", "开始日期", "date"),
        column("end_on*", "End", "结束日期", "date"),
        column("reason", "Reason", "原因", "text"),
    ),
)
COMPANIONS = SheetSpec(
    "companions",
    "Who went along",
    "同行人员",
    (),
    ("uscc", "visited_on", "visited_by", "cancelled_entry", "number"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("visited_on*", "Visited on", "走访日期", "date"),
        column("visited_by*", "Visited by", "走访人工号", "staff_no"),
        column("cancelled_entry", "Cancelled entry of that day", "当日第几条已撤销", "integer"),
        column("number", "Entry of that visit", "当次第几条", "integer"),
        column("companion", "Cadre along", "同行干部工号", "staff_no"),
        column("department", "Department along", "同行部门", "text"),
    ),
)
PROMISES = SheetSpec(
    "promises",
    "Promises",
    "承诺",
    (),
    ("uscc", "visited_on", "visited_by", "cancelled_entry", "number"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("visited_on*", "Visited on", "走访日期", "date"),
        column("visited_by*", "Visited by", "走访人工号", "staff_no"),
        column("cancelled_entry", "Cancelled entry of that day", "当日第几条已撤销", "integer"),
        column("number", "Entry of that visit", "当次第几条", "integer"),
        column("words*", "Promise", "承诺事项", "text"),
        column("due_on*", "Until", "期限", "date"),
        column("kept_on", "Kept on", "兑现日期", "date"),
    ),
)
OUTSIDE_VISITS = SheetSpec(
    "outside_visits",
    "Visits of other departments",
    "其他部门走访",
    (),
    ("uscc", "department", "done_on", "number"),
    (
        column("uscc*", "Credit code", _CODE, "code"),
        column("department*", "Department", "部门", "text"),
        column("done_on*", "Date", "走访日期", "date"),
        column("number", "Entry of that day", "当日第几条", "integer"),
        column("minutes", "Minutes", "走访纪要", "text"),
        column("recorded_on*", "Recorded on", "登记日期", "date"),
        column("cancelled_on", "Cancelled on", "撤销日期", "date"),
        column("cancel_reason", "Why cancelled", "撤销原因", "text"),
    ),
)
HOLIDAYS = SheetSpec(
    "holidays",
    "Days off and worked",
    "放假与调休",
    (),
    ("notice", "falls_on"),
    (
        column("notice*", "Notice", "安排", "text"),
        column("falls_on*", "Day", "日期", "date"),
        column("worked*", "Worked", "上班", "yes_no"),
        column("name*", "Name", "名称", "text"),
        column("source*", "Source", "来源", "text"),
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
LEDGERS = (
    SETTINGS, HOLIDAYS, POSTINGS, PROFILES, SCOPES, PAUSES, BLACKOUTS, CANCELLED_VISITS, COMPANIONS, PROMISES,
    OUTSIDE_VISITS, PLANS,
)  # fmt: skip
