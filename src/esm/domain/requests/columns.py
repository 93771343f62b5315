"""The columns of requests and their moves in a workbook; the sheets are recognised by their names alone."""

from __future__ import annotations

from esm.domain.requests.states import EscalationReason, Nature, RequestOutcome, TransitionKind
from esm.domain.values.column_spec import NUMBER, STAFF_NO, USCC, VISITED_ON, SheetSpec, column

REQUEST_CLASSES = SheetSpec(
    key="request_classes", table="request_class", label="Request classes", chinese="诉求类别", unique=("code",),
    columns=(
        column("code*", "Class code", "类别代码", "text"),
        column("name", "Class", "类别名称", "name"),
        column("retired", "Retired", "已停用", "yes_no", blank=False),
    ),
)  # fmt: skip
REQUESTS = SheetSpec(
    key="requests", table="request", label="Requests", chinese="诉求", names="诉求台账 诉求清单 企业诉求 问题台账",
    unique=("request_no",),
    columns=(
        column("request_no", "Request number", "诉求编号", "integer", "编号", path="id"),
        USCC,
        column("received_on*", "Received on", "收到日期", "date", "收集日期 提出日期 日期"),
        column("request_class*", "Class", "诉求类别", "text", "类别"),
        column("nature", "Nature", "诉求性质", Nature, "性质"),
        column("subject*", "Subject", "诉求内容", "text", "诉求 问题 内容"),
        column("staff_no", "Received by (staff number)", "经办干部工号", "staff_no", "工号", path=STAFF_NO.path),
        column("visited_on+", "Raised during the visit of", "提出时的走访日期", "date", path=VISITED_ON.path),
        column("accept_days", "Days to accept", "受理时限(工作日)", "integer"),
        column("answer_days", "Days for supporting answers", "协办时限(工作日)", "integer"),
        column("close_days", "Days to close", "办理时限(工作日)", "integer"),
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
        column("who", "Recorded by", "经办人", "text"),
        column("department", "Department", "部门", "text"),
        column("supporting", "Supporting departments", "协办部门", "text"),
        column("note", "Note", "备注", "text"),
        column("until_on", "New deadline", "新期限", "date"),
        column("days", "Days to close a difficult case", "疑难件时限(工作日)", "integer"),
        column("outcome", "Outcome", "办理结果", RequestOutcome),
        column("basis", "Legal basis", "法律依据", "text"),
        column("satisfied", "Satisfied", "企业满意", "yes_no"),
        column("reason", "Reason for escalation", "提级原因", EscalationReason),
        column("deadline_on+", "Deadline when it was done", "当时期限", "date"),
        column("days_taken+", "Working days when it was closed", "办结用时(工作日)", "integer"),
    ),
)  # fmt: skip
