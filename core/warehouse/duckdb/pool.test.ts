import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DuckDB, openDuckDB } from './instance.ts';

const MAXIMUM_WAITING = 3;
const CONNECTIONS = [1, 2, 3];
let opened: DuckDB[];
let unended: Question[] = [];

beforeAll(async () => {
  const open = (reads: number) =>
    openDuckDB({
      path: ':memory:',
      allowedDirectories: [],
      temporaryDirectory: '',
      reads,
      maximumWaitingReads: MAXIMUM_WAITING,
    });
  opened = await Promise.all(CONNECTIONS.map(open));
});

afterEach(() => {
  for (const question of unended) question.end();
  unended = [];
});

afterAll(() => Promise.all(opened.map((duckdb) => duckdb.close())));

/** Questions that run until the test ends them, and the order in which they began. */
function questions(duckdb: DuckDB) {
  const started: Question[] = [];
  return {
    started,
    ask(party: string, name = party): Question {
      const end = Promise.withResolvers<string>();
      const abort = new AbortController();
      const work = async () => {
        started.push(question);
        return end.promise;
      };
      const answer = duckdb.reads.use(work, { party, signal: abort.signal }).catch((error: unknown) => error);
      const question: Question = {
        party,
        name,
        answer,
        abort: () => abort.abort('given up'),
        end: () => end.resolve(name),
      };
      unended.push(question);
      return question;
    },
    names: () => started.map(({ name }) => name),
    /** Ends what runs, again and again, until all of `asked` are through. */
    async endAll(asked: readonly Question[]) {
      await settled();
      for (let index = 0; index < started.length; index++) {
        started[index]!.end();
        await settled();
      }
      return Promise.all(asked.map(({ answer }) => answer));
    },
  };
}

interface Question {
  party: string;
  name: string;
  answer: Promise<unknown>;
  abort(): void;
  end(): void;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const pair = () => opened[1]!;

test('who waits alone may use every connection', async () => {
  const { ask, names, endAll } = questions(pair());
  const asked = ['a1', 'a2', 'a3'].map((name) => ask('a', name));
  await settled();
  expect(names()).toEqual(['a1', 'a2']);
  expect(await endAll(asked)).toEqual(['a1', 'a2', 'a3']);
});

test('parties take turns, and within one the first to ask is the first to be answered', async () => {
  const { ask, names, endAll } = questions(pair());
  const asked = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => ask(name[0]!, name));
  expect(await endAll(asked)).toEqual(asked.map(({ name }) => name));
  expect(names()).toEqual(['a1', 'a2', 'b1', 'a3', 'c1', 'b2', 'a4']);
});

test('a party that holds a connection gets no second one while another waits for its first', async () => {
  const { ask, started, names, endAll } = questions(pair());
  const asked = ['a1', 'b1', 'a2', 'c1', 'd1'].map((name) => ask(name[0]!, name));
  await settled();
  for (const next of [1, 2]) {
    started[next]!.end();
    await settled();
  }
  expect(names()).toEqual(['a1', 'b1', 'c1', 'd1']);
  await endAll(asked);
  expect(names().at(-1)).toBe('a2');
});

test('beyond the limit a party is told when to ask again, and others still wait', async () => {
  const { ask, endAll } = questions(pair());
  const asked = Array.from({ length: 2 + MAXIMUM_WAITING }, () => ask('a'));
  expect(await ask('a').answer).toMatchObject({ code: 'rate_limited', retryAfterSeconds: expect.any(Number) });
  const other = ask('b');
  expect(await endAll([...asked, other])).toEqual(['a', 'a', 'a', 'a', 'a', 'b']);
});

test('who gives up leaves at once, and makes room for another', async () => {
  const { ask, names, endAll } = questions(pair());
  const asked = Array.from({ length: 2 + MAXIMUM_WAITING }, (_, index) => ask('a', `a${index}`));
  asked[3]!.abort();
  expect(await asked[3]!.answer).toBe('given up');
  const late = ask('a', 'late');
  expect(await endAll([...asked, late])).toEqual(['a0', 'a1', 'a2', 'given up', 'a4', 'late']);
  expect(names()).toEqual(['a0', 'a1', 'a2', 'a4', 'late']);
});

test('in any order of asking, ending and giving up: nobody is passed over twice, nothing lies idle, none is lost', async () => {
  const party = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), party }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat(9) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CONNECTIONS), fc.array(step, { maxLength: 40 }), async (size, steps) => {
      const model = openModel(questions(opened[CONNECTIONS.indexOf(size)!]!), size);
      for (const [index, step] of steps.entries()) {
        if (step.do === 'ask') model.ask(step.party, `${step.party}${index}`);
        else if (step.do === 'end') model.end(step.which);
        else model.abort(step.which);
        await settled();
        model.check();
      }
      while (model.end(0)) {
        await settled();
        model.check();
      }
      await model.checkAnswers();
    }),
    { numRuns: 200 },
  );
});

/** What has to hold after each step, told without a word of how turns are taken. */
function openModel(subject: ReturnType<typeof questions>, size: number) {
  const { started } = subject;
  const expected: { question: Question; answer: unknown }[] = [];
  let running: Question[] = [];
  let waiting: Question[] = [];
  let seen = 0;
  /** How often one was begun while another waited with nothing running. */
  const passedOver = new Map<string, number>();
  const of = (questions: Question[], party: string) => questions.filter((question) => question.party === party);

  function begin(question: Question): void {
    const { party } = question;
    expect(question).toBe(of(waiting, party)[0]);
    for (const other of new Set(waiting.map((waiter) => waiter.party))) {
      expect(of(running, party).length).toBeLessThanOrEqual(of(running, other).length);
      if (other === party || of(running, other).length > 0) continue;
      const times = (passedOver.get(`${other} by ${party}`) ?? 0) + 1;
      expect(times).toBe(1);
      passedOver.set(`${other} by ${party}`, times);
    }
    for (const key of passedOver.keys()) if (key.startsWith(`${party} by`)) passedOver.delete(key);
    waiting = waiting.filter((waiter) => waiter !== question);
    running.push(question);
  }

  return {
    ask(party: string, name: string): void {
      const question = subject.ask(party, name);
      const refused = running.length === size && of(waiting, party).length === MAXIMUM_WAITING;
      const refusal = expect.objectContaining({ code: 'rate_limited' });
      expected.push({ question, answer: refused ? refusal : name });
      if (!refused) waiting.push(question);
    },
    end(which: number): boolean {
      const question = running[which % running.length];
      if (question === undefined) return false;
      question.end();
      running = running.filter((other) => other !== question);
      return true;
    },
    abort(which: number): void {
      const question = waiting[which % waiting.length];
      if (question === undefined) return;
      question.abort();
      waiting = waiting.filter((other) => other !== question);
      expected.find((entry) => entry.question === question)!.answer = 'given up';
      if (of(waiting, question.party).length > 0) return;
      for (const key of passedOver.keys()) if (key.startsWith(`${question.party} by`)) passedOver.delete(key);
    },
    check(): void {
      for (; seen < started.length; seen++) begin(started[seen]!);
      expect(running.length).toBeLessThanOrEqual(size);
      if (waiting.length > 0) expect(running).toHaveLength(size);
    },
    async checkAnswers(): Promise<void> {
      expect(waiting).toEqual([]);
      expect(await Promise.all(expected.map(({ question }) => question.answer))).toEqual(
        expected.map(({ answer }) => answer),
      );
    },
  };
}
