"""Clusters of requests, and the classes that they are of, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.requests.classes import RequestClass
from esm.domain.requests.records import ClusterList
from esm.sheets.requests import terms as request_terms
from esm.sheets.sheet import code_words
from esm.sheets.sheet.sheet import Cell, Column, Sheet


def cluster_sheet(clusters: ClusterList) -> Sheet:
    """Return one line for each cluster, with its enterprises."""
    columns = (
        Column("request_class", _("Class")), Column("industry", _("Industry"), table=False),
        Column("told_industry", _("Industry"), data=False), Column("subdistrict", _("Subdistrict")),
        Column("enterprises", _("Enterprises")), Column("requests", _("Requests")),
        Column("first_on", _("First received"), table=False), Column("last_on", _("Last received"), table=False),
        Column("usccs", _("Codes"), table=False), Column("names", _("Names")),
        Column("ids", _("Request numbers"), table=False),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            request_terms.request_class(cluster.request_class, clusters.class_names.get(cluster.request_class)),
            cluster.section,
            code_words.section(cluster.section),
            cluster.subdistrict,
            len(cluster.usccs),
            len(cluster.requests),
            cluster.requests[0].received_on,
            cluster.requests[-1].received_on,
            cluster.usccs,
            cluster.enterprises,
            tuple(str(mention.id) for mention in cluster.requests),
        )
        for cluster in clusters.found
    ]
    rule = _("Same class, industry and subdistrict; {days} days up to {as_of}; at least {count} enterprises.").format(
        days=clusters.days, as_of=clusters.as_of, count=clusters.enterprises
    )
    return Sheet("clusters", _("Common issues"), columns, rows, (rule,), _("No common issues were found."))


def class_sheet(classes: Sequence[RequestClass]) -> Sheet:
    """Return the classes of requests."""
    columns = (Column("code", _("Class code")), Column("name", _("Class")), Column("retired", _("Retired")))
    rows = [(each.code, request_terms.request_class(each.code, each.name).label, each.is_retired) for each in classes]
    return Sheet("classes", _("Classes of requests"), columns, rows)
