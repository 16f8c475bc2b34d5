import type { Sku } from '../gcp/sku.ts';
import type { Meter } from '../meters.ts';

/** Gemini on Google's bill: a SKU says model, kind of tokens and tier in its name alone. US dollars for a thousand tokens. */
const gemini = (name: string, price: string): readonly Sku[] => [
  {
    service: 'Vertex AI',
    serviceId: 'C7E2-9256-1C43',
    name: `${name} - Predictions`,
    price,
    perMeterUnit: 1,
    pricingUnit: 'count',
    // What is counted are tokens, whatever the unit says.
    unit: 'count',
    unitsEach: 1000,
    global: true,
  },
];

export const geminiSkus = {
  'model-small-input': gemini('Gemini 2.5 Flash GA Text Input', '0.0003'),
  'model-small-output': gemini('Gemini 2.5 Flash GA Text Output', '0.0025'),
  'model-thinking-output': gemini('Gemini 2.5 Flash GA Thinking Text Output', '0.0025'),
  'model-lite-input': gemini('Gemini 2.5 Flash Lite Text Input', '0.0001'),
  'model-lite-output': gemini('Gemini 2.5 Flash Lite Text Output', '0.0004'),
  'model-large-input': gemini('Gemini 2.5 Pro Text Input', '0.00125'),
  'model-large-cached': gemini('Gemini 2.5 Pro Text Input Caching', '0.000125'),
  'model-large-output': gemini('Gemini 2.5 Pro Text Output', '0.01'),
  'model-large-batch-input': gemini('Gemini 2.5 Pro Text Input Batch', '0.000625'),
  'model-large-batch-output': gemini('Gemini 2.5 Pro Text Output Batch', '0.005'),
} as const satisfies Partial<Record<Meter, readonly Sku[]>>;
