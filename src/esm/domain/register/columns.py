"""The columns of cadres and enterprises in a workbook, and of what held of them when."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.register.cadres import PostState, Rank
from esm.domain.register.enterprise_record import RegistrationStatus, Tier
from esm.domain.register.scope_status import ScopeBasis
from esm.domain.values.column_spec import ALWAYS, END_ON, STAFF_NO, START_ON, STREETS, USCC, SheetSpec, column, told_of

CADRES = SheetSpec(
    key="cadres", table="cadre", label="Cadres", chinese="经理人",
    names="干部 干部名单 干部名册 干部花名册 服务干部 企业服务经理人 cadre",
    unique=("staff_no",),
    columns=(
        replace(STAFF_NO, path="staff_no"),
        column("name*", "Name", "姓名", "name", "干部 干部姓名 经理人 经理人姓名 服务经理人 cadre"),
        column("department", "Department", "部门", "text", "单位 部门/单位 所在部门 所在单位 工作单位 dept"),
        column("title", "Title", "职务", "text", "岗位 现任职务 position"),
        column("rank", "Rank", "职务层次", Rank, "职级 级别 行政级别 grade"),
        column("subdistrict", "Subdistrict", "街道（镇）", "text", f"街道/镇 {STREETS} 联系街道 street"),
        column("expertise", "Expertise", "擅长行业", "prefixes", "擅长领域 行业专长 熟悉行业 industries"),
        column("phone", "Phone", "手机", "phone", "电话 手机号 手机号码 联系电话 联系方式 mobile telephone"),
        column("capacity", "Capacity", "服务户数上限", "integer", "服务户数 可服务户数 服务企业数 户数上限 服务上限"),
        column("active_from", "In post from", "任职日期", "date", "任职时间 到岗日期 开始日期 startdate"),
        column("left_on", "Left on", "离任日期", "date", "离任时间 离岗日期 调离日期 leftdate"),
        column("email", "E-mail", "电子邮箱", "email", "邮箱 邮件 邮件地址 emailaddress mail"),
    ),
    told=(
        column(
            "in_post", "Still in post", "是否在岗", PostState,
            "是否在职 是否在任 在岗情况 在职情况 在岗状态 在职状态 人员状态 任职状态", path="",
        ),
    ),
)  # fmt: skip
# What the sheet of something else tells of whom it names.
CADRE_TOLD = told_of(
    "cadre", CADRES.columns, "name department title rank phone",
    "走访干部 责任人姓名 干部名称 服务人 包联人 服务人员姓名",
)  # fmt: skip
POSTINGS = SheetSpec(
    key="postings", table="posting", label="Departments over time", chinese="任职部门沿革",
    unique=("staff_no", "start_on"), is_unbroken=True,
    columns=(
        STAFF_NO,
        column("department", "Department", "部门", "text"),
        column("capacity", "Capacity", "服务户数上限", "integer", "服务户数"),
        ALWAYS,
        END_ON,
    ),
)  # fmt: skip
ABSENCES = SheetSpec(
    key="absences", table="absence", label="Absences", chinese="请假", names="请假表 请假名单 休假 absence leave",
    unique=("staff_no", "start_on"), reassigned=("deputy",),
    columns=(
        STAFF_NO,
        column("start_on*", "Start", "开始日期", "date", "开始时间 请假开始 起始日期 startdate"),
        column("end_on*", "End (first day back)", "结束日期", "date", "结束时间 请假结束 返岗日期 end enddate"),
        column("reason", "Reason", "请假原因", "text", "原因 理由 请假事由 事由 请假类型"),
        column(
            "deputy", "Deputy's staff number", "B岗代理人工号", "staff_no",
            "B岗工号 B岗 代岗人工号 代理人工号 代班人工号",
            path="deputy_id.staff_no",
        ),
    ),
    told=CADRE_TOLD,
)  # fmt: skip
ENTERPRISES = SheetSpec(
    key="enterprises", table="enterprise", label="Enterprises", chinese="企业",
    names="企业名单 企业名录 企业名册 规上企业 规上企业名单 四上企业 enterprise companies",
    unique=("uscc",),
    columns=(
        replace(USCC, path="uscc"),
        column(
            "name*", "Enterprise", "企业名称", "name",
            "企业名称 单位名称 公司名称 单位详细名称 企业全称 enterprise company enterprisename companyname",
        ),
        column(
            "industry_code", "Industry code", "行业代码", "industry",
            "国民经济行业代码 行业分类代码 所属行业代码 行业小类代码",
        ),
        column("subdistrict", "Subdistrict", "街道（镇）", "text", f"街道/镇 {STREETS} 辖区 street"),
        column("address", "Address", "地址", "text", "企业地址 单位地址 注册地址 经营地址 详细地址"),
        column(
            "revenue", "Annual revenue (10 000 yuan)", "年营业收入（万元）", "money",
            "年营业收入 主营业务收入 营业收入 营业总收入 年主营业务收入 年收入 营收 annualrevenue",
        ),
        column(
            "employees", "Employees", "从业人数", "integer",
            "从业人员 从业人员数 从业人员期末人数 期末从业人数 期末从业人员 年末从业人数 年末从业人员 职工人数"
            " 员工人数 员工数 headcount",
        ),
        column("qualified", "Construction qualification", "建筑资质", "yes_no", "资质 有无资质 是否有资质"),
        column("tier", "Tier", "分级", Tier, "等级 企业等级 企业分级 级别"),
        column(
            "above_scale", "Above scale", "是否规上", "yes_no",
            "规上 规上企业 是否四上 四上 是否规上企业 是否规模以上 规模以上",
        ),
        column(
            "enrolled_on", "Enrolled on", "入库日期", "date",
            "入库时间 入库年月 入库月份 入统年月 纳统年月 升规时间 入统日期 入统时间 纳统日期 纳统时间 enrolled",
        ),
        column("exited_on", "Exited on", "退库日期", "date", "退库时间 退库年月 退统日期 退统时间 exited"),
        column("contact_name", "Contact", "联系人", "text", "企业联系人 联系人姓名 企业联系人姓名 contactperson"),
        column("contact_title", "Contact's title", "联系人职务", "text", "职务"),
        column(
            "contact_phone", "Contact's phone", "联系电话", "phone",
            "联系人电话 联系人手机 联系人联系方式 联系方式 电话 手机 手机号 手机号码",
        ),
        column("verified_on+", "Contact verified on", "联系人核实日期", "date"),
    ),
    told=(
        column(
            "status", "Registration status", "经营状态", RegistrationStatus,
            "登记状态 企业状态 存续状态 工商状态 工商登记状态 主体状态 状态 在营状态", path="",
        ),
        column("remark", "Remark", "备注", "text", "说明 备注说明 情况说明", path=""),
    ),
)  # fmt: skip
_TIED = [
    "包联",
    "包保",
    "包抓",
    "挂钩",
    "挂联",
    "联系",
    "结对",
    "帮扶",
    "服务",
    "对接",
    "走访",
    "被走访",
    "助企",
    "派驻",
    "所辖",
    "网格",
    "驻点",
]
ENTERPRISE_NAME_TOLD = told_of(
    "enterprise", ENTERPRISES.columns, "name",
    " ".join(("企业", "公司", *(tie + firm for tie in _TIED for firm in ("企业", "企业名称")))),
)  # fmt: skip
ENTERPRISE_TOLD = (
    *ENTERPRISE_NAME_TOLD,
    *told_of(
        "enterprise", (*ENTERPRISES.columns, *ENTERPRISES.told),
        "industry_code subdistrict address revenue employees qualified tier above_scale enrolled_on exited_on"
        " contact_name contact_title contact_phone status remark",
    ),
)  # fmt: skip
PROFILES = SheetSpec(
    key="profiles", table="profile", label="Classification over time", chinese="企业分组沿革",
    unique=("uscc", "start_on"), is_unbroken=True,
    columns=(
        USCC,
        column("tier*", "Tier", "分级", Tier),
        column("subdistrict", "Subdistrict", "街道（镇）", "text", "街道/镇"),
        column("industry_code", "Industry code", "行业代码", "industry"),
        ALWAYS,
        END_ON,
    ),
)  # fmt: skip
SCOPES = SheetSpec(
    key="scopes", table="scope", label="Periods in scope", chinese="在库期间", unique=("uscc", "start_on"),
    columns=(USCC, column("basis*", "Basis", "依据", ScopeBasis), START_ON, END_ON),
)  # fmt: skip
