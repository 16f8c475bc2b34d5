import { CloudActError } from '@cloudact/core/errors';
import type { BillFormat } from '../bill-format.ts';
import { readHeader, requireColumns } from './header.ts';
import { otherDataset } from './other-datasets.ts';
import { planFocusFile } from './plan.ts';

/**
 * A file in FOCUS already: 1.0-preview, 1.0, 1.1, 1.2 (brought to 1.3 by the rules of `focus/upgrade`), 1.3 (values as
 * they are) or 1.4 (values as they are; what 1.3 lacks under `x_` names). Known by its column IDs, in any case and with
 * or without a byte order mark. One row in, one row out.
 */
export const focusFile: BillFormat = {
  id: 'focus',
  title: 'FOCUS 1.0-preview to 1.4',
  recognises: (header) => otherDataset(header) !== undefined || readHeader(header) !== undefined,
  plan(header) {
    const dataset = otherDataset(header);
    if (dataset) {
      throw new CloudActError('file_format_unknown', {
        detail: `This is a file of FOCUS's ${dataset} dataset: it holds no charges, so there is nothing to convert. Give the Cost and Usage file of the same export.`,
      });
    }
    const understood = readHeader(header);
    if (!understood) {
      throw new CloudActError('file_format_unknown', {
        detail:
          'The columns are not those of a FOCUS Cost and Usage file: columns such as BilledCost, ChargePeriodStart, ChargeClass and ConsumedQuantity must be among them.',
      });
    }
    requireColumns(understood);
    return planFocusFile(understood);
  },
};
