"""The columns of who serves whom in a workbook, and of who must not."""

from __future__ import annotations

from esm.domain.pairing.records import RecusalKind
from esm.domain.register.columns import CADRE_TOLD, CADRES, ENTERPRISE_NAME_TOLD, ENTERPRISE_TOLD
from esm.domain.values.column_spec import ALWAYS, END_ON, STAFF_NO, USCC, SheetSpec, column, told_of

DEPUTY_TOLD = told_of("deputy", CADRES.columns, "name department title rank phone", "B角 B岗 副岗 B角姓名 备岗")

PAIRINGS = SheetSpec(
    key="pairings", table="pairing", label="Pairings", chinese="结对",
    names="结对表 结对关系 结对名单 结对情况 包联分工表 分工表 包联表 挂钩表 包保表 pairing",
    unique=("uscc", "start_on"), reassigned=("staff_no", "deputy"), supposed=("start_on", "staff_no"),
    columns=(
        USCC,
        STAFF_NO,
        column(
            "start_on*", "Start", "开始日期", "date",
            "结对日期 结对时间 开始时间 起始日期 起始时间 调整日期 调整时间 变更日期 变更时间 生效日期 生效时间"
            " 包联日期 包联时间 派驻日期 派驻时间 startdate",
        ),
        column("end_on", "End", "结束日期", "date", "结束时间 终止日期 解除日期 enddate"),
        column("pinned", "Pinned", "固定", "yes_no", "是否固定 锁定 是否锁定", blank=False),
        column(
            "deputy", "Deputies' staff numbers", "B角工号", "staff_nos",
            "副岗工号 B岗工号 副责任人工号 deputies deputystaffnumber", path="deputies",
        ),
        column("why+", "Reason for the pairing", "结对依据", "text"),
    ),
    told=(*ENTERPRISE_TOLD, *CADRE_TOLD, *told_of("cadre", CADRES.told, "in_post"), *DEPUTY_TOLD),
)  # fmt: skip
RECUSALS = SheetSpec(
    key="recusals", table="recusal", label="Recusals", chinese="回避", names="回避表 回避名单 回避关系 recusal",
    unique=("staff_no", "uscc", "start_on"),
    columns=(
        STAFF_NO,
        USCC,
        column("reason*", "Reason", "回避原因", "text", "原因 理由 回避理由 事由 回避事由"),
        column("kind", "Kind", "回避类型", RecusalKind, "类型 类别 回避类别 回避情形", blank=RecusalKind.OTHER),
        ALWAYS,
        END_ON,
    ),
    told=(*ENTERPRISE_NAME_TOLD, *CADRE_TOLD),
)  # fmt: skip
