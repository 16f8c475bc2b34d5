import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CheckFinding, ConnectorDescription } from '../pipeline-service/port.ts';

export interface InnerDoor {
  readonly origin: string;
  /** Method, path and credential of every request. */
  readonly requests: string[];
  connectors: readonly ConnectorDescription[];
  findings: readonly CheckFinding[];
  /** In place of every answer; null for no answer at all. */
  instead: { status: number; body: string } | null | undefined;
  /** Before a check is answered. */
  meanwhile: () => Promise<void>;
  close(): Promise<void>;
}

/** A server that answers the API as the pipeline service does on its inner routes. */
export async function openInnerDoor(): Promise<InnerDoor> {
  const server = createServer(async (request, response) => {
    door.requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    if (door.instead === null) return void response.destroy();
    if (door.instead) return void response.writeHead(door.instead.status).end(door.instead.body);
    if (request.url === '/internal/connectors')
      return void response.end(JSON.stringify({ connectors: door.connectors }));
    await door.meanwhile();
    response.end(JSON.stringify({ findings: door.findings }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door: InnerDoor = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    connectors: [],
    findings: [],
    instead: undefined,
    meanwhile: async () => undefined,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return door;
}
