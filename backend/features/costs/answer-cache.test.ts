import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AnswerCache } from './answer-cache.ts';

const answer = (json: string) => ({ json });
const make =
  (key: string, json = 'x'.repeat(10)) =>
  async () => ({ key, answer: answer(json) });
const never = async (): Promise<never> => {
  throw new Error('asked again');
};

it('an answer is made once', async () => {
  const cache = new AnswerCache(1000);
  await cache.get('a', make('a', 'one'));
  expect(await cache.get('a', never)).toEqual({ json: 'one' });
});

it('equal questions at the same time are answered once', async () => {
  const cache = new AnswerCache(1000);
  let made = 0;
  const gate = Promise.withResolvers<void>();
  const slow = async () => {
    made++;
    await gate.promise;
    return { key: 'a', answer: answer('one') };
  };
  const asked = [cache.get('a', slow), cache.get('a', slow), cache.get('a', slow)];
  gate.resolve();
  expect(await Promise.all(asked)).toEqual([answer('one'), answer('one'), answer('one')]);
  expect(made).toBe(1);
});

it('a failure is told to all who wait and is not kept', async () => {
  const cache = new AnswerCache(1000);
  const asked = [cache.get('a', never), cache.get('a', never)];
  expect(await Promise.allSettled(asked)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  expect(await cache.get('a', make('a', 'one'))).toEqual({ json: 'one' });
});

it('an answer of newer data is kept under its own key, never under the one that was asked for', async () => {
  const cache = new AnswerCache(1000);
  await cache.get('version 1', make('version 2', 'new'));
  expect(await cache.get('version 2', never)).toEqual({ json: 'new' });
  expect(await cache.get('version 1', make('version 1', 'old'))).toEqual({ json: 'old' });
});

it('what was not asked for longest goes first', async () => {
  const cache = new AnswerCache(44);
  for (const key of ['a', 'b', 'c', 'd']) await cache.get(key, make(key));
  await cache.get('a', never);
  await cache.get('e', make('e'));
  await cache.get('a', never);
  await expect(cache.get('b', never)).rejects.toThrow('asked again');
});

it('the bound in bytes holds, whatever is asked', async () => {
  const question = fc.record({ key: fc.stringMatching(/^[a-h]$/), size: fc.nat(60) });
  await fc.assert(
    fc.asyncProperty(fc.array(question), async (questions) => {
      const cache = new AnswerCache(100);
      for (const { key, size } of questions) {
        await cache.get(key, make(key, 'é'.repeat(size)));
        expect(cache.bytes).toBeLessThanOrEqual(100);
        expect(cache.bytes).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
