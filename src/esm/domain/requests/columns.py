"""The columns of requests and their moves in a workbook; `requests.ledger_row` tells both in one row."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.register.columns import CADRES, ENTERPRISE_NAME_TOLD
from esm.domain.requests.ledger_words import ClosedMark, Contentment, LedgerState
from esm.domain.requests.states import EscalationReason, Nature, RequestOutcome, TransitionKind
from esm.domain.values.column_spec import NUMBER, STAFF_NO, USCC, VISITED_ON, SheetSpec, column, told_of

REQUEST_CLASSES = SheetSpec(
    key="request_classes", table="request_class", label="Request classes", chinese="诉求类别", unique=("code",),
    columns=(
        column("code*", "Class code", "类别代码", "text"),
        column("name", "Class", "类别名称", "name"),
        column("retired", "Retired", "已停用", "yes_no", blank=False),
    ),
)  # fmt: skip
_FIRMS = ("诉求企业", "诉求单位", "反映企业", "提出企业", "诉求企业名称", "反映单位", "服务对象", "服务企业")
# What a ledger tells beyond the request itself: its moves, in the order in which they are made.
LEDGER_TOLD = (
    column("accepted_on", "Accepted on", "受理日期", "date", "受理时间", path=""),
    column("dispatched_on", "Dispatched on", "交办日期", "date",
           "交办时间 转办日期 转办时间 派单日期 派单时间 分办日期 分办时间 流转日期 流转时间", path=""),
    column("department", "Department", "责任部门", "text",
           "交办部门 承办部门 责任单位 承办单位 主办单位 主办部门 牵头部门 牵头单位 办理部门 办理单位 转办部门"
           " 交办单位 处理部门",
           path=""),
    column("supporting", "Supporting departments", "协办部门", "text",
        "协办单位 配合部门 配合单位 协同部门 会办部门", path=""),
    column("answered_on", "Answered on", "答复日期", "date", "答复时间 回复日期 回复时间 反馈日期 反馈时间", path=""),
    column("answer", "Answer", "答复内容", "text", "答复 答复情况 回复 回复内容 回复情况 反馈情况 反馈内容", path=""),
    column("progress", "Progress", "办理情况", "text",
           "办理进展 整改情况 整改进展 整改落实情况 工作进展 进展情况 处理情况 办理措施 解决措施 推进情况 目前进展",
           path=""),
    column("closed_on", "Closed on", "办结日期", "date",
           "办结时间 销号日期 销号时间 完成日期 完成时间 解决日期 解决时间 实际办结日期 实际办结时间", path=""),
    column("result", "Result", "办理结果", "text", "处理结果 解决情况 落实情况 办结情况 解决结果 落实结果", path=""),
    column("basis", "Legal basis", "法律依据", "text", "政策依据", path=""),
    column("closed", "Closed", "是否销号", ClosedMark,
        "是否办结 是否完成 销号 销号情况 办结 是否已办结 是否已销号", path=""),
    column("state", "State", "办理状态", LedgerState,
        "状态 办结状态 办理进度 诉求状态 处理状态 进度 当前状态 完成情况", path=""),
    column("satisfied", "Satisfied", "满意度", Contentment,
           "企业满意度 企业满意 是否满意 满意情况 企业评价 评价 满意度评价 回访满意度", path=""),
    column("confirmed_on", "Confirmed on", "回访日期", "date", "回访时间 评价日期 评价时间", path=""),
)  # fmt: skip
REQUESTS = SheetSpec(
    key="requests", table="request", label="Requests", chinese="诉求",
    names="诉求台账 诉求清单 企业诉求 问题台账 企业诉求台账 问题清单 诉求办理台账 企业问题台账 诉求表",
    unique=("request_no",),
    columns=(
        column("request_no", "Request number", "诉求编号", "integer", "编号", path="id"),
        USCC,
        column("received_on*", "Received on", "收件日期", "date",
               "收到日期 收到时间"
               " 收集日期 收集时间 提出日期 提出时间 诉求提出时间 诉求提出日期 诉求日期 诉求时间 反映日期"
               " 反映时间 登记日期"
               " 登记时间 提交日期 提交时间 提交答卷时间 来件日期 接收日期 接收时间 日期 时间"),
        column("request_class", "Class", "诉求类别", "text", "类别 诉求类型 诉求分类 问题类别 问题类型 问题分类 类型"),
        column("nature", "Nature", "诉求性质", Nature, "性质"),
        column("subject*", "Subject", "诉求内容", "text",
               "诉求 问题 内容 诉求事项 诉求问题 问题内容 反映问题 企业反映问题 反映内容 反映事项 具体诉求"
               " 主要诉求 企业诉求 企业诉求内容"
               " 问题描述 诉求描述 问题诉求 具体问题 存在问题"),
        column("staff_no", "Received by (staff number)", "经办经理人工号", "staff_no",
               "经办干部工号 工号", path=STAFF_NO.path),
        column("visited_on+", "Raised during the visit of", "提出时的走访日期", "date", path=VISITED_ON.path),
        column("accept_days", "Days to accept", "受理时限（工作日）", "integer"),
        column("answer_days", "Days for supporting answers", "协办时限（工作日）", "integer"),
        column("close_days", "Days to close", "办理时限（工作日）", "integer"),
    ),
    told=(
        *(replace(each, aliases=(*each.aliases, *_FIRMS)) for each in ENTERPRISE_NAME_TOLD),
        *told_of(
            "collector", CADRES.columns, "name",
            "收集人 收集干部 诉求收集人 登记人 受理人 走访人 走访干部 走访人员 包联干部 包联领导 服务专员"
            " 服务干部 结对干部 联系干部"
            " 经办干部 企业服务经理人 服务经理人 经理人",
        ),
        *LEDGER_TOLD,
    ),
)  # fmt: skip
REQUEST_EVENTS = SheetSpec(
    key="request_events", table="request_event", label="Request actions", chinese="诉求办理",
    names="办理记录 诉求办理记录", unique=("request_no", "number"),
    columns=(
        column("request_no*", "Request number", "诉求编号", "integer", "编号", path="request_id"),
        column("number", "Step", "第几步", "integer", path=NUMBER.path),
        column("move*", "Action", "办理环节", TransitionKind, path="kind"),
        column("done_on*", "Date", "办理日期", "date"),
        column("who", "Recorded by", "操作人", "text", "经办人"),
        column("department", "Department", "部门", "text"),
        column("supporting", "Supporting departments", "协办部门", "text"),
        column("note", "Note", "备注", "text"),
        column("until_on", "New deadline", "新期限", "date"),
        column("days", "Days to close a difficult case", "疑难件时限（工作日）", "integer"),
        column("outcome", "Outcome", "办理结果", RequestOutcome),
        column("basis", "Legal basis", "法律依据", "text"),
        column("satisfied", "Satisfied", "企业满意", "yes_no"),
        column("reason", "Reason for escalation", "提级原因", EscalationReason),
        column("deadline_on+", "Deadline when it was done", "当时期限", "date"),
        column("days_taken+", "Working days when it was closed", "办结用时（工作日）", "integer"),
    ),
)  # fmt: skip
