import type { PolicyText } from '../../connector.ts';

/** Oracle's tenancy that keeps the reports of the commercial realm. */
const REPORT_TENANCY = 'ocid1.tenancy.oc1..aaaaaaaaned4fkpkisbwjlr56u7cj63lf3wffbilvqknstgtvzub7vhqkggq';

export function policies(): PolicyText[] {
  return [
    {
      title: 'Policy in the root compartment: the group of the user reads the reports, and nothing else',
      language: 'text',
      text: `define tenancy usage-report as ${REPORT_TENANCY}
endorse group <group of the user> to read objects in tenancy usage-report`,
    },
  ];
}
