"""The columns of visits in a workbook, of what belongs to them, and of the days without any."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.register.columns import CADRE_TOLD, CADRES, ENTERPRISE_NAME_TOLD
from esm.domain.requests.columns import LEDGER_TOLD
from esm.domain.values.column_spec import (
    CANCELLED_ENTRY,
    END_ON,
    NUMBER,
    STAFF_NO,
    START_ON,
    USCC,
    VISITED_BY,
    VISITED_ON,
    SheetSpec,
    column,
    told_of,
)
from esm.domain.visits.contact_made import Business, Channel, Satisfaction, VisitOutcome

_WORDS = (
    column(
        "channel",
        "Channel",
        "走访方式",
        Channel,
        "方式 联系方式 走访形式 服务方式 服务形式 走访类型 形式 沟通方式",
        blank=Channel.ON_SITE,
    ),
    column("outcome", "Outcome", "走访结果", VisitOutcome, "结果 见面情况 是否见面 见面结果", blank=VisitOutcome.MET),
    column(
        "minutes",
        "Minutes",
        "走访纪要",
        "text",
        "纪要 记录 走访记录 走访内容 走访情况 走访主要内容 主要内容 服务内容 服务情况 服务记录"
        " 服务事项 沟通事项 沟通内容 交流内容 调研内容 调研情况 notes",
    ),
    column("met_with", "Met with", "接待人", "text", "接待人员 接待人及职务 企业接待人"),
    column("business", "Business", "经营情况", Business, "生产经营情况 经营状况"),
    column("satisfaction", "Satisfaction", "满意度", Satisfaction, "企业满意度 评价"),
)
_CANCELLED = (
    column("cancelled_on*", "Cancelled on", "撤销日期", "date"),
    column("cancel_reason", "Reason for cancellation", "撤销原因", "text"),
)
_DONE_ON = column("done_on*", "Date", "走访日期", "date", "走访时间 日期 时间 visitdate visitedon")
_RECORDED_ON = column("recorded_on*", "Recorded on", "登记日期", "date")
_OF_THE_VISIT = replace(NUMBER, label="Entry of that visit", chinese="当次第几条")

COMPANION_TOLD = told_of(
    "companion", CADRES.columns, "name", "同行人员 陪同人员 随同人员 同行人 陪同人 参加人员 同访人员"
)

# A request that was raised at a visit (docs/rules.md, Import).
_RAISED = (
    column(
        "problem", "Request raised", "反映问题", "text",
        "企业诉求 存在问题 存在的问题 诉求 诉求内容 问题 反映的问题 企业反映问题 企业反映的问题 问题诉求"
        " 问题及诉求 困难问题 存在困难"
        " 企业困难 困难诉求 提出问题 收集问题 诉求问题 诉求建议 问题和诉求 企业问题 反映诉求 存在问题及诉求 企业需求",
        path="",
    ),
    column("has_problem", "Any request", "是否有诉求", "yes_no",
        "有无诉求 是否反映问题 有无问题 是否有问题 是否存在问题 有无困难 是否提出诉求", path=""),
    column("problem_class", "Class of the request", "诉求类别", "text",
        "诉求类型 诉求分类 问题类别 问题类型 问题分类", path=""),
)  # fmt: skip
# What such a sheet tells of how far the request has come since; how content somebody is, and when, is of the visit.
_SINCE = tuple(each for each in LEDGER_TOLD if each.key not in {"satisfied", "confirmed_on"})
# Whether the visit took place, and if not, what did; the headers are those of requests as well.
_COMPLETION = column(
    "completion",
    "Whether it took place",
    "走访完成情况",
    "text",
    "完成情况 是否完成 是否走访 是否已走访 走访状态 走访与否 走访进度 完成状态 状态 当前状态 进度 是否完成走访",
    path="",
)

VISITS = SheetSpec(
    key="visits", table="visit", label="Visits", chinese="走访", names="走访表 走访记录 走访台账 走访情况 visit",
    unique=("uscc", "staff_no", "done_on"),
    columns=(USCC, STAFF_NO, _DONE_ON, *_WORDS, replace(_RECORDED_ON, is_required=False, is_kept=True)),
    told=(*ENTERPRISE_NAME_TOLD, *CADRE_TOLD, *COMPANION_TOLD, *_RAISED, _COMPLETION, *_SINCE),
)  # fmt: skip
CANCELLED_VISITS = SheetSpec(
    key="cancelled_visits", table="visit", label="Cancelled visits", chinese="已撤销走访",
    unique=("uscc", "staff_no", "done_on", "number"),
    columns=(USCC, STAFF_NO, _DONE_ON, NUMBER, *_WORDS, _RECORDED_ON, *_CANCELLED),
)  # fmt: skip
COMPANIONS = SheetSpec(
    key="companions", table="companion", label="Accompanying persons", chinese="同行人员",
    unique=("uscc", "visited_on", "visited_by", "cancelled_entry", "number"),
    columns=(
        replace(USCC, path="visit_id.enterprise_id.uscc"),
        VISITED_ON,
        VISITED_BY,
        CANCELLED_ENTRY,
        _OF_THE_VISIT,
        column("companion", "Accompanying cadre", "同行经理人工号", "staff_no", "同行干部工号", path=STAFF_NO.path),
        column("department", "Accompanying department", "同行部门", "text"),
    ),
)  # fmt: skip
PROMISES = SheetSpec(
    key="promises", table="promise", label="Promises", chinese="承诺",
    unique=("uscc", "visited_on", "visited_by", "cancelled_entry", "number"),
    columns=(
        USCC,
        VISITED_ON,
        VISITED_BY,
        CANCELLED_ENTRY,
        _OF_THE_VISIT,
        column("words*", "Promise", "承诺事项", "text"),
        column("due_on*", "Until", "期限", "date"),
        column("kept_on", "Kept on", "兑现日期", "date"),
    ),
)  # fmt: skip
OUTSIDE_VISITS = SheetSpec(
    key="outside_visits", table="outside_visit", label="Visits of other departments", chinese="其他部门走访",
    unique=("uscc", "department", "done_on", "number"),
    columns=(
        USCC,
        column("department*", "Department", "部门", "text"),
        _DONE_ON,
        NUMBER,
        column("minutes", "Minutes", "走访纪要", "text"),
        _RECORDED_ON,
        *(replace(each, is_required=False) for each in _CANCELLED),
    ),
)  # fmt: skip
PAUSES = SheetSpec(
    key="pauses", table="pause", label="Pauses", chinese="暂停走访", unique=("uscc", "start_on"),
    columns=(USCC, START_ON, END_ON, column("reason*", "Reason", "原因", "text")),
)  # fmt: skip
BLACKOUTS = SheetSpec(
    key="blackouts", table="blackout", label="Blackouts", chinese="免打扰", unique=("uscc", "start_on"),
    columns=(USCC, START_ON, replace(END_ON, is_required=True), column("reason", "Reason", "原因", "text")),
)  # fmt: skip
