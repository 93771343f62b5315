"""Lists that several offices publish: leaders with departments, grids, officers sent out, one plan an enterprise."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, C, Layout

_KNOWN = "start_on end_on"
_LEADERS = (
    "2026年县级领导包联重点企业一览表",
    "序号|县级领导|职务|包联企业|牵头部门|部门联络员|联络员电话",
    "1|钱五|副县长|虚构甲有限公司|经信局|王一禾|19900000001", "2|||虚构乙有限公司|商务局|李双木|19900000002",
    "备注：每月底前报送走访情况。",
)  # fmt: skip
_MERGED = ("A1:G1", "B3:B4", "C3:C4")
_PLAN = (
    "序号|企业名称|所属行业|存在问题|帮扶措施|责任单位|责任人|完成时限|进展情况|是否销号",
    "1|虚构甲有限公司|制造业|用地不足|协调土地|资规局|王一禾|2026-12-31|正在办理|否",
)

LEADERS = (
    Layout(
        name="县级领导合并单元格，部门联络员", source="领导包联企业一览表, county, 2026", rows=_LEADERS, merged=_MERGED,
        desk=ON_RECORD, code=5, words=("县级领导=cadre.name", "部门联络员=cadre.name"),
    ),
    Layout(
        name="同一张表，联络员上门", source="领导包联企业一览表, county, 2026", rows=_LEADERS, merged=_MERGED,
        desk=ON_RECORD, options=("--map", "部门联络员=cadre.name"),
        fields="- - - enterprise.name cadre.department cadre.name cadre.phone", assumed=_KNOWN,
        stored={"pairings: uscc staff_no": (f"{A} 1001", f"{B} 1002")},
    ),
    Layout(
        name="同一张表，领导上门，仍是一人", source="领导包联企业一览表, county, 2026", rows=_LEADERS, merged=_MERGED,
        desk=ON_RECORD, options=("--map", "县级领导=cadre.name"),
        fields="- cadre.name cadre.title enterprise.name - - -", assumed="staff_no start_on end_on",
        stored={"pairings: uscc staff_no": (f"{A} 1004", f"{B} 1004")},
    ),
    Layout(
        name="只有领导和牵头部门", source="领导包联企业一览表, county, 2025",
        rows=("县级领导|职务|包联企业|牵头部门", "钱五|副县长|虚构甲有限公司|经信局", "|||"), desk=ON_RECORD,
        fields="cadre.name cadre.title enterprise.name -", assumed="staff_no start_on end_on", words=("牵头部门",),
        stored={"pairings: uscc staff_no": (f"{A} 1004",)},
    ),
    Layout(
        name="网格长、网格员", source="网格化服务分工, subdistrict, 2025",
        rows=(
            "网格名称|网格长|网格员|网格员电话|企业名称|企业负责人|负责人电话",
            "第一网格|王一禾|李双木|19900000002|虚构甲有限公司|张甲|19900000011",
        ),
        desk=ON_RECORD, code=5, words=("网格长=cadre.name", "网格员=cadre.name"),
    ),
    Layout(
        name="网格负责人", source="网格化服务分工, town, 2025",
        rows=("网格|网格负责人|职务|责任区域|服务企业", "1|李双木|副科长|一路至三路|虚构甲有限公司"), desk=ON_RECORD,
        fields="- cadre.name cadre.title - enterprise.name", assumed=_KNOWN,
        stored={"pairings: uscc staff_no": (f"{A} 1002",)},
    ),
    Layout(
        name="派驻企业、派驻时间", source="企业服务专员名单, city, 2026",
        rows=("姓名|工作单位及职务|联系方式|派驻企业|派驻时间",
            "王一禾|经信局科长|19900000001|虚构甲有限公司|2026年3月1日"),
        desk=ON_RECORD, fields="cadre.name cadre.title cadre.phone enterprise.name pairings.start_on", assumed="end_on",
        stored={"pairings: uscc staff_no start_on": (f"{A} 1001 2026-03-01",)},
    ),
    Layout(
        name="服务期限", source="企业服务专员名单, city, 2026",
        rows=("企业名称|服务专员|服务期限", "虚构甲有限公司|王一禾|2026.1-2027.12"), desk=ON_RECORD, code=5,
        words=("服务期限=pairings.end_on", "服务期限=-"),
    ),
    Layout(
        name="各街道一段，有小计、总计", source="规上企业名录, district, 2025",
        rows=(
            "序号|单位详细名称|统一社会信用代码|是否规上|入库日期|从业人员", "城东街道（2家）|||||",
            f"1|虚构甲有限公司|{A}|是|2019-12-31|30", f"2|虚构丙有限公司|{C}|是|2019-12-31|30", "小计|2家||||60",
            "城西街道（1家）|||||", f"1|虚构乙有限公司|{B}|是|2021-12-31|20", "小计|1家||||20", "总计|3家||||80",
        ),
        fields="- enterprises.name enterprises.uscc enterprises.above_scale enterprises.enrolled_on"
        " enterprises.employees",
        assumed="subdistrict",
        stored={
            "enterprises: name subdistrict": (
                "虚构甲有限公司 城东街道", "虚构丙有限公司 城东街道", "虚构乙有限公司 城西街道",
            ),
        },
    ),
    Layout(
        name="一企一策台账没有收件日期", source="一企一策台账, county, 2026", rows=_PLAN, desk=ON_RECORD, code=5,
        words=("存在问题=requests.subject",),
    ),
    Layout(
        name="一企一策台账，指明是诉求", source="一企一策台账, county, 2026", rows=_PLAN, desk=ON_RECORD,
        options=("--map", "存在问题=requests.subject"), code=5, words=("收件日期",),
    ),
)  # fmt: skip
