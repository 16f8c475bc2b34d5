import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AuthError } from './api-error.js';
import { type FetchToken, TokenSource } from './token-source.js';

const MINUTE = 60_000;
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${encode({ alg: 'EdDSA' })}.${encode(claims)}.signature`;

let issued = 0;
/** A token for ten minutes, made by a server whose clock is that far from ours. */
const tenMinutes = (serverAhead = 0) => {
  const iat = Math.floor((Date.now() + serverAhead) / 1000);
  return jwt({ iat, exp: iat + 600, jti: ++issued });
};

function sourceWith(fetchToken: FetchToken) {
  const source = new TokenSource();
  const callback = vi.fn(fetchToken);
  source.fetchToken = callback;
  const reasons = () => callback.mock.calls.map(([{ reason }]) => reason);
  return { source, callback, reasons };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks once for any number of widgets that wait', async () => {
  const { source, callback } = sourceWith(async () => tenMinutes());
  const tokens = await Promise.all(Array.from({ length: 20 }, () => source.get()));
  expect(callback).toHaveBeenCalledTimes(1);
  expect(new Set(tokens).size).toBe(1);
});

it('asks again a minute before the token expires, and not sooner', async () => {
  const { source, reasons } = sourceWith(async () => tenMinutes());
  await source.get();
  vi.advanceTimersByTime(8.9 * MINUTE);
  await source.get();
  expect(reasons()).toEqual(['initial']);
  vi.advanceTimersByTime(0.2 * MINUTE);
  await source.get();
  expect(reasons()).toEqual(['initial', 'expiring']);
});

it.each([-26 * 60 * MINUTE, 26 * 60 * MINUTE])(
  'is not fooled by a device clock that is wrong by %i ms',
  async (ahead) => {
    const { source, reasons } = sourceWith(async () => tenMinutes(ahead));
    await source.get();
    vi.advanceTimersByTime(5 * MINUTE);
    await source.get();
    expect(reasons()).toEqual(['initial']);
    vi.advanceTimersByTime(5 * MINUTE);
    await source.get();
    expect(reasons()).toEqual(['initial', 'expiring']);
  },
);

it('knows after a night of sleep that the token is old, though the monotonic clock stood still', async () => {
  const { source, reasons } = sourceWith(async () => tenMinutes());
  await source.get();
  vi.setSystemTime(new Date('2026-11-24T08:00:00Z'));
  await source.get();
  expect(reasons()).toEqual(['initial', 'expiring']);
});

it('knows that the token is old when the clock was set back', async () => {
  const { source, reasons } = sourceWith(async () => tenMinutes());
  await source.get();
  vi.advanceTimersByTime(10 * MINUTE);
  vi.setSystemTime(new Date('2026-11-23T09:00:00Z'));
  await source.get();
  expect(reasons()).toEqual(['initial', 'expiring']);
});

it('replaces a refused token once, however many requests were refused with it', async () => {
  const { source, reasons } = sourceWith(async () => tenMinutes());
  const refused = await source.get();
  const [first, second] = await Promise.all([source.get(refused), source.get(refused)]);
  const late = await source.get(refused);
  expect(first).not.toBe(refused);
  expect([second, late]).toEqual([first, first]);
  expect(reasons()).toEqual(['initial', 'rejected']);
});

it('goes on with a token that is still good when the early refresh fails', async () => {
  let works = true;
  const { source } = sourceWith(async () => {
    if (!works) throw new Error('backend restarts');
    return tenMinutes();
  });
  const token = await source.get();
  works = false;
  vi.advanceTimersByTime(9.5 * MINUTE);
  expect(await source.get()).toBe(token);
  vi.advanceTimersByTime(MINUTE);
  await expect(source.get()).rejects.toThrow(AuthError);
});

it('gives up on a callback after ten seconds and tells it so', async () => {
  let signal: AbortSignal | undefined;
  const { source, callback } = sourceWith((request) => {
    signal = request.signal;
    return new Promise(() => {});
  });
  const outcome = expect(source.get()).rejects.toThrow('longer than 10 seconds');
  await vi.advanceTimersByTimeAsync(10_000);
  await outcome;
  expect(signal?.aborted).toBe(true);
  source.get().catch(() => {});
  expect(callback).toHaveBeenCalledTimes(2);
});

it('says what failed when the callback throws at once or returns nothing', async () => {
  const throwing = sourceWith(() => {
    throw new Error('boom');
  });
  await expect(throwing.source.get()).rejects.toMatchObject({ name: 'AuthError', cause: new Error('boom') });
  const empty = sourceWith(async () => undefined as unknown as string);
  await expect(empty.source.get()).rejects.toThrow('returned no token');
});

it('takes a token that is not a JWT, for five minutes', async () => {
  const { source, reasons } = sourceWith(async () => 'opaque');
  await source.get();
  vi.advanceTimersByTime(3.9 * MINUTE);
  await source.get();
  expect(reasons()).toEqual(['initial']);
  vi.advanceTimersByTime(0.2 * MINUTE);
  await source.get();
  expect(reasons()).toEqual(['initial', 'expiring']);
});

it('refreshes a token of one minute at half its life instead of with every request', async () => {
  const { source, reasons } = sourceWith(async () => {
    const iat = Math.floor(Date.now() / 1000);
    return jwt({ iat, exp: iat + 60 });
  });
  await source.get();
  vi.advanceTimersByTime(20_000);
  await source.get();
  expect(reasons()).toEqual(['initial']);
});

it('ignores the answer of a callback that was asked before a reset', async () => {
  let answer: (token: string) => void = () => {};
  const { source, reasons } = sourceWith(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const before = source.get();
  const answerBefore = answer;
  source.reset();
  await expect(before).rejects.toMatchObject({ name: 'AbortError' });
  const after = source.get();
  answerBefore('of the organisation before');
  answer('of this organisation');
  expect(await after).toBe('of this organisation');
  expect(reasons()).toEqual(['initial', 'initial']);
});
