"""Columns that stand in many sheets, most of all the references: what people call an enterprise, a cadre, a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from esm.domain.values.column_spec import column

STREETS = "街道 镇 乡镇 镇街 街镇 街道乡镇 属地 属地街道 所属街道 所在街道 所属镇街 所在镇街 所属乡镇"

USCC = column(
    "uscc*", "Credit code", "统一社会信用代码", "code",
    "信用代码 社会信用代码 统一信用代码 统一代码 企业信用代码 creditcode unifiedsocialcreditcode",
    path="enterprise_id.uscc",
)  # fmt: skip
STAFF_NO = column(
    "staff_no*", "Staff number", "工号", "staff_no",
    "工号 干部编号 人员编号 staffnumber staffid 干部工号 经理人工号", path="cadre_id.staff_no",
)  # fmt: skip
POLICY = column("policy*", "Policy code", "政策编号", "name", path="policy_id.code")
VISITED_ON = column("visited_on*", "Visited on", "走访日期", "date", path="visit_id.done_on")
VISITED_BY = column("visited_by*", "Visited by", "走访人工号", "staff_no", path="visit_id.cadre_id.staff_no")
CANCELLED_ENTRY = column(
    "cancelled_entry", "Cancelled entry of that day", "当日第几条已撤销", "integer",
    path="visit_id.cancelled_entry", blank=0,
)  # fmt: skip
START_ON = column("start_on*", "Start", "开始日期", "date")
ALWAYS = replace(START_ON, is_required=False, blank=date.min)  # without a day it has held as far as is known
END_ON = column("end_on", "End", "结束日期", "date")
NUMBER = column("number", "Entry of that day", "当日第几条", "integer", path="", blank=1)
