import type { InputFault } from '@cloudact/core/errors';
import { currencyCodes, serviceSubcategories } from '@cloudact/core/focus';
import { parseDay } from './calendar.ts';
import { isFiner, minorUnitPlaces } from './minor-units.ts';
import type { PlanDocument, Subscription } from './plan.ts';
import { type Note, versionFaults } from './version-faults.ts';

/** What is wrong in a document whose shape is right: dates that do not exist or are out of order, parts that do not fit. */
export function planFaults(document: PlanDocument): InputFault[] {
  const faults: InputFault[] = [];
  const note: Note = (column, reason, value) => {
    faults.push({ column, reason, ...(value !== undefined && { value: value.slice(0, 60) }) });
  };
  noteWrongDays(document, '', note);
  // What follows compares days as texts, which only real days allow.
  if (faults.length > 0) return faults;
  const ids = new Set<string>();
  for (const [index, subscription] of document.subscriptions.entries()) {
    const path = `/subscriptions/${index}`;
    if (ids.has(subscription.id))
      note(`${path}/id`, 'is there twice; each subscription has an id of its own', subscription.id);
    ids.add(subscription.id);
    subscriptionFaults(subscription, path, note);
  }
  return faults;
}

const DAY_KEYS = /(_on|_from|_until|_through|^on|^from|^to|^date|^as_of)$/;
const LAST_DAY = '2199-12-31';

/** Every value under a key of a day is one, between 1970 and 2199. */
function noteWrongDays(value: unknown, path: string, note: Note): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'tags') continue;
    if (typeof inner === 'string' && DAY_KEYS.test(key)) {
      if (parseDay(inner) === undefined || inner > LAST_DAY) {
        note(`${path}/${key}`, 'is no day of the calendar between 1970 and 2199', inner);
      }
    } else noteWrongDays(inner, `${path}/${key}`, note);
  }
}

function subscriptionFaults(subscription: Subscription, path: string, note: Note): void {
  const { starts_on: starts, trial_until: trial, ends_on: ends, cancellation, currency, tags, versions } = subscription;
  const known = serviceSubcategories.some(
    ({ category, subcategory }) =>
      category === subscription.service_category && subcategory === subscription.service_subcategory,
  );
  if (!known) {
    note(
      `${path}/service_subcategory`,
      `is no ServiceSubcategory of FOCUS under ${JSON.stringify(subscription.service_category)}`,
      subscription.service_subcategory,
    );
  }
  if (!currencyCodes.includes(currency)) note(`${path}/currency`, 'is no currency of ISO 4217', currency);
  if (tags?.owner !== undefined && subscription.owner !== undefined)
    note(`${path}/tags/owner`, 'is there beside owner; keep one');
  if (tags?.department !== undefined && subscription.department !== undefined) {
    note(`${path}/tags/department`, 'is there beside department; keep one');
  }
  if (trial !== undefined && trial <= starts) note(`${path}/trial_until`, 'must be after starts_on', trial);
  if (ends !== undefined && ends <= (trial ?? starts))
    note(`${path}/ends_on`, 'must be after the first day that is paid', ends);
  if (cancellation && cancellation.on <= starts)
    note(`${path}/cancellation/on`, 'must be after starts_on', cancellation.on);
  noteEarlier(cancellation?.recorded_on, cancellation?.on, `${path}/cancellation/recorded_on`, note);
  if (versions[0]!.effective_from > starts) {
    note(
      `${path}/versions/0/effective_from`,
      'must not be after starts_on: no version holds on the first day',
      versions[0]!.effective_from,
    );
  }
  noteOrder(
    versions.map(({ effective_from: from }) => from),
    (index) => `${path}/versions/${index}/effective_from`,
    note,
  );
  for (const [index, version] of versions.entries()) {
    noteEarlier(version.recorded_on, version.effective_from, `${path}/versions/${index}/recorded_on`, note);
    versionFaults(version, subscription, `${path}/versions/${index}`, note);
  }
  quantityFaults(subscription, path, note);
  invoiceFaults(subscription, path, note);
}

function quantityFaults(
  { quantity_changes: changes = [], usage = [], versions, starts_on: starts }: Subscription,
  path: string,
  note: Note,
): void {
  noteOrder(
    changes.map(({ date }) => date),
    (index) => `${path}/quantity_changes/${index}/date`,
    note,
  );
  for (const [index, change] of changes.entries()) {
    noteEarlier(change.recorded_on, change.date, `${path}/quantity_changes/${index}/recorded_on`, note);
  }
  const counts = versions.some(({ model }) => model === 'per_seat' || model === 'tiered');
  if (counts && !(changes[0] && changes[0].date <= starts)) {
    note(`${path}/quantity_changes`, 'must tell the quantity of the first day: an entry dated starts_on or before');
  }
  if (usage.length > 0 && !versions.some(({ model }) => model === 'usage_with_minimum')) {
    note(`${path}/usage`, 'has no place: no version is of the model usage_with_minimum');
  }
  for (const [index, { from, to }] of usage.entries()) {
    if (to <= from)
      note(`${path}/usage/${index}/to`, 'must be after from; it is the first day that is not counted', to);
    const before = usage[index - 1];
    if (before && from < before.to)
      note(`${path}/usage/${index}/from`, 'must not be before the end of the entry above it', from);
  }
}

function invoiceFaults({ invoices = [], currency, starts_on: starts }: Subscription, path: string, note: Note): void {
  const places = minorUnitPlaces(currency);
  const [numbers, days] = [new Set<string>(), new Set<string>()];
  for (const [index, invoice] of invoices.entries()) {
    const at = `${path}/invoices/${index}`;
    const bills = invoice.bills_on ?? invoice.issued_on;
    if (numbers.has(invoice.number)) note(`${at}/number`, 'is there twice', invoice.number);
    if (days.has(bills))
      note(`${at}/bills_on`, 'is there twice: what the plan bills on a day is on one invoice', bills);
    numbers.add(invoice.number);
    days.add(bills);
    if (bills < starts) note(`${at}/bills_on`, 'is before starts_on', bills);
    for (const key of ['net', 'tax'] as const) {
      const amount = invoice[key];
      if (amount !== undefined && isFiner(amount, places))
        note(`${at}/${key}`, `has more decimals than ${currency} has (${places})`, amount);
    }
  }
}

function noteOrder(days: readonly string[], pathOf: (index: number) => string, note: Note): void {
  for (const [index, day] of days.entries()) {
    if (index > 0 && day <= days[index - 1]!) note(pathOf(index), 'must be after the entry above it', day);
  }
}

function noteEarlier(recorded: string | undefined, day: string | undefined, path: string, note: Note): void {
  if (recorded !== undefined && day !== undefined && recorded < day)
    note(path, 'must not be before the day itself', recorded);
}
