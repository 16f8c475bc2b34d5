import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { callJson } from './call.ts';

test('a server that repeats what it was sent puts no key into the error', async () => {
  const server = createServer((request, response) => {
    response.statusCode = 400;
    response.end(`unexpected ${JSON.stringify(request.headers)} for ${request.headers['x-api-key']}`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const { port } = server.address() as AddressInfo;
    const error: Error & { detail?: string } = await callJson(new URL(`http://127.0.0.1:${port}/usage`), {
      name: 'the usage',
      headers: { authorization: 'Bearer sk-secret-1234', 'x-api-key': 'key-secret-5678' },
      allowedHosts: null,
      whenDenied: 'Give it rights.',
    }).then(
      () => new Error('answered'),
      (reason) => reason,
    );
    expect(error).toMatchObject({ code: 'source_incomplete', detail: expect.stringContaining('status 400') });
    expect(error.detail).not.toMatch(/secret/);
  } finally {
    server.close();
  }
});
