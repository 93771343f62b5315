"""The cheapest seat for everyone: the assignment problem, in whole numbers, with its proof."""

from __future__ import annotations

from collections.abc import Sequence

FORBIDDEN = 10**18


def cheapest_assignment(costs: Sequence[Sequence[int]]) -> tuple[list[int], list[int], list[int]]:
    """Return each row's column in a cheapest assignment, and the prices of rows and columns that prove it.

    The Hungarian method with shortest augmenting paths; there are at least as many columns as rows.
    """
    row_price, column_price, holder = [0] * len(costs), [0] * len(costs[0]), [-1] * len(costs[0])
    for row in range(len(costs)):
        _augment(row, costs, row_price, column_price, holder)
    taken = [-1] * len(costs)
    for column, row in enumerate(holder):
        if row >= 0:
            taken[row] = column
    return taken, row_price, column_price


def _augment(
    row: int, costs: Sequence[Sequence[int]], row_price: list[int], column_price: list[int], holder: list[int]
) -> None:
    """Give `row` a column along the cheapest chain of moves, and bring the prices up to date."""
    columns, settled = list(range(len(holder))), []
    distance, came_from = [2 * FORBIDDEN] * len(holder), [-1] * len(holder)
    current, column, length = row, -1, 0
    while True:
        base, prices = length - row_price[current], costs[current]
        for other in columns:
            reach = base + prices[other] - column_price[other]
            if reach < distance[other]:
                distance[other], came_from[other] = reach, column
        column = min(columns, key=distance.__getitem__)
        length = distance[column]
        if holder[column] < 0:
            break
        columns.remove(column)
        settled.append(column)
        current = holder[column]
    row_price[row] += length
    for other in settled:
        row_price[holder[other]] += length - distance[other]
        column_price[other] -= length - distance[other]
    while column >= 0:
        before = came_from[column]
        holder[column] = holder[before] if before >= 0 else row
        column = before
