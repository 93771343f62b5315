"""The classes of requests: those shipped, as a district changed them, in their order."""

from __future__ import annotations

from esm.domain.requests.class_tree import SHIPPED, RequestClass, merged_classes


def test_the_shipped_classes_stand_in_their_own_order_each_before_what_belongs_to_it() -> None:
    found = list(merged_classes([]))
    assert [code for code in found if "." not in code] == [code for code in SHIPPED if "." not in code]
    assert found[:4] == ["labour", "labour.recruitment", "labour.relations", "labour.talent"]
    assert sorted(found) == sorted(SHIPPED)


def test_a_class_of_the_district_stands_with_its_own_and_new_ones_come_last() -> None:
    own = [RequestClass("tax.training"), RequestClass("harbour.pilot"), RequestClass("harbour"), RequestClass("beach")]
    found = list(merged_classes(own))
    tax = found.index("tax")
    assert found[tax : tax + 4] == ["tax", "tax.fees", "tax.refund", "tax.training"]
    assert found[-3:] == ["beach", "harbour", "harbour.pilot"]


def test_a_district_renames_and_retires_what_is_shipped() -> None:
    found = merged_classes([RequestClass("tax.fees", "规费", is_retired=True)])
    assert (found["tax.fees"].name, found["tax.fees"].is_retired) == ("规费", True)
    assert (found["tax"].name, found["tax"].is_retired) == (None, False)


def test_the_top_of_a_class_is_its_first_level() -> None:
    assert [RequestClass(code).top for code in ("tax", "tax.fees")] == ["tax", "tax"]
