"""The timeline as a picture: events a year by type, as SVG, from the newest built version.

    python -m benchmarks.plot [docs/timeline.svg]

Written by hand in SVG, so that the same data give the same bytes and no drawing library is needed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import bilaterals

ROOT = Path(__file__).parents[1]
TYPES = ("meeting", "visit", "agreement", "consensus")
COLOURS = {"meeting": "#1f5a92", "visit": "#6fa8d6", "agreement": "#c9772b", "consensus": "#8a8a8a"}
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, BAR = 900, 300, 44, 36, 40, 12


def counts_by_year(events: pd.DataFrame) -> pd.DataFrame:
    """Rows are years without a gap, columns the types; events that happened (not planned, not called off) and are dated."""
    done = events[events["status"].isin(["held", "reached", "signed", "in_force"]) & events["date_start"].notna()]
    years = done["date_start"].str[:4].astype(int)
    table = pd.crosstab(years, done["event_type"]).reindex(columns=list(TYPES), fill_value=0)
    return table.reindex(range(int(years.min()), int(years.max()) + 1), fill_value=0)


def svg(table: pd.DataFrame) -> str:
    """The stacked bars of one table of counts."""
    most = int(table.sum(axis=1).max())
    top = -(-most // 20) * 20
    height = HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT - 10) / len(table)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="11">',
        "<title>China-Japan events by year and type</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for value in range(0, top + 1, 20):
        y = HEIGHT - BOTTOM - value * height / top
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 10}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#444444">{value}</text>')
    for i, (year, row) in enumerate(table.iterrows()):
        x, y = LEFT + i * step + (step - BAR) / 2, float(HEIGHT - BOTTOM)
        for kind in TYPES:
            tall = int(row[kind]) * height / top
            y -= tall
            if tall:
                tip = f"<title>{year}: {int(row[kind])} {kind}</title>"
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{BAR}" height="{tall:.1f}" fill="{COLOURS[kind]}">{tip}</rect>'
                )
        if int(str(year)) % 5 == 0:
            parts.append(
                f'<text x="{x + BAR / 2:.1f}" y="{HEIGHT - 16}" text-anchor="middle" fill="#444444">{year}</text>'
            )
    for i, kind in enumerate(TYPES):
        parts.append(f'<rect x="{LEFT + i * 110}" y="12" width="11" height="11" fill="{COLOURS[kind]}"/>')
        parts.append(f'<text x="{LEFT + i * 110 + 16}" y="22" fill="#222222">{kind}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main(arguments: list[str]) -> int:
    """Draw the newest version of the China-Japan timeline."""
    out = Path(arguments[0]) if arguments else ROOT / "docs" / "timeline.svg"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(svg(counts_by_year(bilaterals.load_events("CHN", "JPN"))), encoding="utf-8", newline="\n")
    print(f"wrote {out.relative_to(ROOT) if out.is_relative_to(ROOT) else out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
