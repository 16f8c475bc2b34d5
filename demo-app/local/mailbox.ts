import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenFailure } from '@cloudact/core/problem';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Where mail goes on a machine of one's own: a page that shows it. Nothing is sent, and nothing is kept on disk. */
export interface Mailbox {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  deliver(mail: Mail): void;
  stop(): Promise<void>;
}

const KEPT = 200;

interface KeptMail extends Mail {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Opens the mailbox on 127.0.0.1: `GET /` is the page, `GET /mails` the same as JSON, newest first. Throws `port_taken`. */
export async function openMailbox(port: number): Promise<Mailbox> {
  const mails: KeptMail[] = [];
  const server = createServer((request, response) => {
    // A foreign name that was made to point at this machine is another site in disguise (DNS rebinding).
    if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) return answer(response, 421, '');
    if (request.method !== 'GET') return answer(response, 405, '');
    if (request.url === '/mails') return answer(response, 200, JSON.stringify(mails), 'application/json');
    if (request.url === '/') return answer(response, 200, page(mails));
    return answer(response, 404, '');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, { port, host: '127.0.0.1' })));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver(mail) {
      mails.unshift({ ...mail, id: randomUUID(), at: new Date().toISOString() });
      mails.splice(KEPT);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, status: number, body: string, type = 'text/html'): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}

function page(mails: readonly KeptMail[]): string {
  const list = mails
    .map(
      ({ to, subject, text, at }) => `<article>
  <h2>${escaped(subject)}</h2>
  <p class="to">to ${escaped(to)}, <time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time></p>
  <pre>${linked(text)}</pre>
</article>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>Local mailbox · CloudAct</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
article { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 10px; padding: 0 1.2rem 0.6rem; margin: 1rem 0; }
h2 { font-size: 1.05rem; margin-bottom: 0; }
.to { opacity: 0.75; margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
</style>
</head>
<body>
<h1>Local mailbox</h1>
<p>Mail that would have been sent. It stays on this machine and is gone when the product stops.</p>
${list || '<p>No mail yet.</p>'}
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function linked(text: string): string {
  return escaped(text).replace(/https?:\/\/(?:(?!&#\d+;)\S|&#38;)+/g, (url) => `<a href="${url}">${url}</a>`);
}
