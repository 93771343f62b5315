"""Where the lines, the points and the labels of a chart of shares stand, in the units of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from esm.sheets.sheet.sheet import Ratio

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 280, 56, 34, 34
_STEP = 100  # tenths of a percent between two lines of the grid
_MOST_LABELS = 6


def line_chart(labels: Sequence[str], series: Sequence[tuple[str, Sequence[Ratio | None]]]) -> dict[str, Any]:
    """Return the parts of a chart; a share that is not known interrupts its line.

    Without two shares beside each other there is no line, and nothing to draw. The scale goes up to 100 % and begins
    with the full ten percent at or under the lowest share.
    """
    known = [ratio.tenths for _label, ratios in series for ratio in ratios if ratio and ratio.tenths is not None]
    low = min([900, *known]) // _STEP * _STEP
    every = max(1, -(-len(labels) // _MOST_LABELS))

    def across(place: int) -> float:
        return round(LEFT + 20 + (WIDTH - LEFT - 50) * place / max(1, len(labels) - 1), 1)

    def down(tenths: int) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1000 - tenths) / (1000 - low), 1)

    grid_step = _STEP * (1 if low >= 500 else 2)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "has_line": any(len(run) > 1 for _label, ratios in series for run in _runs(ratios)),
        "grid": [{"y": down(tenths), "label": f"{tenths // 10}%"} for tenths in range(1000, low - 1, -grid_step)],
        "labels": [{"x": across(at), "text": text} for at, text in enumerate(labels) if at % every == 0],
        "series": [
            {
                "number": number,
                "label": label,
                "paths": [
                    " ".join(f"{across(place)},{down(tenths)}" for place, tenths in run) for run in _runs(ratios)
                ],
                "points": [
                    {"x": across(place), "y": down(tenths), "text": f"{labels[place]}: {ratios[place]}"}
                    for run in _runs(ratios)
                    for place, tenths in run
                ],
            }
            for number, (label, ratios) in enumerate(series)
        ],
    }


def _runs(ratios: Sequence[Ratio | None]) -> Iterator[list[tuple[int, int]]]:
    """Give the stretches of known shares, each as its places with the tenths of a percent."""
    run: list[tuple[int, int]] = []
    for place, ratio in enumerate(ratios):
        if ratio is not None and ratio.tenths is not None:
            run.append((place, ratio.tenths))
        elif run:
            yield run
            run = []
    if run:
        yield run
