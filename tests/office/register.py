"""Lists of enterprises: 规上企业名录, 工商登记清单, 通讯录."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, Layout

_HEAD = "统一社会信用代码|企业名称|是否规上|入库日期"
_OWN = "enterprises.uscc enterprises.name enterprises.above_scale enterprises.enrolled_on"

ENTERPRISES = (
    Layout(
        name="统计名录：标题、千元、合计", source="统计局名录, district, 2024",
        rows=(
            "规上工业企业名录", "计量单位：千元", "统一社会信用代码|单位详细名称|行业代码|营业收入",
            f"{A}|虚构甲有限公司|3441|52000", "合计|1家||52000",
        ),
        fields="enterprises.uscc enterprises.name enterprises.industry_code enterprises.revenue",
        stored={"enterprises: name industry_code revenue": ("虚构甲有限公司 C3441 5200",)},
    ),
    Layout(
        name="单位在表下注中", source="统计局名录, city, 2023",
        rows=("统一社会信用代码|企业名称|营业收入", f"{A}|虚构甲有限公司|5.2", "注：营业收入单位为亿元"),
        fields="enterprises.uscc enterprises.name enterprises.revenue",
        stored={"enterprises: name revenue": ("虚构甲有限公司 52000",)},
    ),
    Layout(
        name="表头万元，表上千元", source="统计局名录, county, 2022",
        rows=("单位：千元", "统一社会信用代码|企业名称|营业收入（万元）", f"{A}|虚构甲有限公司|5200"), code=5,
        words=("千元",),
    ),
    Layout(
        name="元而没有单位", source="税收名单, district, 2024",
        rows=("统一社会信用代码|企业名称|行业代码|营业收入", f"{A}|虚构甲有限公司|C3441|9800000"), code=5,
        words=("营业收入（元）", "--map"),
    ),
    Layout(
        name="营业收入没有单位但合理", source="企业情况表, town, 2024",
        rows=("统一社会信用代码|企业名称|行业代码|营业收入", f"{A}|虚构甲有限公司|C3441|5200"),
        fields="enterprises.uscc enterprises.name enterprises.industry_code enterprises.revenue", assumed="revenue",
        stored={"enterprises: name revenue": ("虚构甲有限公司 5200",)},
    ),
    Layout(
        name="各年营业收入", source="企业情况表, district, 2025",
        rows=("统一社会信用代码|企业名称|2023年营业收入|2024年营业收入", f"{A}|虚构甲有限公司|4000|5000"),
        fields="enterprises.uscc enterprises.name - -", stored={"enterprises: name revenue": ("虚构甲有限公司 -",)},
    ),
    Layout(
        name="工商登记清单：登记状态、法定代表人", source="business registry export, 2024",
        rows=(
            "企业名称|登记状态|法定代表人|注册资本|成立日期|统一社会信用代码|企业地址|电话",
            f"虚构甲有限公司|存续|张甲|500万元|2011-03-01|{A}|一路1号|19900000031",
            f"虚构乙有限公司|注销|李乙|300万元|2012-03-01|{B}|二路2号|-",
        ),
        options=("--above-scale",),
        fields="enterprises.name enterprises.status - - - enterprises.uscc enterprises.address"
        " enterprises.contact_phone",
        assumed="enrolled_on", asked="struck_off",
        stored={
            "enterprises: name above_scale contact_name contact_phone": (
                "虚构甲有限公司 true - 19900000031", "虚构乙有限公司 false - -",
            ),
        },
    ),
    Layout(
        name="状态只有取值能认", source="企业清单, subdistrict, 2023",
        rows=(f"{_HEAD}|情况", f"{A}|虚构甲有限公司|是|2024-01-01|在业", f"{B}|虚构乙有限公司|是|2024-01-01|吊销"),
        fields=f"{_OWN} enterprises.status", asked="struck_off",
        stored={"enterprises: name above_scale": ("虚构甲有限公司 true", "虚构乙有限公司 false")},
    ),
    Layout(
        name="备注停产", source="规上企业名单, county, 2024",
        rows=(f"{_HEAD}|备注", f"{A}|虚构甲有限公司|是|2024-01-01|停产"), fields=f"{_OWN} enterprises.remark",
        asked="at_a_standstill", stored={"enterprises: name above_scale": ("虚构甲有限公司 true",)},
    ),
    Layout(
        name="备注写正在办理注销", source="规上企业名单, county, 2024",
        rows=(f"{_HEAD}|备注", f"{A}|虚构甲有限公司|是|2024-01-01|已到窗口注销登记"), code=5, words=("退库日期",
        "--map"),
        asked="status",
    ),
    Layout(
        name="没有表头的备注：已退库", source="规上企业名单, county, 2026",
        rows=(f"{_HEAD}|", f"{A}|虚构甲有限公司|是|2024-01-01|2026年已退库"), fields=f"{_OWN} enterprises.status",
        asked="struck_off", stored={"enterprises: name above_scale": ("虚构甲有限公司 false",)},
    ),
    Layout(
        name="没有表头的自由文字", source="规上企业名单, county, 2026",
        rows=(f"{_HEAD}|", f"{A}|虚构甲有限公司|是|2024-01-01|见附件二"), fields=_OWN, words=("见附件二",),
        stored={"enterprises: name above_scale": ("虚构甲有限公司 true",)},
    ),
    Layout(
        name="名称后括注停产", source="包联附表, county, 2022",
        rows=(_HEAD, f"{A}|虚构甲有限公司（停产）|是|2024-01-01"), fields=_OWN, asked="at_a_standstill name",
        stored={"enterprises: name above_scale": ("虚构甲有限公司 true",)},
    ),
    Layout(
        name="名称前星号、编号", source="重点企业名单, city, 2023",
        rows=(_HEAD, f"{A}|★1.虚构甲有限公司|是|2024-01-01", f"{B}|2、虚构乙\\n有限公司|是|2024-01-01"), fields=_OWN,
        asked="name name", stored={"enterprises: name": ("虚构甲有限公司", "虚构乙有限公司")},
    ),
    Layout(
        name="名称里带电话", source="企业通讯录, town, 2023",
        rows=(_HEAD, f"{A}|虚构甲有限公司 19900000011|是|2024-01-01"), fields=_OWN, asked="name",
        stored={"enterprises: name contact_phone": ("虚构甲有限公司 19900000011",)},
    ),
    Layout(
        name="括号属于名称", source="规上企业名单, city, 2024",
        rows=(_HEAD, f"{A}|虚构甲（集团）有限公司|是|2024-01-01"), fields=_OWN,
        stored={"enterprises: name": ("虚构甲（集团）有限公司",)},
    ),
    Layout(
        name="空白用词", source="企业通讯录, district, 2024",
        rows=(
            "统一社会信用代码|企业名称|联系人|联系电话|地址|分级",
            f"{A}|虚构甲有限公司|暂无|/|—|无", f"{B}|虚构乙有限公司|待补|N/A|-|B",
        ),
        fields="enterprises.uscc enterprises.name enterprises.contact_name enterprises.contact_phone"
        " enterprises.address enterprises.tier",
        stored={
            "enterprises: name contact_name contact_phone address tier": (
                "虚构甲有限公司 - - - C", "虚构乙有限公司 - - - B",
            ),
        },
    ),
    Layout(
        name="入库年月", source="在库单位清单, county, 2025",
        rows=("统一社会信用代码|企业名称|是否规上|入库年月", f"{A}|虚构甲有限公司|是|2023-03"), code=5,
        words=("2023-03",),
    ),
    Layout(
        name="没有入库日期", source="规上企业名单, county, 2023",
        rows=("统一社会信用代码|企业名称|是否规上", f"{A}|虚构甲有限公司|是"),
        fields="enterprises.uscc enterprises.name enterprises.above_scale", assumed="enrolled_on",
        stored={"enterprises: name enrolled_on": ("虚构甲有限公司 2026-11-23",)},
    ),
    Layout(
        name="规上又有退库日期", source="在库单位清单, district, 2025",
        rows=(f"{_HEAD}|退库日期", f"{A}|虚构甲有限公司|是|2024-01-01|2025-06-30"),
        fields=f"{_OWN} enterprises.exited_on", words=("以日期为准：第 2 行",),
        stored={"enterprises: name exited_on": ("虚构甲有限公司 2025-06-30",)},
    ),
    Layout(
        name="退库早于入库", source="在库单位清单, district, 2025",
        rows=(f"{_HEAD}|退库日期", f"{A}|虚构甲有限公司|是|2024-01-01|2023-06-30"), code=5, words=("2024-01-01",),
    ),
    Layout(
        name="只有名称，没有代码", source="重点企业名单, district, 2022",
        rows=("序号|企业名称|备注", "1|虚构甲有限公司|", "2|虚构乙有限公司|"), code=5, words=("统一社会信用代码",),
    ),
    Layout(
        name="名称后几列没有表头", source="重点企业名单, district, 2022",
        rows=("序号|企业名称|||", "1|虚构甲有限公司|城东街道|张甲|备用"), code=5, words=("统一社会信用代码",),
    ),
    Layout(
        name="按名称补充从业人数", source="用工情况表, subdistrict, 2026",
        rows=("企业名称|从业人数|联系人|联系电话", "虚构甲有限公司|30|张甲|19900000011"), desk=ON_RECORD,
        fields="enterprises.name enterprises.employees enterprises.contact_name enterprises.contact_phone",
        stored={"enterprises: name employees contact_name": ("虚构甲有限公司 30 张甲", "虚构乙有限公司 - -")},
    ),
    Layout(
        name="代码成了科学记数", source="企业清单 saved by a spreadsheet, 2024",
        rows=("统一社会信用代码|企业名称", "9.13399E+17|虚构甲有限公司"), code=5, words=("位",),
    ),
    Layout(
        name="同一企业写两次", source="企业清单, district, 2024",
        rows=("统一社会信用代码|企业名称", f"{A}|虚构甲有限公司", f"{A}|虚构甲有限公司"), code=5, words=("重复",),
    ),
    Layout(
        name="企业负责人与联系人各有电话", source="企业通讯录, development zone, 2024",
        rows=(
            "统一社会信用代码|企业名称|企业负责人|负责人电话|联系人|职务|联系电话",
            f"{A}|虚构甲有限公司|张甲|19900000021|陈乙|主任|19900000012",
        ),
        fields="enterprises.uscc enterprises.name - - enterprises.contact_name enterprises.contact_title"
        " enterprises.contact_phone",
        stored={"enterprises: contact_name contact_title contact_phone": ("陈乙 主任 19900000012",)},
    ),
    Layout(
        name="企业负责人后的联系电话", source="规上企业名单, district, 2021",
        rows=("统一社会信用代码|企业名称|企业负责人|联系电话", f"{A}|虚构甲有限公司|张甲|19900000021"),
        fields="enterprises.uscc enterprises.name - -",
        stored={"enterprises: contact_name contact_phone": ("- -",)},
    ),
    Layout(
        name="是否规上用符号", source="企业清单, town, 2024",
        rows=("统一社会信用代码|企业名称|是否规上", f"{A}|虚构甲有限公司|★"), code=5, words=("是, 否",),
    ),
    Layout(
        name="停产、注销列分开问是否", source="企业摸底表, subdistrict, 2025",
        rows=(f"{_HEAD}|是否注销", f"{A}|虚构甲有限公司|是|2024-01-01|否"), code=5, words=("enterprises.status",
        "--map"),
    ),
)  # fmt: skip
