/** Datasets of FOCUS that are no Cost and Usage, and the columns that they are known by where there is no charge period. */
const others = [
  { title: 'Contract Commitment', columns: ['contractcommitmentid'] },
  { title: 'Invoice Detail', columns: ['invoicedetailid', 'billingperiodstart'] },
  { title: 'Billing Period', columns: ['billingperiodstatus', 'billingperiodstart'] },
];

/** Which other FOCUS dataset a file is, by the names of its columns; undefined when it can hold charges. */
export function otherDataset(header: readonly string[]): string | undefined {
  const present = new Set(header.map((name) => name.replace(/[^A-Za-z]/g, '').toLowerCase()));
  if (present.has('chargeperiodstart')) return undefined;
  return others.find(({ columns }) => columns.every((name) => present.has(name)))?.title;
}
