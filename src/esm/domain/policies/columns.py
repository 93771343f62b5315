"""The columns of policies in a workbook, and of what enterprises did with them."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.policies.policy import PolicyAnswer, ReliefKind
from esm.domain.register.enterprise_record import Tier
from esm.domain.register.size import Size
from esm.domain.values.codes import ListOf
from esm.domain.values.column_spec import NUMBER, POLICY, STAFF_NO, USCC, SheetSpec, column

POLICIES = SheetSpec(
    key="policies", table="policy", label="Policies", chinese="政策", names="惠企政策 政策清单", unique=("code",),
    columns=(
        column("code", "Policy code", "政策编号", "name", "编号 政策代码"),
        column("title*", "Policy", "政策名称", "name",
            "名称 政策 政策项目 项目 项目名称 政策事项 惠企政策 政策措施名称"),
        column("source", "Source", "文件依据", "text", "文号 政策依据 政策文件 文件名称 政策来源 来源文件"),
        column("gives", "Benefit", "政策内容", "text",
               "政策条款 条款 条款内容 具体内容 支持内容 主要内容 奖补内容 扶持内容 政策措施 支持标准 奖补标准"
               " 补贴标准 兑现标准 兑现内容 奖励标准 补助标准 扶持标准"),
        column("worth", "Worth (yuan)", "可享受金额（元）", "yuan", "可享受金额"),
        column("start_on", "First day", "开始日期", "date"),
        column("until_on", "Last day", "截止日期", "date", "有效期至 截止时间 失效日期 申报截止 申报截止日期"
               " 申报截止时间 受理截止日期 受理截止时间"),
        column("industries", "Industries", "适用行业", "prefixes"),
        column("tiers", "Tiers", "适用分级", ListOf(Tier), "适用等级"),
        column("sizes", "Sizes", "适用规模", ListOf(Size)),
        column("above_scale", "Above-scale only", "仅限规上", "yes_no", blank=False),
        column("newly_entered", "Newly enrolled only", "仅限新入库", "yes_no", blank=False),
        column("unasked", "Paid automatically", "免申即享", "yes_no", blank=False),
        column("audience", "For whom", "适用对象", "text",
               "支持对象 适用范围 适用企业 扶持对象 享受对象 申报对象 政策对象 奖补对象 补贴对象 受益对象"
               " 申报主体 享受主体 面向对象"),
        column("office", "Office in charge", "责任科室", "text",
               "责任部门 责任单位 牵头部门 牵头科室 主管部门 主管科室 受理部门 受理科室 兑现部门 承办科室 业务科室"),
    ),
    told=(
        column("validity", "Valid", "有效期", "period",
               "有效期限 政策有效期 执行期限 实施期限 执行期 实施期 有效时间 执行时间 申报时间 申报期限 申报期 申请时间"
               " 受理时间 受理期限 办理时间",
               path=""),
        column("remark", "Note", "备注", "text", "说明 政策状态 状态", path=""),
    ),
)  # fmt: skip
BRIEFINGS = SheetSpec(
    key="briefings", table="briefing", label="Briefings", chinese="宣讲", names="政策宣讲 宣讲记录",
    unique=("policy", "uscc", "done_on"),
    columns=(
        POLICY,
        USCC,
        column("done_on*", "Briefed on", "宣讲日期", "date", "日期"),
        replace(STAFF_NO, is_required=False),
        column("on_visit+", "During a visit", "走访时宣讲", "yes_no", path="visit_id"),
    ),
)  # fmt: skip
APPLICATIONS = SheetSpec(
    key="applications", table="application", label="Applications", chinese="政策申报", names="申报",
    unique=("policy", "uscc", "done_on"),
    columns=(
        POLICY,
        USCC,
        column("done_on*", "Date", "日期", "date"),
        column("kind*", "Applied or declined", "申报情况", PolicyAnswer),
        column("note", "Note", "备注", "text"),
    ),
)  # fmt: skip
RELIEFS = SheetSpec(
    key="reliefs", table="relief", label="Relief", chinese="减负", names="减税降费 政策兑付 兑付",
    unique=("policy", "uscc", "done_on", "kind", "number"),
    columns=(
        POLICY,
        USCC,
        column("done_on*", "Date", "到账日期", "date", "日期"),
        column("kind*", "Kind", "减负类别", ReliefKind, "类别 资金类型 资金类别"),
        replace(NUMBER, aliases=("当日第几笔",)),
        column("amount*", "Amount (yuan)", "金额（元）", "yuan", "金额"),
    ),
)  # fmt: skip
