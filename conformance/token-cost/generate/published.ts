import type { UnitPrice } from '../fixture.ts';

/** USD of a million tokens, as the provider's page writes them. Typed in by hand, from the page; no library is asked. */
type Sheet = Readonly<Record<string, string>>;

const pages = {
  openai: 'https://platform.openai.com/docs/pricing',
  anthropic: 'https://platform.claude.com/docs/en/about-claude/pricing',
  google: 'https://ai.google.dev/gemini-api/docs/pricing',
  mistral: 'https://mistral.ai/pricing',
  xai: 'https://docs.x.ai/docs/models',
  deepseek: 'https://api-docs.deepseek.com/quick_start/pricing',
  bedrock: 'https://aws.amazon.com/bedrock/pricing/',
  azure: 'https://azure.microsoft.com/en-us/pricing/details/cognitive-services/openai-service/',
  openrouter: 'https://openrouter.ai/models',
} as const;

export type Seller = keyof typeof pages;

function sheet(input: string, output: string, cached?: string, more: Sheet = {}): Sheet {
  return { input, output, ...(cached && { 'cached input': cached }), ...more };
}
function claude(input: string, five: string, hour: string, read: string, output: string, more: Sheet = {}): Sheet {
  return {
    input,
    'cache write, 5 minutes': five,
    'cache write, 1 hour': hour,
    'cache read': read,
    output,
    ...more,
  };
}
function long(input: string, output: string, cached: string): Sheet {
  return { 'long input': input, 'long output': output, 'long cached input': cached };
}

const sheets: Readonly<Record<Seller, Readonly<Record<string, Sheet>>>> = {
  openai: {
    'gpt-4o': sheet('2.50', '10.00', '1.25', {
      'priority input': '4.25',
      'priority cached input': '2.125',
      'priority output': '17.00',
    }),
    'gpt-4o-mini': sheet('0.15', '0.60', '0.075', { 'priority input': '0.25', 'priority output': '1.00' }),
    'gpt-4.1': sheet('2.00', '8.00', '0.50', {
      'priority input': '3.50',
      'priority cached input': '0.875',
      'priority output': '14.00',
    }),
    'gpt-4.1-mini': sheet('0.40', '1.60', '0.10'),
    'gpt-4.1-nano': sheet('0.10', '0.40', '0.025'),
    'gpt-5': sheet('1.25', '10.00', '0.125', {
      'priority input': '2.50',
      'priority cached input': '0.25',
      'priority output': '20.00',
    }),
    'gpt-5-mini': sheet('0.25', '2.00', '0.025'),
    'gpt-5-nano': sheet('0.05', '0.40', '0.005'),
    'gpt-5.1': sheet('1.25', '10.00', '0.125'),
    'gpt-5.2': sheet('1.75', '14.00', '0.175'),
    'gpt-5.4': sheet('2.50', '15.00', '0.25', long('5.00', '22.50', '0.50')),
    'gpt-5.5': sheet('5.00', '30.00', '0.50', long('10.00', '45.00', '1.00')),
    'gpt-5.6-terra': sheet('2.00', '12.00', '0.20', { 'cache write': '2.50' }),
    'gpt-5.6-terra before 30 July 2026': sheet('2.50', '15.00', '0.25', { 'cache write': '3.125' }),
    'gpt-5.6-luna': sheet('0.20', '1.20', '0.02', { 'cache write': '0.25' }),
    'gpt-5.6-luna before 30 July 2026': sheet('1.00', '6.00', '0.10', { 'cache write': '1.25' }),
    'gpt-5.6-sol': sheet('4.00', '20.00', '0.40'),
    'gpt-5.6-sol before 21 August 2026': sheet('5.00', '30.00', '0.50'),
    o3: sheet('2.00', '8.00', '0.50'),
    'o3 before 10 June 2025': sheet('10.00', '40.00'),
    'o4-mini': sheet('1.10', '4.40', '0.275'),
    'gpt-image-1': { 'text input': '5.00', 'image input': '10.00', 'image output': '40.00' },
    'gpt-audio': sheet('2.50', '10.00', undefined, { 'audio input': '32.00', 'audio output': '64.00' }),
    'gpt-realtime': sheet('4.00', '16.00', '0.40', {
      'audio input': '32.00',
      'cached audio input': '0.40',
      'audio output': '64.00',
    }),
    'gpt-4o-transcribe': sheet('2.50', '10.00', undefined, { 'audio input': '6.00' }),
    'text-embedding-3-small': { input: '0.02' },
    'text-embedding-3-large': { input: '0.13' },
  },
  anthropic: {
    'Claude Sonnet 4': claude('3', '3.75', '6', '0.30', '15'),
    'Claude Sonnet 4.5': claude('3', '3.75', '6', '0.30', '15', {
      'long input': '6',
      'long cache write, 5 minutes': '7.50',
      'long cache write, 1 hour': '12',
      'long cache read': '0.60',
      'long output': '22.50',
    }),
    'Claude Sonnet 4.6': claude('3', '3.75', '6', '0.30', '15'),
    'Claude Sonnet 4.6, long, before 13 March 2026': { input: '6', output: '22.50' },
    'Claude Opus 4.1': claude('15', '18.75', '30', '1.50', '75'),
    'Claude Opus 4.5': claude('5', '6.25', '10', '0.50', '25'),
    'Claude Opus 4.6': claude('5', '6.25', '10', '0.50', '25', { 'fast input': '30', 'fast output': '150' }),
    'Claude Opus 4.6, long, before 13 March 2026': { input: '10', output: '37.50' },
    'Claude Haiku 4.5': claude('1', '1.25', '2', '0.10', '5'),
    'Claude Haiku 3.5': claude('0.80', '1', '1.60', '0.08', '4'),
  },
  google: {
    'gemini-2.5-pro': sheet('1.25', '10.00', '0.125', long('2.50', '15.00', '0.25')),
    'gemini-2.5-flash': sheet('0.30', '2.50', '0.03', { 'audio input': '1.00', 'cached audio input': '0.10' }),
    'gemini-2.5-flash-lite': sheet('0.10', '0.40', '0.01', { 'audio input': '0.30' }),
    'gemini-2.5-flash-image': { input: '0.30', 'image output': '30.00' },
    'gemini-2.0-flash': sheet('0.10', '0.40', '0.025', { 'audio input': '0.70' }),
    'gemini-3-pro-preview': sheet('2.00', '12.00', '0.20', {
      ...long('4.00', '18.00', '0.40'),
      'priority input': '3.60',
      'priority output': '21.60',
    }),
    'gemini-3-flash-preview': sheet('0.50', '3.00', '0.05', { 'audio input': '1.00' }),
  },
  mistral: {
    'mistral-large-2512': sheet('0.50', '1.50', '0.05'),
    'mistral-medium-2508': sheet('0.40', '2.00', '0.04'),
    'mistral-medium-latest since 16 June 2026': sheet('1.50', '7.50'),
    'codestral-2508': sheet('0.30', '0.90', '0.03'),
    'magistral-medium': sheet('2.00', '5.00'),
    'ministral-8b before 2 December 2025': sheet('0.10', '0.10'),
    'ministral-8b since 2 December 2025': sheet('0.15', '0.15'),
    'devstral-small': sheet('0.10', '0.30'),
  },
  xai: {
    'grok-3': sheet('3.00', '15.00', '0.75'),
    'grok-3-mini': sheet('0.30', '0.50', '0.075'),
    'grok-4': sheet('3.00', '15.00', '0.75'),
    'grok-4-fast': sheet('0.20', '0.50', '0.05'),
    'grok-code-fast-1': sheet('0.20', '1.50', '0.02'),
  },
  deepseek: {
    'deepseek-v4-flash': sheet('0.14', '0.28', '0.0028'),
    'deepseek-v4-pro': sheet('0.435', '0.87', '0.003625'),
  },
  bedrock: {
    'Claude Sonnet 4': claude('3.00', '3.75', '6.00', '0.30', '15.00'),
    'Claude Sonnet 4.5, global': claude('3.00', '3.75', '6.00', '0.30', '15.00'),
    'Claude Sonnet 4.5, regional': claude('3.30', '4.125', '6.60', '0.33', '16.50'),
    'Claude Haiku 4.5, regional': claude('1.10', '1.375', '2.20', '0.11', '5.50'),
    'Claude Haiku 4.5, global': claude('1.00', '1.25', '2.00', '0.10', '5.00'),
    'Nova Pro': sheet('0.80', '3.20', '0.20'),
    'Nova Lite': sheet('0.06', '0.24', '0.015'),
    'Nova Micro': sheet('0.035', '0.14', '0.00875'),
    'Llama 3.3 70B': sheet('0.72', '0.72'),
  },
  azure: {
    'gpt-4o': sheet('2.50', '10.00', '1.25'),
    'gpt-4.1': sheet('2.00', '8.00', '0.50'),
    'gpt-4.1-mini': sheet('0.40', '1.60', '0.10'),
    'gpt-5': sheet('1.25', '10.00', '0.125'),
    'gpt-5-mini': sheet('0.25', '2.00', '0.025'),
    'o4-mini': sheet('1.10', '4.40'),
  },
  openrouter: {
    'openai/gpt-4.1': sheet('2.00', '8.00', '0.50'),
    'openai/gpt-4o-mini': sheet('0.15', '0.60', '0.075'),
    'openai/gpt-5': sheet('1.25', '10.00', '0.125'),
    'anthropic/claude-sonnet-4': { input: '3', output: '15', 'cache read': '0.30', 'cache write': '3.75' },
    'anthropic/claude-haiku-4.5': { input: '1', output: '5', 'cache read': '0.10', 'cache write': '1.25' },
    'x-ai/grok-code-fast-1': sheet('0.20', '1.50', '0.02'),
  },
};

/** Tools and media, each of so many. */
const others: Readonly<Record<string, UnitPrice>> = Object.fromEntries(
  (
    [
      ['OpenAI web search', '10.00', 1000, pages.openai],
      ['OpenAI file search', '2.50', 1000, pages.openai],
      ['Whisper, second', '0.0001', 1, pages.openai],
      ['Claude web search', '10', 1000, pages.anthropic],
      ['Gemini 2.5 grounded request', '35', 1000, pages.google],
      ['Gemini 3 search query', '14', 1000, pages.google],
      ['Imagen 4', '0.04', 1, pages.google],
      ['Imagen 4 Fast', '0.02', 1, pages.google],
      ['Imagen 4 Ultra', '0.06', 1, pages.google],
      ['Mistral OCR 2505 page', '1', 1000, pages.mistral],
      ['Mistral OCR 2512 page', '2', 1000, pages.mistral],
      ['Mistral OCR 4 page', '4', 1000, pages.mistral],
    ] as const
  ).map(([name, usd, per, page]) => [name, { name, usd, per, page }]),
);

/** A price of a million tokens. */
export function price(seller: Seller, model: string, kind: string): UnitPrice {
  const usd = sheets[seller][model]?.[kind];
  if (usd === undefined) throw new Error(`no price: ${seller} ${model} ${kind}`);
  return { name: `${model} ${kind}`, usd, per: 1_000_000, page: pages[seller] };
}

export function otherPrice(name: string): UnitPrice {
  const found = others[name];
  if (!found) throw new Error(`no price: ${name}`);
  return found;
}
