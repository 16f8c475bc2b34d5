import { afterEach, expect, it } from 'vitest';
import { captureMails } from './captured-mail.ts';
import { type Mail, type Mailbox, openMailbox } from './mailbox.ts';

let mailbox: Mailbox | undefined;
afterEach(() => mailbox?.stop());

it('shows mail as text with links that can be followed, and runs nothing that a mail holds', async () => {
  mailbox = await openMailbox(0);
  mailbox.deliver({
    to: '<b>ann@example.com</b>',
    subject: 'Hello <script>alert(1)</script>',
    text: 'Open http://localhost:3000/auth/confirm?token_hash=a&type=signup "now"',
  });
  const response = await fetch(mailbox.url);
  const html = await response.text();
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain('<a href="http://localhost:3000/auth/confirm?token_hash=a&#38;type=signup">');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const mails = (await (await fetch(`${mailbox.url}/mails`)).json()) as Mail[];
  expect(mails).toMatchObject([{ to: '<b>ann@example.com</b>' }]);
});

it('answers only under the names of this machine', async () => {
  mailbox = await openMailbox(0);
  const { port } = new URL(mailbox.url);
  const status = await new Promise<number>((resolve, reject) => {
    import('node:http').then(({ get }) =>
      get({ host: '127.0.0.1', port, headers: { host: 'rebound.example.com' } }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      }).on('error', reject),
    );
  });
  expect(status).toBe(421);
});

it('reads each mail that Supabase Lite prints, between lines that are none', async () => {
  const mails: Mail[] = [];
  const line = captureMails((mail) => mails.push(mail));
  for (const text of [
    'Ready in 900ms',
    '[@supabase/lite] email captured (not delivered)',
    'To: ann@example.com',
    'Subject: Confirm your signup',
    '',
    'Follow this link:',
    'http://localhost:3000/auth/v1/verify?token=x&type=signup',
    '[@supabase/lite] email captured (not delivered)',
    'To: bob@example.com',
    'Subject: Reset your password',
    '',
    'Second',
  ]) {
    line(text);
  }
  await expect.poll(() => mails.length).toBe(2);
  expect(mails[0]).toEqual({
    to: 'ann@example.com',
    subject: 'Confirm your signup',
    text: 'Follow this link:\nhttp://localhost:3000/auth/v1/verify?token=x&type=signup',
  });
  expect(mails[1]!.to).toBe('bob@example.com');
});
