import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '@cloudact/core/config';
import Type from 'typebox';

/** The checkout's root folder. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

const Environment = Type.Object({
  CLOUDACT_DATA_DIR: Type.String({ default: join(root, '.cloudact') }),
  CLOUDACT_WEB_PORT: Type.Integer({ minimum: 1, maximum: 65535, default: 3000 }),
  CLOUDACT_API_PORT: Type.Integer({ minimum: 1, maximum: 65535, default: 8000 }),
  CLOUDACT_PIPELINES_PORT: Type.Integer({ minimum: 1, maximum: 65535, default: 8001 }),
  CLOUDACT_MAILBOX_PORT: Type.Integer({ minimum: 1, maximum: 65535, default: 8025 }),
  CLOUDACT_DEMO_SEED: Type.Integer({ minimum: 0, default: 1 }),
  CLOUDACT_ALLOWED_ORIGINS: Type.String({ default: '' }),
  CLOUDACT_OPEN_BROWSER: Type.Boolean({ default: true }),
});

export interface Settings {
  /** Everything that local mode keeps: warehouse, metadata, demo files, keys. */
  dataDirectory: string;
  webPort: number;
  apiPort: number;
  pipelinesPort: number;
  /** Where the page with the mail is that would have been sent. */
  mailboxPort: number;
  demoSeed: number;
  /** Other pages' origins that may call the API from a browser, to try an embed. */
  allowedOrigins: string[];
  openBrowser: boolean;
}

/** Reads the environment, once. Throws `configuration_invalid`. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const values = readConfig(Environment, environment);
  return {
    dataDirectory: resolve(values.CLOUDACT_DATA_DIR),
    webPort: values.CLOUDACT_WEB_PORT,
    apiPort: values.CLOUDACT_API_PORT,
    pipelinesPort: values.CLOUDACT_PIPELINES_PORT,
    mailboxPort: values.CLOUDACT_MAILBOX_PORT,
    demoSeed: values.CLOUDACT_DEMO_SEED,
    allowedOrigins: values.CLOUDACT_ALLOWED_ORIGINS.split(',').filter((origin) => origin !== ''),
    openBrowser: values.CLOUDACT_OPEN_BROWSER,
  };
}
