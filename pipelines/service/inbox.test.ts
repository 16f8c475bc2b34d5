import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveInboxFiles } from './inbox.ts';

let root: string;
let inbox: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'inbox-'));
  inbox = join(root, 'acme');
  await mkdir(join(inbox, 'BILLING_PERIOD=2026-11'), { recursive: true });
  await mkdir(join(root, 'acme2'));
  await writeFile(join(inbox, 'BILLING_PERIOD=2026-11', 'bill-00001.csv.gz'), '');
  await writeFile(join(inbox, 'bill.csv'), '');
  await writeFile(join(root, 'acme2', 'secret.csv'), '');
  await symlink(join(root, 'acme2', 'secret.csv'), join(inbox, 'link.csv'));
  await symlink(join(root, 'acme2'), join(inbox, 'folder'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('an inbox', () => {
  test('gives its files by their names, in the order asked for', async () => {
    expect(await resolveInboxFiles(inbox, ['bill.csv', 'BILLING_PERIOD=2026-11/bill-00001.csv.gz'])).toEqual([
      join(inbox, 'bill.csv'),
      join(inbox, 'BILLING_PERIOD=2026-11', 'bill-00001.csv.gz'),
    ]);
  });

  test.each([
    '../acme2/secret.csv',
    '/etc/hostname',
    'a/../../acme2/secret.csv',
    './bill.csv',
    'a//b',
    '',
    'a\\b',
    'a\0b',
    '.env',
  ])('refuses %j as a name', async (name) => {
    await expect(resolveInboxFiles(inbox, [name])).rejects.toMatchObject({ code: 'request_invalid' });
  });

  test.each(['link.csv', 'folder/secret.csv', 'folder', 'BILLING_PERIOD=2026-11', 'missing.csv'])(
    'has no file %j: it is elsewhere, a folder, or not there',
    async (name) => {
      await expect(resolveInboxFiles(inbox, [name])).rejects.toMatchObject({ code: 'file_not_found' });
    },
  );

  test.each(['bill.csv/under-a-file', 'b'.repeat(400)])('has no file %j: there cannot be one', async (name) => {
    await expect(resolveInboxFiles(inbox, [name])).rejects.toMatchObject({ code: 'file_not_found' });
  });

  test('a path that cannot be looked at is not said to be missing', async () => {
    await symlink('circle.csv', join(inbox, 'circle.csv'));
    await expect(resolveInboxFiles(inbox, ['circle.csv'])).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(resolveInboxFiles(join(inbox, 'circle.csv'), ['bill.csv'])).rejects.toMatchObject({ code: 'ELOOP' });
  });

  test('never gives a path outside of itself, whatever is asked', async () => {
    const part = fc.constantFrom('..', '.', 'acme2', 'folder', 'link.csv', 'secret.csv', 'bill.csv', '', '%2e%2e');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
        const paths = await resolveInboxFiles(inbox, [parts.join('/')]).catch(() => []);
        for (const path of paths) expect(path.startsWith(`${inbox}/`)).toBe(true);
      }),
    );
  });
});
