"""The sheets of requests and policies in a workbook; recognised by their names alone."""

from __future__ import annotations

from esm.sheets.exchange.column_spec import SheetSpec, column

_CODE = "统一社会信用代码"
_CODES = "信用代码 社会信用代码 统一信用代码 统一代码 企业信用代码"

REQUEST_CLASSES = SheetSpec(
    "request_classes",
    "Request classes",
    "诉求类别",
    (),
    ("code",),
    (
        column("code*", "Class code", "类别代码", "text"),
        column("name", "Class", "类别名称", "name"),
        column("retired", "Retired", "已停用", "yes_no"),
    ),
)
REQUESTS = SheetSpec(
    "requests",
    "Requests",
    "诉求",
    ("诉求台账", "诉求清单", "企业诉求", "问题台账"),
    ("request_no",),
    (
        column("request_no", "Request number", "诉求编号", "integer", "编号"),
        column("uscc*", "Credit code", _CODE, "code", _CODES),
        column("received_on*", "Received on", "收到日期", "date", "收集日期 提出日期 日期"),
        column("request_class*", "Class", "诉求类别", "text", "类别"),
        column("nature", "Nature", "诉求性质", "nature", "性质"),
        column("subject*", "Asks for", "诉求内容", "text", "诉求 问题 内容"),
        column("staff_no", "Brought by (staff number)", "经办干部工号", "staff_no", "工号"),
        column("visited_on+", "Raised on the visit of", "提出时的走访日期", "date"),
        column("accept_days", "Days to accept", "受理时限(工作日)", "integer"),
        column("answer_days", "Days for supporting answers", "协办时限(工作日)", "integer"),
        column("close_days", "Days to close", "办理时限(工作日)", "integer"),
    ),
)
REQUEST_EVENTS = SheetSpec(
    "request_events",
    "Moves of requests",
    "诉求办理",
    ("办理记录", "诉求办理记录"),
    ("request_no", "number"),
    (
        column("request_no*", "Request number", "诉求编号", "integer", "编号"),
        column("number", "Step", "第几步", "integer"),
        column("move*", "Move", "办理环节", "move"),
        column("done_on*", "Day", "办理日期", "date"),
        column("who", "By whom", "经办人", "text"),
        column("department", "Department", "部门", "text"),
        column("supporting", "Supporting departments", "协办部门", "text"),
        column("note", "Note", "备注", "text"),
        column("until_on", "New deadline", "新期限", "date"),
        column("days", "Days to close a hard case", "疑难件时限(工作日)", "integer"),
        column("outcome", "Outcome", "办理结果", "case_outcome"),
        column("basis", "Legal basis", "法律依据", "text"),
        column("satisfied", "Satisfied", "企业满意", "yes_no"),
        column("reason", "Why elevated", "提级原因", "reason"),
    ),
)
POLICIES = SheetSpec(
    "policies",
    "Policies",
    "政策",
    ("惠企政策", "政策清单"),
    ("code",),
    (
        column("code*", "Policy code", "政策编号", "name", "编号"),
        column("title*", "Policy", "政策名称", "name", "名称 政策"),
        column("source", "Source", "文件依据", "text", "文号"),
        column("gives", "Gives", "政策内容", "text"),
        column("worth", "Worth (yuan)", "可享受金额(元)", "yuan", "可享受金额"),
        column("start_on", "First day", "开始日期", "date"),
        column("until_on", "Last day", "截止日期", "date", "有效期至"),
        column("industries", "Industries", "适用行业", "prefixes"),
        column("tiers", "Tiers", "适用等级", "tiers"),
        column("sizes", "Sizes", "适用规模", "sizes"),
        column("above_scale", "Above-scale only", "仅限规上", "yes_no"),
        column("newly_entered", "Newly entered only", "仅限新入库", "yes_no"),
        column("unasked", "Paid unasked", "免申即享", "yes_no"),
    ),
)
BRIEFINGS = SheetSpec(
    "briefings",
    "Briefings",
    "宣讲",
    ("政策宣讲", "宣讲记录"),
    ("policy", "uscc", "done_on"),
    (
        column("policy*", "Policy code", "政策编号", "name"),
        column("uscc*", "Credit code", _CODE, "code", _CODES),
        column("done_on*", "Explained on", "宣讲日期", "date", "日期"),
        column("staff_no", "Staff number", "工号", "staff_no"),
        column("on_visit+", "On a visit", "走访时宣讲", "yes_no"),
    ),
)
APPLICATIONS = SheetSpec(
    "applications",
    "Applications",
    "政策申报",
    ("申报",),
    ("policy", "uscc", "done_on"),
    (
        column("policy*", "Policy code", "政策编号", "name"),
        column("uscc*", "Credit code", _CODE, "code", _CODES),
        column("done_on*", "Day", "日期", "date"),
        column("kind*", "What the enterprise did", "申报情况", "answer"),
        column("note", "Note", "备注", "text"),
    ),
)
RELIEFS = SheetSpec(
    "reliefs",
    "Relief",
    "减负",
    ("减税降费", "政策兑付", "兑付"),
    ("policy", "uscc", "done_on", "kind", "number"),
    (
        column("policy*", "Policy code", "政策编号", "name"),
        column("uscc*", "Credit code", _CODE, "code", _CODES),
        column("done_on*", "Day", "到账日期", "date", "日期"),
        column("kind*", "Kind", "减负类别", "relief", "类别 资金类型 资金类别"),
        column("number", "Entry of that day", "当日第几条", "integer", "当日第几笔"),
        column("amount*", "Amount (yuan)", "金额(元)", "yuan", "金额"),
    ),
)
MATTERS = (REQUEST_CLASSES, REQUESTS, REQUEST_EVENTS, POLICIES, BRIEFINGS, APPLICATIONS, RELIEFS)
