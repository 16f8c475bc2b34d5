import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

export const ADMIN_KEY = 'admin-key-of-the-organization';

/**
 * Answers `GET /v1/admin/usage` as Mistral's API documents it: `answers` by month, `2026-10`, with the digits to deliver.
 * A month that is not there has no usage. Only {@link ADMIN_KEY} may read.
 */
export function startMistralServer(answers: Readonly<Record<string, object>>): Promise<AnswerServer> {
  return startAnswerServer(({ url, headers }) => {
    if (headers['x-api-key'] !== ADMIN_KEY) return { status: 401, json: { detail: 'Unauthorized' } };
    if (url.pathname !== '/v1/admin/usage') return { status: 404, json: { detail: 'Not Found' } };
    const month = `${url.searchParams.get('year')}-${url.searchParams.get('month')!.padStart(2, '0')}`;
    return { json: { ...emptyMonth(month), ...answers[month] } };
  });
}

/** What is answered for a month without usage. */
export function emptyMonth(month: string): object {
  const models = { models: {} };
  return {
    completion: models,
    ocr: models,
    connectors: models,
    libraries_api: { pages: models, tokens: models, audio_seconds: models },
    fine_tuning: { training: {}, storage: {} },
    audio: models,
    audio_characters: models,
    vibe_usage: 0,
    vibe_code: { completion: models, ocr: models, connectors: models, audio: models, audio_characters: models },
    chat: models,
    date: `${month}-01T00:00:00Z`,
    previous_month: null,
    next_month: null,
    start_date: `${month}-01T00:00:00Z`,
    end_date: `${month}-28T23:59:59Z`,
    currency: 'EUR',
    currency_symbol: '€',
    prices: [],
  };
}
