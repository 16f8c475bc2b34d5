import { readFile, stat } from 'node:fs/promises';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { Errors } from 'typebox/value';
import { type PlanDocument, planDocumentSchema } from './plan.ts';
import { planFaults } from './plan-faults.ts';

/** No plan document is larger. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_FAULTS = 100;

/**
 * Reads a plan document from a JSON file.
 *
 * Throws `file_not_found`, `file_unreadable` when it is no JSON, and `settings_invalid` as {@link readPlans} does.
 */
export async function readPlanFile(path: string): Promise<PlanDocument> {
  let json: string;
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw new CloudActError('file_unreadable', {
        detail: `${path} is larger than 32 MiB, which no plan document is. Name the file with the subscriptions.`,
      });
    }
    json = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CloudActError) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CloudActError(isMissing ? 'file_not_found' : 'file_unreadable', {
      detail: `${path} ${isMissing ? 'does not exist' : 'cannot be read'}. Name the JSON file with the subscriptions.`,
      cause: error,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CloudActError('file_unreadable', {
      detail: `${path} is no JSON: ${error instanceof Error ? error.message : String(error)}. Correct it there.`,
      cause: error,
    });
  }
  return readPlans(value, path);
}

/**
 * Reads a plan document. Nothing is filled in or changed: what is returned is the document, checked.
 *
 * Throws `settings_invalid` with one fault per place: `column` is its JSON path (`/subscriptions/0/versions/1/unit_price`),
 * keys that do not exist are among them. `file` names the document in the message.
 */
export function readPlans(value: unknown, file = 'The plan document'): PlanDocument {
  const shape = shapeFaults(value);
  const faults = shape.length > 0 ? shape : planFaults(value as PlanDocument);
  if (faults.length === 0) return value as PlanDocument;
  const [first] = faults;
  const more = faults.length > 1 ? `, and ${faults.length - 1} more` : '';
  throw new CloudActError('settings_invalid', {
    detail: `${file} cannot be used: ${first!.column || 'the document'} ${first!.reason}${more}. Correct the document there and try again.`,
    faults: faults.slice(0, MOST_FAULTS).map((fault) => ({ file, ...fault })),
  });
}

/** One fault per path, the deepest words that the schema has for it. */
function shapeFaults(value: unknown): InputFault[] {
  const faults = new Map<string, InputFault>();
  for (const { keyword, instancePath, params, message, schemaPath } of Errors(planDocumentSchema, value)) {
    const add = (path: string, reason: string) => {
      if (!faults.has(path)) faults.set(path, { column: path, reason, ...shownValue(value, path) });
    };
    const told = params as {
      requiredProperties?: string[];
      additionalProperties?: string[];
      allowedValues?: unknown[];
    };
    if (keyword === 'required')
      for (const name of told.requiredProperties ?? []) add(`${instancePath}/${name}`, 'is missing');
    else if (keyword === 'additionalProperties') {
      for (const name of told.additionalProperties ?? []) {
        add(`${instancePath}/${name.slice(0, 100)}`, 'is no key of a plan document; check its spelling or remove it');
      }
    } else if (keyword === 'enum') add(instancePath, `must be one of ${(told.allowedValues ?? []).join(', ')}`);
    else if (keyword === 'pattern')
      add(instancePath, `must be ${describedAt(schemaPath) ?? 'text without control characters'}`);
    else if (keyword !== 'boolean') add(instancePath, message);
  }
  return [...faults.values()];
}

function describedAt(schemaPath: string): string | undefined {
  const found = walk(planDocumentSchema, schemaPath.replace(/^#/, ''));
  return (found as { description?: string } | undefined)?.description;
}

/** Short values are shown, so that they can be found. */
function shownValue(value: unknown, path: string): { value?: string } {
  const found = walk(value, path);
  return typeof found === 'string' || typeof found === 'number' ? { value: String(found).slice(0, 60) } : {};
}

function walk(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}
