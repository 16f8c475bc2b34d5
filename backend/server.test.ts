import { afterAll, expect, it } from 'vitest';
import { listen, startBackend, stop } from './server.ts';
import { openTestBackend } from './testing/backend.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

it('starts over open stores, answers, stops, and leaves the stores open', async () => {
  const started = await startBackend({ ...backend.deps, port: 0 });
  expect(started.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${started.url}/health/ready`)).status).toBe(200);
  await started.stop();
  await expect(fetch(`${started.url}/health/ready`)).rejects.toThrow();
  await backend.warehouse.ping();
});

it('a port that is taken is told with its number and what to do', async () => {
  const first = await startBackend({ ...backend.deps, port: 0 });
  try {
    const port = Number(new URL(first.url).port);
    await expect(startBackend({ ...backend.deps, port })).rejects.toMatchObject({
      code: 'port_taken',
      detail: expect.stringContaining(String(port)),
    });
  } finally {
    await first.stop();
  }
});

it('stopping finishes what is under way, and cuts what takes too long', async () => {
  const { app, close } = await openTestBackend();
  const url = await listen(app, { port: 0, host: '127.0.0.1' });
  // A request whose body never ends.
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) });
  const hanging = fetch(`${url}/v1/admin/orgs`, { method: 'POST', body, duplex: 'half' } as RequestInit);
  const cut = expect(hanging.then((answer) => answer.text())).rejects.toThrow();
  await stop(app, 50);
  await Promise.race([cut, hanging.catch(() => undefined)]);
  await close();
});
