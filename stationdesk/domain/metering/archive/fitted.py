"""A saved mapping meets the next file of its layout: preambles may be longer and columns moved, headings must be the same."""

from __future__ import annotations

from dataclasses import replace

from stationdesk.domain.metering.archive.layout import layout
from stationdesk.domain.metering.archive.refusals import NoHeadingError, OtherLayoutError
from stationdesk.domain.metering.archive.units import plain
from stationdesk.domain.metering.archive.values import Mapping, Quantity, Table
from stationdesk.domain.said import Said

_MAY_LACK = frozenset({Quantity.STATUS})


def fitted(table: Table, mapping: Mapping) -> Mapping:
    """The mapping with its columns where this table has them. OtherLayoutError for a column that is not there."""
    if mapping.header == 0:
        return mapping
    try:
        found = layout(table)
    except NoHeadingError:
        raise OtherLayoutError(column=mapping.columns[0].heading) from None
    texts = [plain(each.text) for each in found.headings]
    columns = []
    for each in mapping.columns:
        wanted = plain(each.heading)
        if each.place < len(texts) and texts[each.place] == wanted:
            columns.append(each)
        elif texts.count(wanted) == 1:
            columns.append(replace(each, place=texts.index(wanted)))
        elif each.quantity not in _MAY_LACK:
            raise OtherLayoutError(column=each.heading)
    moved = [each.heading for each, old in zip(columns, mapping.columns, strict=False) if each != old]
    assumed = (*mapping.assumed, Said("columns_moved", {"columns": "、".join(moved)})) if moved else mapping.assumed
    width = max((place + 1 for place, each in enumerate(found.headings) if each.text), default=0)
    body = table.lines[found.body].number
    return replace(mapping, columns=tuple(columns), header=found.header, body=body, width=width, assumed=assumed)
