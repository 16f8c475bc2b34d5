import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { StripeOptions } from '../stripe-client.ts';

/** What Stripe holds in a test; objects have the documented fields that we read, and change as the test says. */
export interface StripeEdge {
  readonly options: StripeOptions;
  readonly customers: Map<string, Customer>;
  readonly subscriptions: Map<string, Subscription>;
  readonly invoices: Map<string, Invoice>;
  readonly checkouts: Map<string, Checkout>;
  /** What was asked, oldest first: `POST /v1/customers`. */
  readonly calls: { call: string; form: Record<string, string> }[];
  /** Called before each answer; what it throws breaks the connection. */
  before: (call: string) => void | Promise<void>;
}

export interface Customer {
  id: string;
  object: 'customer';
  email: string | null;
  metadata: Record<string, string>;
  deleted: boolean;
}

export interface Subscription {
  id: string;
  object: 'subscription';
  customer: string;
  status: string;
  created: number;
  trial_end: number | null;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  items: { data: { price: { id: string }; current_period_start: number; current_period_end: number }[] };
}

interface Invoice {
  id: string;
  object: 'invoice';
  customer: string;
  subscription: string;
  status: string;
  attempt_count: number;
  created: number;
  status_transitions: { finalized_at: number | null };
}

interface Checkout {
  id: string;
  object: 'checkout.session';
  customer: string;
  status: 'open' | 'expired' | 'complete';
  url: string;
}

/**
 * A small server at Stripe's edge. It keeps what the calls of this project need, honours idempotency keys as Stripe
 * documents them, and stands for the rest of a test file.
 */
export async function openStripeEdge(): Promise<StripeEdge> {
  const answered = new Map<string, { form: string; answer: unknown }>();
  const edge: Omit<StripeEdge, 'options'> = {
    customers: new Map(),
    subscriptions: new Map(),
    invoices: new Map(),
    checkouts: new Map(),
    calls: [],
    before: () => {},
  };
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const { pathname, searchParams } = new URL(request.url!, 'http://stripe.example.com');
    const form = Object.fromEntries([...searchParams, ...new URLSearchParams(body)]);
    const call = `${request.method} ${pathname}`;
    try {
      await edge.before(call);
    } catch {
      response.destroy();
      return;
    }
    edge.calls.push({ call, form });
    const key = request.headers['idempotency-key'] as string | undefined;
    const kept = key === undefined ? undefined : answered.get(key);
    if (kept !== undefined && kept.form !== body)
      return send(response, 400, refusal('idempotency_error', 'key reused'));
    const answer = kept?.answer ?? answerTo(edge, call, form);
    if (answer === undefined)
      return send(response, 404, refusal('invalid_request_error', 'No such thing', 'resource_missing'));
    if (key !== undefined && kept === undefined) answered.set(key, { form: body, answer: structuredClone(answer) });
    return send(response, 200, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(edge, {
    options: {
      secretKey: 'sk_test_edge',
      webhookSecret: 'whsec_of_the_tests',
      edge: { host: '127.0.0.1', port, protocol: 'http' },
    } as const,
  });
}

type Form = Record<string, string>;
type State = Omit<StripeEdge, 'options'>;

function answerTo(state: State, call: string, form: Form): unknown {
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(call);
    if (match !== null) return answer(state, form, match[1] ?? '');
  }
  throw new Error(`the edge has no answer to ${call}`);
}

const routes: [RegExp, (state: State, form: Form, id: string) => unknown][] = [
  [/^POST \/v1\/customers$/, createCustomer],
  [/^POST \/v1\/customers\/(\w+)$/, ({ customers }, { email }, id) => assign(customers.get(id), { email })],
  [/^GET \/v1\/customers\/(\w+)$/, ({ customers }, _form, id) => customers.get(id)],
  [
    /^GET \/v1\/subscriptions$/,
    ({ customers, subscriptions }, form) =>
      customers.get(form.customer!)?.deleted === false ? list(subscriptions, form, 'customer') : undefined,
  ],
  [/^DELETE \/v1\/subscriptions\/(\w+)$/, cancelSubscription],
  [/^GET \/v1\/invoices$/, ({ invoices }, form) => list(invoices, form, 'subscription')],
  [/^GET \/v1\/checkout\/sessions$/, ({ checkouts }, form) => list(checkouts, form, 'customer')],
  [/^POST \/v1\/checkout\/sessions$/, createCheckout],
  [
    /^POST \/v1\/checkout\/sessions\/(\w+)\/expire$/,
    ({ checkouts }, _form, id) => assign(checkouts.get(id), { status: 'expired' }),
  ],
  [
    /^POST \/v1\/billing_portal\/sessions$/,
    (_state, { customer }) => ({ url: `https://billing.stripe.example.com/${customer}` }),
  ],
];

function createCustomer({ customers }: State, form: Form): Customer {
  const customer: Customer = {
    id: id('cus'),
    object: 'customer',
    email: null,
    deleted: false,
    metadata: { org: form['metadata[org]']! },
  };
  customers.set(customer.id, customer);
  return customer;
}

function createCheckout({ checkouts }: State, { customer }: Form): Checkout {
  const session: Checkout = { id: id('cs'), object: 'checkout.session', customer: customer!, status: 'open', url: '' };
  session.url = `https://checkout.stripe.example.com/${session.id}`;
  checkouts.set(session.id, session);
  return session;
}

function cancelSubscription({ subscriptions }: State, _form: Form, id: string): Subscription | undefined {
  const subscription = subscriptions.get(id);
  return subscription?.status === 'canceled' ? undefined : assign(subscription, { status: 'canceled' });
}

function list(things: Map<string, object>, form: Form, by: string) {
  const data = [...things.values()].filter((thing) => {
    const fields = thing as Record<string, unknown>;
    return fields[by] === form[by] && (form.status === 'all' || fields.status === form.status);
  });
  return { object: 'list', data, has_more: false };
}

function assign<Thing extends object>(thing: Thing | undefined, changes: object): Thing | undefined {
  return thing && Object.assign(thing, changes);
}

function id(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;
}

function refusal(type: string, message: string, code?: string) {
  return { error: { type, message, ...(code !== undefined && { code }) } };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
