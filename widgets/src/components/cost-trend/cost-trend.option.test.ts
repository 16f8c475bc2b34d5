import { expect, it } from 'vitest';
import type { ChartTheme } from '../../charts/theme.js';
import { formatFor } from '../../internal/format.js';
import { en } from '../../locales/en.js';
import { answerTo } from '../../mocks/answers.js';
import { scenarios } from '../../mocks/scenarios.js';
import { toTrend } from './cost-trend.model.js';
import { toOption } from './cost-trend.option.js';

const theme: ChartTheme = {
  series: ['#100000', '#200000', '#300000', '#400000', '#500000', '#600000', '#700000', '#800000'],
  other: '#999999',
  text: '#000000',
  muted: '#555555',
  border: '#dddddd',
  surface: '#ffffff',
  background: '#eeeeee',
  fontFamily: 'serif',
  patterns: false,
};
const url = new URL(
  'https://api.example/v1/costs?from=2026-11-01&to=2026-11-23&granularity=day&group_by=ServiceName&top=8',
);

interface DrawnSeries {
  data: { value: number | null; itemStyle: object }[];
}

function optionOf(scenario = {}, hidden: string[] = [], rightToLeft = false) {
  const trend = toTrend(answerTo(url, scenario), 'USD', en);
  const option = toOption({
    trend,
    theme,
    format: formatFor('en'),
    hidden: new Set(trend.series.filter(({ name }) => hidden.includes(name)).map(({ key }) => key)),
    rightToLeft,
    tip: () => {
      throw new Error('no page here');
    },
  });
  return { trend, option, series: option.series as DrawnSeries[] };
}

it('stacks one bar series per group, in the palette’s order, the rest in its own colour', () => {
  const { series } = optionOf();
  expect(series).toHaveLength(9);
  expect(series[0]).toMatchObject({ type: 'bar', stack: 'cost', itemStyle: { color: '#100000' } });
  expect(series[8]).toMatchObject({ name: 'Other', itemStyle: { color: '#999999' } });
});

it('draws nothing where nothing is known', () => {
  const { series, trend } = optionOf(scenarios.oneRow);
  const values = series[0]?.data.map(({ value }) => value) ?? [];
  expect(trend.periods.filter(({ state }) => state === 'unknown')).toHaveLength(2);
  expect(values.slice(-2)).toEqual([null, null]);
  expect(values.slice(0, -2).every((value) => value !== null && value > 0)).toBe(true);
});

it('keeps the colours of the others when a series is switched off', () => {
  const { series } = optionOf({}, ['Amazon Elastic Compute Cloud']);
  expect(series[0]?.data.every(({ value }) => value === null)).toBe(true);
  expect(series[1]).toMatchObject({ itemStyle: { color: '#200000' } });
});

it('rounds only the ends of a stack, and draws credits below the axis', () => {
  const { series } = optionOf(scenarios.negativeCredit);
  const first = series.map(({ data }) => data[0]);
  expect(first.map((item) => Math.sign(item?.value ?? 0))).toEqual([1, 1, 1, -1]);
  expect(first.map((item) => item?.itemStyle)).toEqual([
    {},
    {},
    { borderRadius: [3, 3, 0, 0] },
    { borderRadius: [0, 0, 3, 3] },
  ]);
});

it('runs from right to left where the page does', () => {
  expect(optionOf({}, [], true).option).toMatchObject({ xAxis: { inverse: true }, yAxis: { position: 'right' } });
});
