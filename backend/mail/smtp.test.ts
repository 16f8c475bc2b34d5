import { execFileSync } from 'node:child_process';
import { CloudActError } from '@cloudact/core/errors';
import { afterEach, expect, it } from 'vitest';
import { smtpMailer } from './smtp.ts';
import { startTestMailServer, type TestMailServer } from './testing.ts';

let server: TestMailServer | undefined;
afterEach(() => server?.close());

const from = 'CloudAct <no-reply@larkmoor.test>';
const mailerTo = (port: number, host = '127.0.0.1') => smtpMailer({ host, port, from, secure: false });
const mail = {
  to: 'erika@larkmoor.test',
  subject: 'Join Larkmoor',
  text: 'Follow this link: https://app.test/#token=s3cret',
};

/** This machine by an address that is not known as this machine's. */
const elsewhere = '0.0.0.0';

function selfSigned(): { key: string; cert: string } {
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout - -subj /CN=test -days 2';
  const pem = execFileSync('openssl', request.split(' '), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const cert = pem.indexOf('-----BEGIN CERTIFICATE');
  return { key: pem.slice(0, cert), cert: pem.slice(cert) };
}

async function failure(sending: Promise<void>): Promise<CloudActError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof CloudActError) return error;
  throw new Error(`not an error of the catalogue: ${String(error)}`);
}

it('delivers sender, recipient, subject and text', async () => {
  server = await startTestMailServer();
  await mailerTo(server.port).send({ ...mail, subject: 'Grüße aus Köln' });
  const [delivery] = server.deliveries;
  expect(delivery).toMatchObject({
    sender: expect.stringContaining('<no-reply@larkmoor.test>'),
    recipients: ['RCPT TO:<erika@larkmoor.test>'],
  });
  expect(delivery!.message).toContain('To: erika@larkmoor.test\r\n');
  expect(delivery!.message).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(delivery!.message).toContain('https://app.test/#token');
});

it.each([
  'erika@larkmoor.test\r\nBcc: eve@evil.test',
  'erika@larkmoor.test\nRCPT TO:<eve@evil.test>',
  'erika@larkmoor.test, eve@evil.test',
  'Erika <erika@larkmoor.test>',
  'erika@larkmoor.test>\r\nDATA',
  'erika',
  '',
])('an address that is more or less than one is refused before anything is sent: %j', async (to) => {
  server = await startTestMailServer();
  expect(await failure(mailerTo(server.port).send({ ...mail, to }))).toMatchObject({ code: 'request_invalid' });
  expect(server.deliveries).toEqual([]);
});

it('a subject cannot add a header or begin the text', async () => {
  server = await startTestMailServer();
  await mailerTo(server.port).send({ ...mail, subject: 'Hello\r\nBcc: eve@evil.test\r\n\r\nother text\u0000' });
  const header = server.deliveries[0]!.message.split('\r\n\r\n', 1)[0]!;
  expect(header).not.toMatch(/^Bcc:/im);
  expect(header).toMatch(/^Subject: Hello Bcc: eve@evil\.test other text/m);
  expect(server.deliveries[0]!.recipients).toHaveLength(1);
});

it('a text that looks like SMTP stays text', async () => {
  server = await startTestMailServer();
  await mailerTo(server.port).send({ ...mail, text: 'one\r\n.\r\nRCPT TO:<eve@evil.test>' });
  expect(server.deliveries).toHaveLength(1);
  expect(server.deliveries[0]!.recipients).toHaveLength(1);
});

it('another machine without TLS is not spoken to', async () => {
  server = await startTestMailServer();
  const error = await failure(mailerTo(server.port, elsewhere).send(mail));
  expect(error).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('SMTP_SECURE') });
  expect(server.deliveries).toEqual([]);
});

it('another machine with a certificate that nobody vouches for is not spoken to', async () => {
  server = await startTestMailServer({ certificate: selfSigned() });
  const error = await failure(mailerTo(server.port, elsewhere).send(mail));
  expect(error).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('certificate') });
  expect(server.deliveries).toEqual([]);
});

it.each([
  ['the recipient', { RCPT: '550 no such person: Follow this link: https://app.test/#token=s3cret' }, 'recipient'],
  ['the text', { DATA: '554 spam: s3cret' }, 'refused the mail'],
])('a refusal of %s is one clear error that repeats nothing of the mail', async (_what, answers, expected) => {
  server = await startTestMailServer({ answers });
  const error = await failure(mailerTo(server.port).send(mail));
  expect(error).toMatchObject({ code: 'unavailable', detail: expect.stringContaining(expected) });
  expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('s3cret');
});

it('a refused sign-in is told without the password', async () => {
  server = await startTestMailServer({ answers: { EHLO: '250-test\r\n250 AUTH PLAIN', AUTH: '535 wrong: hunter2' } });
  const mailer = smtpMailer({
    host: '127.0.0.1',
    port: server.port,
    from,
    secure: false,
    user: 'u',
    password: 'hunter2',
  });
  const error = await failure(mailer.send(mail));
  expect(error).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('SMTP_PASSWORD') });
  expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('hunter2');
});

it('a server that is not there is one clear error', async () => {
  const gone = await startTestMailServer();
  await gone.close();
  expect(await failure(mailerTo(gone.port).send(mail))).toMatchObject({
    code: 'unavailable',
    detail: expect.stringContaining('SMTP_HOST'),
  });
});
