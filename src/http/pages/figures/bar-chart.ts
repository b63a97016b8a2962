/** Patterns and colours by which series are told apart; each is named in the legend, and none by colour alone. */
export const fills = ['plain', 'striped', 'dotted', 'hollow'] as const;
export type Fill = (typeof fills)[number];

export type Series = { name: string; fill: Fill };
type Segment = { x: number; width: number; fill: Fill };

/** Bars one below the other, each with what it says in words, as the macro `barChart` of `figures.njk` draws them. */
export type BarChart = {
  id: string;
  title: string;
  /** What it shows, for whoever does not see it. The table beside it has every number. */
  summary: string;
  legend: Series[];
  rows: { label: string; value: string; segments: Segment[] }[];
};

/** What one bar is made of: a number for each series. */
export type Bar = { label: string; value: string; parts: readonly number[] };

/**
 * Bars in one measure, so that they can be compared: the longest fills the width. With `isShare` each fills it.
 */
export function barChart(
  about: { id: string; title: string; summary: string; series: readonly Series[]; isShare?: boolean },
  bars: readonly Bar[],
): BarChart {
  const { id, title, summary, series, isShare = false } = about;
  const totals = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const most = Math.max(1, ...totals);
  return {
    id,
    title,
    summary,
    legend: [...series],
    rows: bars.map(({ label, value, parts }, i) => ({
      label,
      value,
      segments: segmentsOf(parts, series, isShare ? Math.max(1, totals[i] ?? 0) : most),
    })),
  };
}

function segmentsOf(parts: readonly number[], series: readonly Series[], most: number): Segment[] {
  let x = 0;
  return parts.flatMap((part, i) => {
    const width = Math.round((1_000 * part) / most) / 10;
    const segment = { x, width, fill: series[i]?.fill ?? 'plain' };
    x = Math.round((x + width) * 10) / 10;
    return width > 0 ? [segment] : [];
  });
}
