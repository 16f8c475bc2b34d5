import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchOptions } from '../../scripts/browser.ts';

const product = inject('product');
/** The name that links in mails have, and with it the cookies. */
const web = product.web.replace('127.0.0.1', 'localhost');
const unique = Date.now().toString(36);
const ann = { email: `ann-${unique}@example.com`, password: 'a long password of Ann' };
const bob = { email: `bob-${unique}@example.com`, password: 'a long password of Bob' };
const slug = `harbour_${unique}`;

let browser: Browser;
let annPage: Page;
let bobPage: Page;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await chromium.launch(launchOptions());
  [annPage, bobPage] = (await Promise.all([newPerson(), newPerson()])) as [Page, Page];
});
afterAll(() => browser.close());

async function newPerson(): Promise<Page> {
  const context = await browser.newContext({ baseURL: web });
  contexts.push(context);
  return context.newPage();
}

/** The newest link in the local mailbox for the address. */
async function linkFor(email: string, subject: RegExp): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const mails = (await (await fetch(`${product.mailbox}/mails`)).json()) as {
      to: string;
      subject: string;
      text: string;
    }[];
    const mail = mails.find((each) => each.to === email && subject.test(each.subject));
    const link = mail && /https?:\/\/\S+/.exec(mail.text)?.[0];
    if (link) return link;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail for ${email} with ${subject}`);
}

async function signUp(page: Page, { email, password }: typeof ann, path = '/sign-up'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('status').getByText('We sent a link').waitFor();
  await page.goto(await linkFor(email, /confirm/i));
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function signIn(page: Page, { email, password }: typeof ann): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

it('a new person signs up, confirms the address by the mail, and creates an organisation with its first key', async () => {
  await signUp(annPage, ann);
  await annPage.waitForURL('**/organisations');
  await annPage.getByLabel('Name', { exact: true }).fill('Harbour Ltd');
  await annPage.getByLabel('Short name').fill(slug);
  await annPage.getByRole('button', { name: 'Create' }).click();
  const shown = annPage.getByLabel('Shown once: copy it now');
  await shown.waitFor();
  const key = await shown.inputValue();
  expect(key).toMatch(/^ca_live_/);
  const answer = await fetch(`${product.api}/v1/org`, { headers: { authorization: `Bearer ${key}` } });
  expect(await answer.json()).toMatchObject({ slug, name: 'Harbour Ltd' });

  await annPage.getByRole('button', { name: 'Open Harbour Ltd' }).click();
  await annPage.waitForURL(`${web}/`);
  await annPage.getByRole('heading', { name: 'Cost overview' }).waitFor();
  expect(await annPage.locator('header').textContent()).toContain('Harbour Ltd');
});

it('a script of the page cannot read the session', async () => {
  expect(await annPage.evaluate(() => document.cookie)).not.toContain('sb-');
});

it('an address that is not confirmed does not get in, and a wrong password tells nothing', async () => {
  const stranger = await newPerson();
  const carl = { email: `carl-${unique}@example.com`, password: 'a long password of Carl' };
  await stranger.goto('/sign-up');
  await stranger.getByLabel('E-mail').fill(carl.email);
  await stranger.getByLabel('Password').fill(carl.password);
  await stranger.getByRole('button', { name: 'Sign up' }).click();
  await stranger.getByRole('status').getByText('We sent a link').waitFor();
  await signIn(stranger, carl);
  await stranger.getByText('not confirmed yet').waitFor();
  await signIn(stranger, { ...ann, password: 'something else' });
  await stranger.getByText('E-mail or password is not right.').waitFor();
  await signIn(stranger, { email: `nobody-${unique}@example.com`, password: 'something else' });
  await stranger.getByText('E-mail or password is not right.').waitFor();
});

it('a person who is invited joins with the role of the invitation, and no more', async () => {
  await annPage.goto('/settings');
  await annPage.getByLabel('E-mail').fill(bob.email);
  await annPage.getByRole('button', { name: 'Send the invitation' }).click();
  await annPage.getByRole('status').getByText('on its way').waitFor();
  const link = await linkFor(bob.email, /invit/i);

  await signUp(bobPage, bob);
  await bobPage.waitForURL('**/organisations');
  await bobPage.goto(link);
  await bobPage.getByRole('button', { name: 'Join' }).click();
  await bobPage.getByRole('heading', { name: 'Cost overview' }).waitFor();
  expect(new URL(bobPage.url()).hash).toBe('');
  await bobPage.goto('/settings');
  await bobPage.getByText('Not with your role').waitFor();
});

it('the owner changes a role, and it holds at once', async () => {
  await annPage.goto('/settings');
  const entry = annPage.getByRole('listitem').filter({ hasText: bob.email });
  await entry.getByRole('combobox').selectOption('admin');
  await entry.getByRole('button', { name: 'Change' }).click();
  await expect
    .poll(
      async () => {
        await bobPage.goto('/settings');
        return bobPage.getByRole('heading', { name: 'Members' }).count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
});

it('the settings fit into 320 pixels', async () => {
  await annPage.setViewportSize({ width: 320, height: 800 });
  for (const path of ['', '/keys', '/plan', '/activity', '/organisation']) {
    await annPage.goto(`/settings${path}`);
    expect(await annPage.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
  }
  await annPage.setViewportSize({ width: 1280, height: 800 });
});

it('the last owner cannot leave, and is told what to do', async () => {
  await annPage.goto('/settings');
  const own = annPage.getByRole('listitem').filter({ hasText: ann.email });
  await own.getByRole('button', { name: 'Leave' }).click();
  await own.getByRole('alert').waitFor();
  expect(await own.getByRole('alert').textContent()).toMatch(/owner/i);
});

it('keys are made, rotated and revoked, and the activity tells of it without the key', async () => {
  await annPage.goto('/settings/keys');
  await annPage.getByLabel('Name').fill('Portal');
  await annPage.getByLabel('Read costs').check();
  await annPage.getByRole('button', { name: 'Create' }).click();
  const key = await annPage.getByLabel('Shown once: copy it now').inputValue();
  const ask = async () =>
    (
      await fetch(`${product.api}/v1/costs?from=2026-01-01&to=2026-02-01`, {
        headers: { authorization: `Bearer ${key}` },
      })
    ).status;
  expect(await ask()).toBe(200);
  await annPage.goto('/settings/keys');
  await annPage.getByRole('listitem').filter({ hasText: 'Portal' }).getByRole('button', { name: 'Revoke' }).click();
  await expect.poll(ask, { timeout: 20_000 }).toBe(401);

  await annPage.goto('/settings/activity');
  const text = await annPage.getByRole('table').textContent();
  expect(text).toContain('api_key.create');
  expect(text).toContain('api_key.revoke');
  expect(await annPage.content()).not.toContain(key);
});

it('a page of the settings that outlives its session changes nothing, and leads to signing in', async () => {
  const page = await newPerson();
  await signIn(page, ann);
  await page.getByRole('heading', { name: 'Cost overview' }).waitFor();
  await page.goto('/settings/keys');
  await page.getByLabel('Name').fill('Of nobody');
  await page.getByLabel('Read costs').check();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/sign-in');
});

it('a forgotten password is replaced by a link, and the old one is out', async () => {
  const elsewhere = await newPerson();
  await elsewhere.goto('/forgot-password');
  await elsewhere.getByLabel('E-mail').fill(bob.email);
  await elsewhere.getByRole('button', { name: 'Send the link' }).click();
  await elsewhere.getByRole('status').waitFor();
  await elsewhere.goto(await linkFor(bob.email, /password/i));
  await elsewhere.getByRole('button', { name: 'Continue' }).click();
  await elsewhere.waitForURL('**/reset-password');
  const changed = { ...bob, password: 'another long password of Bob' };
  await elsewhere.getByLabel('New password').fill(changed.password);
  await elsewhere.getByRole('button', { name: 'Save' }).click();
  await elsewhere.getByRole('heading', { name: 'Cost overview' }).waitFor();

  const again = await newPerson();
  await signIn(again, bob);
  await again.getByText('E-mail or password is not right.').waitFor();
  await signIn(again, changed);
  await again.getByRole('heading', { name: 'Cost overview' }).waitFor();
  bob.password = changed.password;
});

it('an account can be deleted, and is gone', async () => {
  const page = await newPerson();
  await signIn(page, bob);
  await page.getByRole('heading', { name: 'Cost overview' }).waitFor();
  await page.goto('/account');
  await page.getByText('Delete your account').click();
  await page.getByLabel('Your e-mail, to confirm').fill(bob.email);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.waitForURL('**/sign-in');
  await signIn(page, bob);
  await page.getByText('E-mail or password is not right.').waitFor();
});

it('an organisation can be deleted, and its key opens nothing any more', async () => {
  await annPage.goto('/settings/organisation');
  await annPage.getByLabel(`Type ${slug} to confirm`).fill(slug);
  await annPage.getByRole('button', { name: 'Delete everything' }).click();
  await annPage.waitForURL('**/organisations');
  await annPage.getByRole('heading', { name: 'Set up your organisation' }).waitFor();
});

it('signing out ends the session', async () => {
  await annPage.goto('/account');
  await annPage.getByRole('button', { name: 'Sign out everywhere' }).click();
  await annPage.waitForURL('**/sign-in');
  await annPage.goto('/organisations');
  await annPage.waitForURL('**/sign-in');
});

it.each([
  ['/sign-in', 320],
  ['/sign-up', 320],
  ['/forgot-password', 1440],
])('%s fits into %i pixels', async (path, width) => {
  const page = await newPerson();
  await page.setViewportSize({ width, height: 800 });
  await page.goto(path);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
