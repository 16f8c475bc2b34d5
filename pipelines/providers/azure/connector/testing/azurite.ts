import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { makeCertificate } from '../../../testing/certificate.ts';

/** The account that every Azurite has, with the key that Microsoft publishes for it. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface StorageServer {
  /** What `ConnectorContext` takes to talk to it. */
  context: { endpoint: string; signInEndpoint: string; certificateAuthority: string };
  account: string;
  container(name: string): ReturnType<BlobServiceClient['getContainerClient']>;
  /** SAS URL as Azure's portal shows it. */
  sasUrl(container: string, options?: { permissions?: string; expiresOn?: Date; protocol?: SASProtocol }): string;
  /** Client secrets that the sign-in takes; anything else is refused as Microsoft Entra ID does. */
  secrets: Set<string>;
  stop(): Promise<void>;
}

/** Starts Azurite over TLS, which signatures that insist on HTTPS take, and beside it a sign-in that answers as Microsoft Entra ID documents it. */
export async function startStorage(): Promise<StorageServer> {
  const folder = await mkdtemp(join(tmpdir(), 'azurite-'));
  const { cert, key } = await makeCertificate(folder);
  const certificateAuthority = await readFile(cert, 'utf8');
  const program = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const options = [
    '--blobPort',
    '0',
    '--inMemoryPersistence',
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
  ];
  const azurite = spawn(process.execPath, [program, ...options, '--oauth', 'basic', '--cert', cert, '--key', key], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    azurite.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /listen\w* on https:\/\/127\.0\.0\.1:(\d+)/i.exec(said)?.[1];
      if (found) resolve(found);
    });
    azurite.on('exit', (code) => reject(new Error(`Azurite ended with ${code}: ${said}`)));
  });
  const secrets = new Set<string>();
  const signIn = await startSignIn(certificateAuthority, await readFile(key, 'utf8'), secrets);
  const endpoint = `https://127.0.0.1:${port}/${ACCOUNT}`;
  const credential = new StorageSharedKeyCredential(ACCOUNT, KEY);
  const service = new BlobServiceClient(endpoint, credential, { tlsOptions: { ca: certificateAuthority } } as object);
  return {
    context: {
      endpoint,
      signInEndpoint: `https://localhost:${(signIn.address() as AddressInfo).port}`,
      certificateAuthority,
    },
    account: ACCOUNT,
    container: (name) => service.getContainerClient(name),
    sasUrl(
      container,
      { permissions = 'rl', expiresOn = new Date(Date.now() + 3_600_000), protocol = SASProtocol.Https } = {},
    ) {
      const sas = generateBlobSASQueryParameters(
        { containerName: container, permissions: ContainerSASPermissions.parse(permissions), expiresOn, protocol },
        credential,
      );
      return `https://${ACCOUNT}.blob.core.windows.net/${container}?${sas}`;
    },
    secrets,
    async stop() {
      signIn.close();
      azurite.kill();
      await once(azurite, 'exit').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The two documents of Microsoft Entra ID that signing in with a client secret reads: the authority's and the token. */
async function startSignIn(cert: string, key: string, secrets: ReadonlySet<string>): Promise<Server> {
  const server = createServer({ cert, key }, async (request, response) => {
    const origin = `https://${request.headers.host}`;
    const tenant = (request.url ?? '').split('/')[1];
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url?.includes('/.well-known/openid-configuration')) {
      return answer(200, {
        issuer: `${origin}/${tenant}/v2.0`,
        authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
      });
    }
    const body = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    if (!secrets.has(body.get('client_secret') ?? '')) {
      return answer(401, {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret provided.',
      });
    }
    return answer(200, { token_type: 'Bearer', expires_in: 3599, access_token: storageToken(tenant ?? '') });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}

/** A token as Azurite's basic check wants it: issuer, audience and times; it does not check the signature. */
function storageToken(tenant: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${tenant}/`,
    iat: now - 10,
    nbf: now - 10,
    exp: now + 3600,
  };
  return [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('signature')
    .join('.');
}
