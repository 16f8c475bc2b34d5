import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOpenSsl, makeCertificate } from '../testing/certificate.ts';
import { askOwnServer } from './own-server.ts';

describe.skipIf(!hasOpenSsl)("an organisation's own server behind TLS", () => {
  let folder: string;
  let server: Server;
  let url: URL;
  let certificateAuthority: string;
  let asked = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-server-'));
    const { cert, key } = await makeCertificate(folder);
    certificateAuthority = await readFile(cert, 'utf8');
    server = createServer({ cert: certificateAuthority, key: await readFile(key, 'utf8') }, (_request, response) => {
      asked += 1;
      response.end('{"spend": 12.340000000000000001}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/spend`);
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const options = { name: 'the spend', headers: {}, whenDenied: 'Give it rights.', wait: async () => undefined };

  test('is asked when its certificate holds for its name', async () => {
    const answer = await askOwnServer(url, { privateNetwork: true, certificateAuthority }, options);
    expect(JSON.stringify(answer)).toBe('{"spend":12.340000000000000001}');
  });

  test('is not asked when nobody vouches for it, nor for strangers, whose names lead to this machine', async () => {
    asked = 0;
    await expect(askOwnServer(url, { privateNetwork: true }, options)).rejects.toMatchObject({
      code: 'source_unavailable',
    });
    await expect(askOwnServer(url, { certificateAuthority }, options)).rejects.toMatchObject({
      code: 'source_denied',
      detail: expect.stringContaining('private network'),
    });
    expect(asked).toBe(0);
  });
});
