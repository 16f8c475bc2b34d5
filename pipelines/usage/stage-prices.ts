import type { LandingSession } from '../landing/session.ts';
import { quoteText } from '../landing/session.ts';
import { isMeterId, type MeterId, meters } from '../prices/meters.ts';
import type { Price, PriceBook } from '../prices/price-book.ts';
import { questionKeySql } from './question-key.ts';
import { pricesTable, questionsTable } from './tables.ts';
import type { UsageSource } from './usage-source.ts';

const CHUNK = 500;

interface QuestionRow {
  question: string;
  model: string | null;
  meter: string;
  tier: string | null;
  context_window: string | null;
  geography: string | null;
  speed: string | null;
}

/**
 * Asks the book for every price that the usage needs, once for all days, and leaves the answers in `questionsTable` and `pricesTable`.
 */
export async function stagePrices(
  session: LandingSession,
  { priceList }: UsageSource,
  usageTable: string,
  book: PriceBook,
): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE usage_asked AS
    SELECT row_number() OVER (ORDER BY key) AS question, * FROM (
      SELECT DISTINCT ${questionKeySql('usage')} AS key, model, meter, tier, context_window, geography, speed
      FROM ${usageTable} AS usage)`);
  const asked = await session.rows<QuestionRow>(
    `SELECT CAST(question AS VARCHAR) AS question, model, meter, tier, context_window, geography, speed FROM usage_asked ORDER BY 1`,
  );
  const models: string[] = [];
  const prices: string[] = [];
  for (const row of asked) {
    const { list, contracted } = ask(book, priceList, row);
    const { developer = null, family = null, id = null, version = null } = list.model ?? contracted.model ?? {};
    const unknown = contracted.prices.length > 0 ? 'day' : (contracted.unknown ?? 'model');
    models.push(`(${row.question}, ${[developer, family, id, version, unknown].map(textOrNull).join(', ')})`);
    const { per } = meters[row.meter as MeterId];
    for (const price of list.prices) prices.push(priceRow(row.question, 'list', price, per));
    for (const price of contracted.prices) prices.push(priceRow(row.question, 'contracted', price, per));
  }
  await session.run(`CREATE OR REPLACE TEMP TABLE usage_models
    (question BIGINT, developer VARCHAR, family VARCHAR, model_id VARCHAR, model_version VARCHAR, unknown_reason VARCHAR)`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${pricesTable} (price BIGINT, question BIGINT, kind VARCHAR, valid_from DATE, valid_to DATE,
    unit_price DECIMAL(38,18), narrow_price DECIMAL(18,9), unit_weight BIGINT, currency VARCHAR, version VARCHAR, source VARCHAR)`);
  await insert(session, 'usage_models', models);
  await insert(
    session,
    pricesTable,
    prices.map((price, index) => `(${index}, ${price})`),
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE ${questionsTable} AS
    SELECT asked.*, answered.* EXCLUDE (question) FROM usage_asked AS asked JOIN usage_models AS answered ON answered.question = asked.question`);
}

function ask(book: PriceBook, provider: string, row: QuestionRow): ReturnType<PriceBook['find']> {
  if (!isMeterId(row.meter)) throw new TypeError(`"${row.meter}" is no meter`);
  return book.find({
    provider,
    model: row.model ?? '',
    meter: row.meter,
    tier: row.tier ?? 'standard',
    contextWindow: row.context_window,
    geography: row.geography,
    speed: row.speed,
  });
}

function priceRow(question: string, kind: 'list' | 'contracted', price: Price, per: string): string {
  const { validFrom, validTo, unitPrice, currency, version, source } = price;
  return `${question}, ${quoteText(kind)}, CAST(${quoteText(validFrom ?? '0001-01-01')} AS DATE), CAST(${quoteText(validTo ?? '9999-12-31')} AS DATE),
    CAST(${quoteText(unitPrice)} AS DECIMAL(38,18)), ${NARROW.test(unitPrice) ? quoteText(unitPrice) : 'NULL'}, ${weightOf(unitPrice, per) ?? 'NULL'}, ${[currency, version, source].map(quoteText).join(', ')}`;
}

/** What one unit weighs when an amount is divided: its price in 10^-12, or null where that is no integer of 63 bits. */
function weightOf(unitPrice: string, per: string): bigint | null {
  const [whole = '0', places = ''] = unitPrice.split('.');
  const weight = BigInt(`${whole}${places.padEnd(12, '0').slice(0, 12)}`) / BigInt(per);
  return places.length <= 12 && weight > 0n && weight < 2n ** 63n ? weight : null;
}

/** Fits DECIMAL(18,9). */
const NARROW = /^\d{1,8}(\.\d{1,9})?$/;

async function insert(session: LandingSession, table: string, rows: readonly string[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await session.run(`INSERT INTO ${table} VALUES ${rows.slice(start, start + CHUNK).join(', ')}`);
  }
}

function textOrNull(text: string | null): string {
  return text === null ? 'NULL' : quoteText(text);
}
