import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What a mail server was told. */
export interface Delivery {
  sender: string;
  recipients: string[];
  /** Header and body as they came over the wire. */
  message: string;
  encrypted: boolean;
}

export interface TestMailServer {
  port: number;
  deliveries: readonly Delivery[];
  close(): Promise<void>;
}

/**
 * A mail server of RFC 5321 on this machine, for tests. With a certificate it offers STARTTLS; `answers` replaces what it
 * says to a command, for example `{ RCPT: '550 no such person' }`.
 */
export async function startTestMailServer(
  options: { certificate?: { key: string; cert: string }; answers?: Readonly<Record<string, string>> } = {},
): Promise<TestMailServer> {
  const deliveries: Delivery[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    converse(socket, options, deliveries);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    deliveries,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function converse(
  plain: Socket,
  { certificate, answers = {} }: Parameters<typeof startTestMailServer>[0] & object,
  deliveries: Delivery[],
): void {
  let socket = plain;
  let delivery = newDelivery();
  let unread = '';
  let inData = false;
  const say = (line: string) => void socket.write(`${line}\r\n`);

  const listen = () => {
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      unread += bytes.toString('utf8');
      while (true) {
        const end = unread.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = unread.slice(0, end);
        unread = unread.slice(end + (inData ? 5 : 2));
        if (inData) deliver(text);
        else if (command(text)) return;
      }
    });
  };

  const deliver = (message: string) => {
    inData = false;
    deliveries.push({ ...delivery, message, encrypted: socket instanceof TLSSocket });
    delivery = newDelivery();
    say('250 taken');
  };

  /** True when the connection becomes another one. */
  const command = (line: string): boolean => {
    const verb = line.split(' ', 1)[0]!.toUpperCase();
    const answer = answers[verb];
    if (answer !== undefined) say(answer);
    else if (verb === 'EHLO') say(certificate && socket === plain ? '250-test\r\n250 STARTTLS' : '250 test');
    else if (verb === 'STARTTLS' && certificate) {
      say('220 go ahead');
      plain.removeAllListeners('data');
      socket = new TLSSocket(plain, { isServer: true, ...certificate });
      listen();
      return true;
    } else if (verb === 'STARTTLS') say('502 not here');
    else if (verb === 'MAIL') {
      delivery.sender = line;
      say('250 ok');
    } else if (verb === 'RCPT') {
      delivery.recipients.push(line);
      say('250 ok');
    } else if (verb === 'DATA') {
      inData = true;
      say('354 go on');
    } else if (verb === 'QUIT') say('221 bye');
    else say('250 ok');
    return false;
  };

  listen();
  say('220 test');
}

function newDelivery(): Omit<Delivery, 'message' | 'encrypted'> {
  return { sender: '', recipients: [] };
}
