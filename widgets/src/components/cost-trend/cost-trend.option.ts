import type { BarSeriesOption, ChartOption } from '../../charts/kit.js';
import { type ChartTheme, seriesColor } from '../../charts/theme.js';
import type { Format } from '../../internal/format.js';
import type { TrendModel } from './cost-trend.model.js';

export interface TrendOptionInput {
  trend: TrendModel;
  theme: ChartTheme;
  format: Format;
  /** Keys of the series that the reader switched off. */
  hidden: ReadonlySet<string>;
  rightToLeft: boolean;
  /** Builds the card that follows the pointer. Nodes, not text: nothing to escape, no inline style for a CSP to refuse. */
  tip: (index: number) => HTMLElement;
}

/** Stacked bars, credits below the axis. Pure: the same input gives the same option, so it is tested without a page. */
export function toOption({ trend, theme, format, hidden, rightToLeft, tip }: TrendOptionInput): ChartOption {
  const { currency, granularity, periods } = trend;
  const visible = trend.series.map((series) => !hidden.has(series.key));
  const values = trend.series.map(({ costs }, index) =>
    costs.map((cost) => (visible[index] ? coordinate(cost) : null)),
  );
  const ends = periods.map((_, index) => outermost(values.map((series) => series[index] ?? null)));

  return {
    aria: { enabled: true, label: { enabled: false }, decal: { show: theme.patterns } },
    textStyle: { fontFamily: theme.fontFamily, color: theme.text },
    animationDuration: 350,
    animationDurationUpdate: 250,
    grid: { top: 10, right: 12, bottom: 4, left: 0, outerBounds: { top: 4, right: 0, bottom: 2, left: 0 } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      axisPointer: { type: 'shadow', shadowStyle: { color: theme.muted, opacity: 0.12 } },
      // ECharts styles its own box; the card that is seen is our child of it.
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      extraCssText: 'box-shadow:none',
      formatter: (items) => tip([items].flat()[0]?.dataIndex ?? 0),
    },
    xAxis: {
      type: 'category',
      inverse: rightToLeft,
      data: periods.map((period) => format.tick(period, granularity)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.border } },
      axisLabel: { color: theme.muted, fontSize: 11, margin: 10, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      position: rightToLeft ? 'right' : 'left',
      splitNumber: 4,
      splitLine: { lineStyle: { color: theme.border } },
      axisLabel: {
        color: theme.muted,
        fontSize: 11,
        margin: 10,
        formatter: (value: number) => format.axisMoney(value, currency),
      },
    },
    series: trend.series.map(
      ({ name, other }, index): BarSeriesOption => ({
        type: 'bar',
        name,
        stack: 'cost',
        barMaxWidth: 44,
        barCategoryGap: periods.length > 60 ? '12%' : '28%',
        cursor: 'pointer',
        itemStyle: {
          color: other ? theme.other : seriesColor(theme, index),
          borderColor: theme.surface,
          borderWidth: periods.length > 60 ? 0 : 0.5,
        },
        emphasis: { disabled: true },
        data: (values[index] ?? []).map((value, period) => ({
          value,
          itemStyle: {
            ...(periods[period]?.state === 'partial' && granularity !== 'day' && { opacity: 0.55 }),
            ...(index === ends[period]?.top && { borderRadius: [3, 3, 0, 0] }),
            ...(index === ends[period]?.bottom && { borderRadius: [0, 0, 3, 3] }),
          },
        })),
      }),
    ),
  };
}

/** Where on the axis: the one place where an amount becomes a float, because a pixel is one. */
const coordinate = (cost: string | undefined): number | null => (cost === undefined ? null : Number(cost));

/** Which series ends the stack above and below the axis. */
function outermost(values: readonly (number | null)[]): { top: number; bottom: number } {
  return {
    top: values.findLastIndex((value) => value !== null && value > 0),
    bottom: values.findLastIndex((value) => value !== null && value < 0),
  };
}
