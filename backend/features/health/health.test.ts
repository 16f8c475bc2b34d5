import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { testMetadata } from '../../testing/metadata.ts';

let isBroken = false;
let pings = 0;
const metadata = {
  ...(await testMetadata()),
  async ping() {
    pings++;
    if (isBroken) throw new Error('no answer');
  },
};
const backend = await openTestBackend({ metadata });
const { app, clock } = backend;
afterAll(() => backend.close());

const later = (seconds: number) => {
  clock.time = new Date(clock.time.getTime() + seconds * 1000);
};

it('is ready while the stores answer, and asks them at most once in five seconds', async () => {
  for (let count = 0; count < 3; count++) expect((await app.inject('/health/ready')).statusCode).toBe(200);
  expect(pings).toBe(1);
  later(5);
  await app.inject('/health/ready');
  expect(pings).toBe(2);
});

it('is not ready when a store does not answer, tells nobody why, and is ready again afterwards', async () => {
  isBroken = true;
  later(5);
  const answer = await app.inject('/health/ready');
  expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
  expect(answer.body).not.toContain('no answer');
  expect((await app.inject('/health/live')).statusCode).toBe(200);
  isBroken = false;
  later(5);
  expect((await app.inject('/health/ready')).statusCode).toBe(200);
});

it('while stopping it is alive and not ready, and takes no new work', async () => {
  app.lifecycle.stopping = true;
  try {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
    const refused = await app.inject('/v1/costs');
    expect(refused.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(refused.headers.connection).toBe('close');
  } finally {
    app.lifecycle.stopping = false;
  }
});
