import { CloudActError } from '@cloudact/core/errors';
import { subscriptionPlans } from '../subscriptions/format.ts';
import { anthropicUsage } from './anthropic/index.ts';
import { awsCur, awsCur2 } from './aws/index.ts';
import { azureCostDetails } from './azure/index.ts';
import type { BillFormat } from './bill-format.ts';
import { cursorUsage } from './cursor/index.ts';
import { focusFile } from './focus-file/index.ts';
import { gcpBillingExport } from './gcp/index.ts';
import { githubUsage } from './github/index.ts';
import { mistralUsage } from './mistral/index.ts';
import { notABillHint } from './not-a-bill.ts';
import { ociCostReport } from './oci/index.ts';
import { openaiUsage } from './openai/index.ts';
import { openrouterUsage } from './openrouter/index.ts';
import { xaiUsage } from './xai/index.ts';

/** Every format that is understood. The first that recognises a header wins. */
export const billFormats: readonly BillFormat[] = [
  awsCur,
  awsCur2,
  azureCostDetails,
  gcpBillingExport,
  ociCostReport,
  openaiUsage,
  anthropicUsage,
  openrouterUsage,
  githubUsage,
  cursorUsage,
  mistralUsage,
  xaiUsage,
  subscriptionPlans,
  focusFile,
];

/**
 * The format of a file with these column names. `from` is a format's id, or `auto`.
 * Throws `usage_invalid` for an id that does not exist, `file_format_unknown` when the header is of no (or another) format.
 */
export function detectFormat(header: readonly string[], from: string, file = 'The file'): BillFormat {
  if (from !== 'auto') {
    const named = billFormats.find(({ id }) => id === from);
    if (!named) {
      throw new CloudActError('usage_invalid', {
        detail: `There is no format "${from}". Use auto, ${billFormats.map(({ id }) => id).join(' or ')}.`,
      });
    }
    if (named.recognises(header)) return named;
    const other = billFormats.find((format) => format.recognises(header));
    throw new CloudActError('file_format_unknown', {
      detail: `${file} is not in the format ${named.id} (${named.title})${other ? `; it looks like ${other.id} (${other.title})` : ''}. ${startOf(header)}`,
    });
  }
  const found = billFormats.find((format) => format.recognises(header));
  if (found) return found;
  const hint = notABillHint(header);
  const formats = `: ${billFormats.map(({ id, title }) => `${id} (${title})`).join(', ')}. ${startOf(header)}`;
  throw new CloudActError('file_format_unknown', {
    detail: `${file} is in none of the known formats${hint ? `. ${hint}` : formats}`,
  });
}

function startOf(header: readonly string[]): string {
  const names = header.slice(0, 6).map((name) => JSON.stringify(name.slice(0, 60)));
  return `Its columns start with ${names.join(', ')}.`;
}
