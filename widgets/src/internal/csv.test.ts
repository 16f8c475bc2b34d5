import { expect, it } from 'vitest';
import { answerTo } from '../mocks/answers.js';
import { toCsv } from './csv.js';

const question = (search: string) => new URL(`https://api.example/v1/costs?from=2026-11-01&to=2026-11-02&${search}`);
const lines = (csv: string) =>
  csv
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');

it('holds every row with its exact amount, its currency and the name of the metric', () => {
  const answer = answerTo(question('granularity=day&group_by=ServiceName&top=2'), { currencies: ['USD', 'EUR'] });
  const [header, ...rows] = lines(toCsv(answer));
  expect(header).toBe('PeriodStart,PeriodEnd,ServiceName,Other,Currency,EffectiveCost,Unpriced');
  expect(rows).toHaveLength(6);
  const [first] = answer.rows;
  expect(rows[0]).toBe(`2026-11-01,2026-11-02,Amazon Elastic Compute Cloud,false,USD,${first?.cost},false`);
  expect(rows[2]).toBe(`2026-11-01,2026-11-02,,true,USD,${answer.rows[2]?.cost},false`);
});

it('quotes what needs quoting, and makes no formula of a name', () => {
  const answer = answerTo(question('granularity=day&group_by=ServiceName'), {
    daily: { 'Compute, "large"': 3, '=HYPERLINK("https://evil.example")': 2, '-refund': -1 },
  });
  const rows = lines(toCsv(answer));
  expect(rows[1]).toContain(',"Compute, ""large""",');
  expect(rows[2]).toContain(`,"'=HYPERLINK(""https://evil.example"")",`);
  expect(rows[3]).toMatch(/,'-refund,false,USD,-\d/);
});

it('marks amounts beside which usage waits for its price, and leaves the amount empty where nothing is priced', () => {
  const kind = { model: 'gpt-9', meter: 'Input Tokens', unit: 'Tokens', reason: 'model', daily: 5 };
  const answer = answerTo(question('granularity=day&group_by=ServiceName'), {
    daily: { 'OpenAI API': 3, Slack: 1 },
    waiting: [
      { service: 'OpenAI API', ...kind },
      { service: 'Mistral', ...kind },
    ],
  });
  const rows = lines(toCsv(answer)).slice(1);
  expect(rows[0]).toMatch(/,OpenAI API,false,USD,\d[\d.]*,true$/);
  expect(rows[1]).toMatch(/,Slack,false,USD,\d[\d.]*,false$/);
  expect(rows[2]).toBe('2026-11-01,2026-11-02,Mistral,false,,,true');
});
