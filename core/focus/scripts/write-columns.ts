/** Writes `COLUMNS.md` from the column data. */
import { writeFileSync } from 'node:fs';
import { columnsMarkdown } from '../index.ts';

writeFileSync(new URL('../COLUMNS.md', import.meta.url), columnsMarkdown());
