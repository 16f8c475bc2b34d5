import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { call } from '../calls.ts';
import { otherPrice, price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('other-units', draft);
const day = '2026-06-01';
const audioIn = (
  ['gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.0-flash', 'gemini-3-flash-preview'] as const
).map((model) =>
  make({
    name: `audio-${model}`,
    provider: 'google',
    title: 'Audio is inside of the prompt, at a price of its own',
    day,
    calls: [call('gemini', 'google', model, body.gemini(model, { prompt: 5800, audio: 5760, candidates: 120 }))],
    lines: [
      ['5800 - 5760', price('google', model, 'input')],
      [5760, price('google', model, 'audio input')],
      [120, price('google', model, 'output')],
    ],
  }),
);

const imageRead = make({
  name: 'image-read',
  provider: 'google',
  title: 'Images that a model reads are input like text',
  day,
  calls: [
    call(
      'gemini',
      'google',
      'gemini-2.5-flash',
      body.gemini('gemini-2.5-flash', { prompt: 1350, image: 1290, candidates: 60 }),
    ),
  ],
  lines: [
    [1350, price('google', 'gemini-2.5-flash', 'input')],
    [60, price('google', 'gemini-2.5-flash', 'output')],
  ],
});

const pictures = [
  make({
    name: 'image-tokens',
    provider: 'google',
    title: 'Pictures by the token, dearer than text',
    day,
    calls: [
      call(
        'gemini',
        'google',
        'gemini-2.5-flash-image',
        body.gemini('gemini-2.5-flash-image', { prompt: 40, candidates: 2580, imageOut: 2580 }),
      ),
    ],
    lines: [
      [40, price('google', 'gemini-2.5-flash-image', 'input')],
      [2580, price('google', 'gemini-2.5-flash-image', 'image output')],
    ],
  }),
  ...(
    [
      ['imagen-4.0-generate-001', 'Imagen 4', 4],
      ['imagen-4.0-fast-generate-001', 'Imagen 4 Fast', 1],
      ['imagen-4.0-ultra-generate-001', 'Imagen 4 Ultra', 2],
    ] as const
  ).map(([model, name, count]) =>
    make({
      name: model,
      provider: 'google',
      title: 'Pictures by the piece: the answer has no usage but the pictures',
      day,
      calls: [
        call('image-count', 'google', model, {
          predictions: Array.from({ length: count }, () => ({ mimeType: 'image/png' })),
        }),
      ],
      lines: [[count, otherPrice(name)]],
    }),
  ),
  make({
    name: 'gpt-image-1',
    provider: 'openai',
    title: 'Text and an image in, an image out: three prices',
    day,
    calls: [
      call('openai-images', 'openai', 'gpt-image-1', {
        created: 1780000000,
        quality: 'medium',
        size: '1024x1024',
        usage: {
          input_tokens: 373,
          input_tokens_details: { image_tokens: 323, text_tokens: 50 },
          output_tokens: 1056,
          total_tokens: 1429,
        },
      }),
    ],
    lines: [
      [50, price('openai', 'gpt-image-1', 'text input')],
      [323, price('openai', 'gpt-image-1', 'image input')],
      [1056, price('openai', 'gpt-image-1', 'image output')],
    ],
  }),
];

const sound = [
  make({
    name: 'gpt-audio',
    provider: 'openai',
    title: 'Audio is inside of prompt and completion, at prices of its own',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-audio',
        body.openaiChat('gpt-audio-2025-08-28', { prompt: 300, completion: 260, audioIn: 280, audioOut: 200 }),
      ),
    ],
    lines: [
      ['300 - 280', price('openai', 'gpt-audio', 'input')],
      [280, price('openai', 'gpt-audio', 'audio input')],
      ['260 - 200', price('openai', 'gpt-audio', 'output')],
      [200, price('openai', 'gpt-audio', 'audio output')],
    ],
  }),
  make({
    name: 'gpt-realtime',
    provider: 'openai',
    title: 'A turn of a voice session: text and audio, cached and not',
    day,
    calls: [
      call('openai-realtime', 'openai', 'gpt-realtime', {
        type: 'response.done',
        response: {
          object: 'realtime.response',
          status: 'completed',
          model: 'gpt-realtime',
          usage: {
            total_tokens: 1650,
            input_tokens: 1400,
            output_tokens: 250,
            input_token_details: {
              text_tokens: 500,
              audio_tokens: 900,
              image_tokens: 0,
              cached_tokens: 1088,
              cached_tokens_details: { text_tokens: 448, audio_tokens: 640, image_tokens: 0 },
            },
            output_token_details: { text_tokens: 50, audio_tokens: 200 },
          },
        },
      }),
    ],
    lines: [
      ['500 - 448', price('openai', 'gpt-realtime', 'input')],
      [448, price('openai', 'gpt-realtime', 'cached input')],
      ['900 - 640', price('openai', 'gpt-realtime', 'audio input')],
      [640, price('openai', 'gpt-realtime', 'cached audio input')],
      [50, price('openai', 'gpt-realtime', 'output')],
      [200, price('openai', 'gpt-realtime', 'audio output')],
    ],
  }),
  make({
    name: 'gpt-4o-transcribe',
    provider: 'openai',
    title: 'A transcription by tokens',
    day,
    calls: [
      call('openai-transcription', 'openai', 'gpt-4o-transcribe', {
        usage: {
          type: 'tokens',
          input_tokens: 1240,
          input_token_details: { text_tokens: 10, audio_tokens: 1230 },
          output_tokens: 190,
          total_tokens: 1430,
        },
      }),
    ],
    lines: [
      [10, price('openai', 'gpt-4o-transcribe', 'input')],
      [1230, price('openai', 'gpt-4o-transcribe', 'audio input')],
      [190, price('openai', 'gpt-4o-transcribe', 'output')],
    ],
  }),
  make({
    name: 'whisper-1',
    provider: 'openai',
    title: 'A transcription by the second, at 0.006 a minute',
    day,
    calls: [call('openai-transcription', 'openai', 'whisper-1', { usage: { type: 'duration', seconds: 754 } })],
    lines: [[754, otherPrice('Whisper, second')]],
  }),
];

const documents = (
  [
    ['mistral-ocr-2505', 'Mistral OCR 2505 page', 12],
    ['mistral-ocr-2512', 'Mistral OCR 2512 page', 250],
  ] as const
).map(([model, name, pages]) =>
  make({
    name: model,
    provider: 'mistral',
    title: 'Pages',
    day,
    calls: [
      call('mistral-ocr', 'mistral', model, {
        model: `${model}-completion`,
        document_annotation: null,
        usage_info: { pages_processed: pages, doc_size_bytes: 482113 },
      }),
    ],
    lines: [[pages, otherPrice(name)]],
  }),
);

const embeddings = (['text-embedding-3-small', 'text-embedding-3-large'] as const).map((model) =>
  make({
    name: model,
    provider: 'openai',
    title: 'Embeddings have input and no output',
    day,
    calls: [
      call('openai-chat', 'openai', model, {
        object: 'list',
        model,
        usage: { prompt_tokens: 8191, total_tokens: 8191 },
      }),
    ],
    lines: [[8191, price('openai', model, 'input')]],
  }),
);

export const otherUnitsOfMedia: readonly Fixture[] = [
  ...audioIn,
  imageRead,
  ...pictures,
  ...sound,
  ...documents,
  ...embeddings,
];
