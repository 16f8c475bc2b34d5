import type { TestProject } from 'vitest/node';
import { startProduct, temporaryDirectory } from './start-product.ts';

declare module 'vitest' {
  interface ProvidedContext {
    product: { web: string; api: string; pipelines: string; mailbox: string; dataDirectory: string };
  }
}

/** One product for all pages' tests, started as a person starts it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await temporaryDirectory();
  const product = await startProduct({ dataDirectory: directory.path });
  project.provide('product', {
    web: `http://127.0.0.1:${product.web}`,
    api: `http://127.0.0.1:${product.api}`,
    pipelines: `http://127.0.0.1:${product.pipelines}`,
    mailbox: `http://127.0.0.1:${product.mailbox}`,
    dataDirectory: directory.path,
  });
  return async () => {
    await product.interrupt();
    await directory.remove();
  };
}
