import { type ChildProcess, spawn } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { KeyManagementServiceClient, protos } from '@google-cloud/kms';
import { crc32c } from './crc32c.ts';

const { kms } = protos.google.cloud;
/** What the client itself stands on. */
const ofClient = createRequire(import.meta.resolve('@google-cloud/kms'));
const { grpc } = ofClient('google-gax');
const { PassThroughClient } = ofClient('google-auth-library');

export const keyName = 'projects/larkmoor/locations/europe/keyRings/cloudact/cryptoKeys/data-keys';

/** The real client, which speaks gRPC with a server on this machine and asks nobody for credentials. */
export function clientOf(port: number): KeyManagementServiceClient {
  return new KeyManagementServiceClient({
    apiEndpoint: '127.0.0.1',
    port,
    sslCreds: grpc.credentials.createInsecure(),
    authClient: new PassThroughClient(),
  });
}

export interface KmsStandIn {
  port: number;
  /** Makes a new primary version, as a rotation in Cloud KMS does. */
  rotate(): void;
  /** Changes answers on their way, as a broken network would. */
  garble: (answer: Record<string, unknown>) => void;
  close(): void;
}

type Request = Record<string, Uint8Array & { value: unknown }>;
type Answer = Record<string, unknown>;

/**
 * Cloud KMS's Encrypt, Decrypt and GetCryptoKey as its reference documents them: the additional authenticated data has to
 * be the same, CRC-32C of the request is checked and of the answer is sent, versions rotate, and old ones still decrypt.
 */
export async function startKmsStandIn(): Promise<KmsStandIn> {
  const versions = [randomBytes(32)];
  const versionName = (version: number) => `${keyName}/cryptoKeyVersions/${version}`;
  const standIn: KmsStandIn = {
    port: 0,
    rotate: () => void versions.push(randomBytes(32)),
    garble: () => undefined,
    close: () => server.forceShutdown(),
  };
  const methods: Record<string, (request: Request) => Answer> = {
    Encrypt({ name, plaintext, additionalAuthenticatedData: aad, ...sums }) {
      if (String(name) !== keyName) refuse(grpc.status.NOT_FOUND, 'CryptoKey not found.');
      checkSums({ plaintext: plaintext!, additionalAuthenticatedData: aad! }, sums);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', versions.at(-1)!, iv).setAAD(aad!);
      const body = [cipher.update(plaintext!), cipher.final()];
      const ciphertext = Buffer.concat([Buffer.of(versions.length), iv, ...body, cipher.getAuthTag()]);
      return {
        name: versionName(versions.length),
        ciphertext,
        ciphertextCrc32c: { value: crc32c(ciphertext) },
        verifiedPlaintextCrc32c: sums.plaintextCrc32c !== null,
        verifiedAdditionalAuthenticatedDataCrc32c: sums.additionalAuthenticatedDataCrc32c !== null,
      };
    },
    Decrypt({ ciphertext, additionalAuthenticatedData: aad, ...sums }) {
      checkSums({ ciphertext: ciphertext!, additionalAuthenticatedData: aad! }, sums);
      try {
        const bytes = Buffer.from(ciphertext!);
        const decipher = createDecipheriv('aes-256-gcm', versions[bytes[0]! - 1]!, bytes.subarray(1, 13))
          .setAAD(aad!)
          .setAuthTag(bytes.subarray(-16));
        const plaintext = Buffer.concat([decipher.update(bytes.subarray(13, -16)), decipher.final()]);
        return { plaintext, plaintextCrc32c: { value: crc32c(plaintext) } };
      } catch {
        return refuse(grpc.status.INVALID_ARGUMENT, 'Decryption failed: the ciphertext is invalid.');
      }
    },
    GetCryptoKey: () => ({ name: keyName, primary: { name: versionName(versions.length) } }),
  };
  const server = new grpc.Server();
  server.addService(
    service,
    Object.fromEntries(Object.entries(methods).map(([name, answer]) => [name, handler(answer)])),
  );

  function handler(answer: (request: Request) => Answer) {
    return (call: { request: Request }, done: (error: unknown, answer?: Answer) => void) => {
      try {
        const answered = answer(call.request);
        standIn.garble(answered);
        done(null, answered);
      } catch (error) {
        done(error);
      }
    };
  }

  standIn.port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error: Error | null, port: number) =>
      error ? reject(error) : resolve(port),
    ),
  );
  return standIn;
}

/** Runs the emulator on a free port, with the key ring and the key that the tests use. */
export async function startKmsEmulator(program: string): Promise<{ port: number; process: ChildProcess }> {
  const port = await freePort();
  const process = spawn(program, ['--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    process.stderr?.on('data', (chunk) => String(chunk).includes('Ready') && resolve());
    process.once('exit', (code) => reject(new Error(`The emulator ended with ${code}.`)));
  });
  const client = clientOf(port);
  const [, location = '', keyRingId = '', cryptoKeyId = ''] =
    /^(.*)\/keyRings\/(.*)\/cryptoKeys\/(.*)$/.exec(keyName) ?? [];
  const [keyRing] = await client.createKeyRing({ parent: location, keyRingId, keyRing: {} });
  const cryptoKey = { purpose: 'ENCRYPT_DECRYPT' as const };
  await client.createCryptoKey({ parent: keyRing.name ?? '', cryptoKeyId, cryptoKey });
  await client.close();
  return { port, process };
}

function refuse(code: number, details: string): never {
  throw Object.assign(new Error(details), { code, details });
}

function checkSums(values: Record<string, Uint8Array>, sums: Record<string, { value: unknown } | undefined>): void {
  for (const [name, bytes] of Object.entries(values)) {
    const sum = sums[`${name}Crc32c`];
    if (sum && Number(sum.value) !== crc32c(bytes)) refuse(grpc.status.INVALID_ARGUMENT, `${name} CRC32C differs.`);
  }
}

const service = Object.fromEntries(
  [
    ['Encrypt', kms.v1.EncryptRequest, kms.v1.EncryptResponse] as const,
    ['Decrypt', kms.v1.DecryptRequest, kms.v1.DecryptResponse] as const,
    ['GetCryptoKey', kms.v1.GetCryptoKeyRequest, kms.v1.CryptoKey] as const,
  ].map(([name, request, response]) => [
    name,
    {
      path: `/google.cloud.kms.v1.KeyManagementService/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (message: object) => Buffer.from(request.encode(message).finish()),
      requestDeserialize: (bytes: Uint8Array) => request.decode(bytes),
      responseSerialize: (message: object) => Buffer.from(response.encode(message).finish()),
      responseDeserialize: (bytes: Uint8Array) => response.decode(bytes),
    },
  ]),
);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
