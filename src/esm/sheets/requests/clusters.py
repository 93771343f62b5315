"""Clusters of requests, and the classes that they are of, as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from esm.domain.requests.class_tree import RequestClass
from esm.domain.requests.records import ClusterList
from esm.errors import Message, say
from esm.sheets.requests.request_list import request_class
from esm.sheets.sheet import code_words
from esm.sheets.sheet.message_translation import sentences, tell
from esm.sheets.sheet.sheet import Column, Sheet, cells


def cluster_sheet(clusters: ClusterList) -> Sheet:
    """Return one line for each cluster, with its enterprises."""
    names = clusters.class_names
    columns = (
        Column("request_class", _("Class"), lambda one: request_class(one.request_class, names.get(one.request_class))),
        Column("industry", _("Industry"), "section", table=False),
        Column("told_industry", _("Industry"), lambda one: code_words.section(one.section), data=False),
        Column("subdistrict", _("Subdistrict")),
        Column("enterprises", _("Enterprises"), lambda one: len(one.usccs)),
        Column("requests", _("Requests"), lambda one: len(one.requests)),
        Column("first_on", _("First received"), lambda one: one.requests[0].received_on, table=False),
        Column("last_on", _("Last received"), lambda one: one.requests[-1].received_on, table=False),
        Column("usccs", _("Codes"), table=False),
        Column("names", _("Names"), "enterprises"),
        Column("ids", _("Request numbers"), lambda one: tuple(str(each.id) for each in one.requests), table=False),
    )
    rule = say(
        "Same class, industry and subdistrict; {days:day|days} up to {as_of}; at least {count} enterprises.",
        days=clusters.days, as_of=clusters.as_of, count=clusters.enterprises,
    )  # fmt: skip
    rows = cells(columns, clusters.found)
    notes = sentences(map(tell, (rule, *_scope(clusters))))
    empty = _("No common issues were found.") if clusters.looked_at else ""
    return Sheet("clusters", _("Common issues"), columns, rows, (notes,), empty)


def _scope(clusters: ClusterList) -> Iterator[Message]:
    if clusters.looked_at:
        yield say("Looked at: {count:request|requests}.", count=clusters.looked_at)
    else:
        yield say("There was nothing to look at: no request of these days is on record.")
    if clusters.left_out:
        yield say(
            "Left out: {count:request|requests} of enterprises without an industry or a subdistrict on record.",
            count=clusters.left_out,
        )


def class_sheet(classes: Sequence[RequestClass]) -> Sheet:
    """Return the classes of requests."""
    columns = (
        Column("code", _("Class code")),
        Column("name", _("Class"), lambda each: request_class(each.code, each.name).label),
        Column("retired", _("Retired"), "is_retired"),
    )
    return Sheet("classes", _("Classes of requests"), columns, cells(columns, classes))
