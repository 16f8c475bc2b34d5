import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, secret, serviceVariables } from '@cloudact/core/config';
import { CloudActError } from '@cloudact/core/errors';
import { parseOrgSlug } from '@cloudact/core/org';
import {
  addLocalWrappingKey,
  cloudKms,
  type OpeningVault,
  openLocalKeyring,
  pruneLocalWrappingKeys,
  type RotationReport,
} from '@cloudact/core/vault';
import { openVault } from '@cloudact/core/vault/opening';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { Type } from 'typebox';
import { exitCodes } from './exit-codes.ts';
import { type ProgressDisplay, progressDisplay } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface VaultOptions {
  /** Folder of the DuckDB warehouse; else `CLOUDACT_WAREHOUSE_DIR`. */
  warehouse?: string;
  /** File with the wrapping keys; else `CLOUDACT_VAULT_KEY_FILE`. */
  keyFile?: string;
  /** Cloud KMS key; else `CLOUDACT_VAULT_KMS_KEY`. */
  kmsKey?: string;
  json?: boolean;
}

interface Context {
  terminal: Terminal;
  signal?: AbortSignal;
}

/**
 * Wraps every data key anew. With a key file, a new wrapping key is made first, unless data keys are still wrapped by
 * older ones: then a rotation was interrupted, and this goes on with it. Cloud KMS makes its own versions.
 */
export async function rotateWrappingKeyCommand(
  options: VaultOptions & { prune?: boolean },
  context: Context,
): Promise<number> {
  return withVault(options, context, async (vault, { keyFile, display }) => {
    const rotate = () => vault.rotateWrappingKey(rotation('wrap', display, context.signal));
    let report = await rotate();
    if (report.dataKeys === 0 && keyFile !== undefined) {
      await addLocalWrappingKey(keyFile);
      report = await rotate();
    }
    const inUse = await vault.wrappingKeysInUse();
    const pruned = options.prune && keyFile !== undefined ? await pruneLocalWrappingKeys(keyFile, inUse) : [];
    return {
      result: { ...report, wrappingKeys: inUse, pruned },
      text: [
        `${report.dataKeys} data keys wrapped anew. In use: ${inUse.join(', ') || 'none'}.`,
        ...(pruned.length > 0 ? [`Deleted from the key file: ${pruned.join(', ')}.`] : []),
      ],
    };
  });
}

/** Gives one organisation, or every, a new data key, and seals all credentials anew. */
export async function rotateDataKeysCommand(
  options: VaultOptions & { org?: string },
  context: Context,
): Promise<number> {
  const org = options.org === undefined ? {} : { org: parseOrgSlug(options.org) };
  return withVault(options, context, async (vault, { display }) => {
    const report = await vault.rotateDataKeys({ ...rotation('seal', display, context.signal), ...org });
    const made = report.dataKeys > 0 ? `${report.dataKeys} data keys made` : 'An earlier rotation finished';
    return { result: report, text: [`${made}, ${report.credentials} credentials sealed anew.`] };
  });
}

interface Outcome {
  result: RotationReport;
  text: string[];
}

async function withVault(
  options: VaultOptions,
  { terminal, signal }: Context,
  work: (vault: OpeningVault, tools: { keyFile: string | undefined; display: ProgressDisplay }) => Promise<Outcome>,
): Promise<number> {
  const settings = settingsOf(options, process.env);
  // Both are made where they are missing, which is not what anybody wants to rotate.
  await mustExist(join(settings.warehouse, 'control.duckdb'), `There is no warehouse in ${settings.warehouse}`);
  if (settings.keyFile) await mustExist(settings.keyFile, `There is no key file ${settings.keyFile}`);
  const keys = settings.keyFile
    ? await openLocalKeyring(settings.keyFile)
    : cloudKms({ keyName: settings.kmsKey ?? '' });
  const warehouse = await openDuckDBWarehouse({ directory: settings.warehouse });
  const display = progressDisplay(terminal);
  try {
    const { authenticationKey } = settings;
    const vault = openVault({
      control: warehouse.control,
      wrapper: keys,
      unwrapper: keys,
      authenticationKey,
      now: () => new Date(),
    });
    const { result, text } = await work(vault, { keyFile: settings.keyFile, display });
    display.end();
    terminal.out(options.json ? JSON.stringify({ ok: true, ...result }, null, 2) : text.join('\n'));
    return exitCodes.ok;
  } catch (error) {
    if (!signal?.aborted) throw error;
    display.end();
    const detail = 'Stopped. What is done stays done; run it again, and it goes on.';
    if (options.json) terminal.out(JSON.stringify({ ok: false, error: { code: 'stopped', detail } }, null, 2));
    else terminal.error(detail);
    return exitCodes.stopped;
  } finally {
    display.end();
    await warehouse.close();
  }
}

const { CLOUDACT_WAREHOUSE_DIR, CLOUDACT_VAULT_KEY_FILE, CLOUDACT_VAULT_KMS_KEY } = serviceVariables;
const Environment = Type.Object({
  CLOUDACT_WAREHOUSE_DIR: Type.String({ ...CLOUDACT_WAREHOUSE_DIR, description: 'or --warehouse' }),
  CLOUDACT_VAULT_KEY_FILE,
  CLOUDACT_VAULT_KMS_KEY,
  CLOUDACT_VAULT_AUTHENTICATION_KEY: secret('the one that the services have'),
});

/** What an option says stands above the environment. Throws `configuration_invalid`, `usage_invalid`. */
function settingsOf(options: VaultOptions, environment: NodeJS.ProcessEnv) {
  const named = options.keyFile !== undefined || options.kmsKey !== undefined;
  const values = readConfig(Environment, {
    ...environment,
    ...(named && { CLOUDACT_VAULT_KEY_FILE: options.keyFile, CLOUDACT_VAULT_KMS_KEY: options.kmsKey }),
    ...(options.warehouse !== undefined && { CLOUDACT_WAREHOUSE_DIR: options.warehouse }),
  });
  const { CLOUDACT_VAULT_KEY_FILE: keyFile, CLOUDACT_VAULT_KMS_KEY: kmsKey } = values;
  if ((keyFile === undefined) === (kmsKey === undefined)) {
    throw new CloudActError('usage_invalid', {
      detail:
        'Say what wraps the data keys, one of the two: --key-file (CLOUDACT_VAULT_KEY_FILE) or --kms-key (CLOUDACT_VAULT_KMS_KEY).',
    });
  }
  return {
    warehouse: values.CLOUDACT_WAREHOUSE_DIR,
    authenticationKey: values.CLOUDACT_VAULT_AUTHENTICATION_KEY,
    keyFile,
    kmsKey,
  };
}

async function mustExist(path: string, otherwise: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new CloudActError('file_not_found', { detail: `${otherwise}. Check where it is.`, cause: error });
  }
}

function rotation(stage: 'wrap' | 'seal', display: ProgressDisplay, signal: AbortSignal | undefined) {
  return {
    onProgress: (done: number, all: number) => display.show({ stage, share: all === 0 ? 1 : done / all }),
    ...(signal && { signal }),
  };
}
