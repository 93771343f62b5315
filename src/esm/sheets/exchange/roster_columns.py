"""The vocabulary of a roster workbook: its sheets and columns, shared by import, export and template."""

from __future__ import annotations

from esm.sheets.exchange.column_spec import ColumnSpec, SheetSpec
from esm.sheets.exchange.column_spec import column as _column
from esm.sheets.exchange.history_columns import LEDGERS
from esm.sheets.exchange.request_columns import MATTERS

__all__ = ["BOOK", "SHEETS", "ColumnSpec", "SheetSpec"]

_STREETS = "街道 镇 乡镇 镇街 街镇 街道乡镇 属地 属地街道 所属街道 所在街道 所属镇街 所在镇街 所属乡镇"
_STAFF = "工号 干部编号 人员编号 staffnumber staffid 干部工号 经理人工号"
_CODE = "统一社会信用代码 信用代码 社会信用代码 统一信用代码 统一代码 企业信用代码 creditcode unifiedsocialcreditcode"
_NAMED_ENTERPRISE = "企业名称 单位名称 公司名称 单位详细名称 企业全称 enterprise company enterprisename companyname"
_INDUSTRIES = "国民经济行业代码 行业分类代码 所属行业代码 行业小类代码"
_WORKERS = (
    "从业人员 从业人员数 从业人员期末人数 期末从业人数 期末从业人员 年末从业人数 年末从业人员 职工人数 员工人数 员工数"
)
_REGISTERED = "规上 规上企业 是否四上 四上 是否规上企业 是否规模以上 规模以上"
_ENROLLED = "入库时间 入统日期 入统时间 纳统日期 纳统时间"
_PHONES = "联系人电话 联系人手机 联系人联系方式 联系方式 电话 手机 手机号 手机号码"

CADRES = SheetSpec(
    "cadres",
    "Cadres",
    "干部",
    ("干部名单", "干部名册", "干部花名册", "服务干部", "企业服务经理人", "经理人", "cadre"),
    ("staff_no",),
    (
        _column("staff_no*", "Staff number", "工号", "staff_no", _STAFF),
        _column("name*", "Name", "姓名", "name", "干部 干部姓名 经理人 经理人姓名 服务经理人 cadre"),
        _column("department", "Department", "部门", "text", "单位 部门/单位 所在部门 所在单位 工作单位 dept"),
        _column("title", "Title", "职务", "text", "岗位 现任职务 position"),
        _column("rank", "Rank", "职级", "rank", "级别 行政级别 grade"),
        _column("subdistrict", "Subdistrict", "街道/镇", "text", f"{_STREETS} 联系街道 street"),
        _column("expertise", "Expertise", "擅长行业", "prefixes", "擅长领域 行业专长 熟悉行业 industries"),
        _column("phone", "Phone", "手机", "phone", "电话 手机号 手机号码 联系电话 联系方式 mobile telephone"),
        _column("capacity", "Capacity", "服务户数", "integer", "可服务户数 服务企业数 户数上限 服务上限"),
        _column("active_from", "In post from", "任职日期", "date", "任职时间 到岗日期 开始日期 startdate"),
        _column("left_on", "Left on", "离任日期", "date", "离任时间 离岗日期 调离日期 leftdate"),
        _column("email", "E-mail", "电子邮箱", "email", "邮箱 邮件 邮件地址 emailaddress mail"),
    ),
)
ENTERPRISES = SheetSpec(
    "enterprises",
    "Enterprises",
    "企业",
    ("企业名单", "企业名录", "企业名册", "规上企业", "规上企业名单", "四上企业", "enterprise", "companies"),
    ("uscc",),
    (
        _column("uscc*", "Credit code", "统一社会信用代码", "code", _CODE),
        _column("name*", "Enterprise", "企业名称", "name", _NAMED_ENTERPRISE),
        _column(
            "industry_code",
            "Industry code",
            "行业代码",
            "industry",
            "国民经济行业代码 行业分类代码 所属行业代码 行业小类代码",
        ),
        _column("subdistrict", "Subdistrict", "街道/镇", "text", f"{_STREETS} 辖区 street"),
        _column("address", "Address", "地址", "text", "企业地址 单位地址 注册地址 经营地址 详细地址"),
        _column(
            "revenue",
            "Annual revenue (10 000 yuan)",
            "年营业收入(万元)",
            "money",
            "年营业收入 主营业务收入 营业收入 营业总收入 年主营业务收入 年收入 营收 annualrevenue",
        ),
        _column(
            "employees",
            "Employees",
            "从业人数",
            "integer",
            f"{_WORKERS} headcount",
        ),
        _column("qualified", "Construction qualification", "建筑资质", "yes_no", "资质 有无资质 是否有资质"),
        _column("tier", "Tier", "分级", "tier", "等级 企业等级 企业分级 级别"),
        _column(
            "above_scale",
            "Above scale",
            "是否规上",
            "yes_no",
            _REGISTERED,
        ),
        _column("enrolled_on", "Enrolled on", "入库日期", "date", f"{_ENROLLED} enrolled"),
        _column("exited_on", "Exited on", "退库日期", "date", "退库时间 退统日期 退统时间 exited"),
        _column("contact_name", "Contact", "联系人", "text", "企业联系人 联系人姓名 企业联系人姓名 contactperson"),
        _column("contact_title", "Contact's title", "联系人职务", "text", "职务"),
        _column(
            "contact_phone",
            "Contact's phone",
            "联系电话",
            "phone",
            _PHONES,
        ),
        _column("verified_on+", "Contact verified on", "联系人核实日期", "date"),
    ),
)
PAIRINGS = SheetSpec(
    "pairings",
    "Pairings",
    "结对",
    ("结对表", "结对关系", "结对名单", "结对情况", "pairing"),
    ("uscc", "start_on"),
    (
        _column("uscc*", "Credit code", "统一社会信用代码", "code", _CODE),
        _column("staff_no*", "Staff number", "工号", "staff_no", _STAFF),
        _column("start_on*", "Start", "开始日期", "date", "结对日期 结对时间 开始时间 起始日期 startdate"),
        _column("end_on", "End", "结束日期", "date", "结束时间 终止日期 解除日期 enddate"),
        _column("pinned", "Pinned", "固定", "yes_no", "是否固定 锁定 是否锁定"),
        _column("why+", "Why this pair", "结对依据", "text"),
    ),
)
RECUSALS = SheetSpec(
    "recusals",
    "Recusals",
    "回避",
    ("回避表", "回避名单", "回避关系", "recusal"),
    ("staff_no", "uscc"),
    (
        _column("staff_no*", "Staff number", "工号", "staff_no", _STAFF),
        _column("uscc*", "Credit code", "统一社会信用代码", "code", _CODE),
        _column("reason*", "Reason", "回避原因", "text", "原因 理由 回避理由 事由 回避事由"),
        _column("kind", "Kind", "回避类型", "recusal", "类型 类别 回避类别 回避情形"),
    ),
)
ABSENCES = SheetSpec(
    "absences",
    "Absences",
    "请假",
    ("请假表", "请假名单", "休假", "absence", "leave"),
    ("staff_no", "start_on"),
    (
        _column("staff_no*", "Staff number", "工号", "staff_no", _STAFF),
        _column("start_on*", "Start", "开始日期", "date", "开始时间 请假开始 起始日期 startdate"),
        _column("end_on*", "End (first day back)", "结束日期", "date", "结束时间 请假结束 返岗日期 end enddate"),
        _column("reason", "Reason", "请假原因", "text", "原因 理由 请假事由 事由 请假类型"),
        _column("deputy", "Deputy's staff number", "B岗工号", "staff_no", "B岗 代岗人工号 代理人工号 代班人工号"),
    ),
)
VISITS = SheetSpec(
    "visits",
    "Visits",
    "走访",
    ("走访表", "走访记录", "走访台账", "走访情况", "visit"),
    ("uscc", "staff_no", "done_on"),
    (
        _column("uscc*", "Credit code", "统一社会信用代码", "code", _CODE),
        _column("staff_no*", "Staff number", "工号", "staff_no", _STAFF),
        _column("done_on*", "Date", "走访日期", "date", "走访时间 日期 时间 visitdate visitedon"),
        _column("channel", "Channel", "走访方式", "channel", "方式 联系方式"),
        _column("outcome", "Outcome", "走访结果", "outcome", "结果"),
        _column("minutes", "Minutes", "走访纪要", "text", "纪要 记录 走访记录 走访内容 走访情况 notes"),
        _column("met_with", "Met with", "接待人", "text", "接待人员 接待人及职务 企业接待人"),
        _column("business", "Business", "经营情况", "business", "生产经营情况 经营状况"),
        _column("satisfaction", "Satisfaction", "满意度", "satisfaction", "企业满意度 评价"),
        _column("recorded_on+", "Recorded on", "登记日期", "date"),
    ),
)
SHEETS = (CADRES, ENTERPRISES, PAIRINGS, RECUSALS, ABSENCES, VISITS)
BOOK = (*SHEETS, *LEDGERS, *MATTERS)
