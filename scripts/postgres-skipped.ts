import { it } from 'vitest';
import { postgresMissing } from './test-supabase-postgres.ts';

// Stands for the suites that run on a real PostgreSQL, where there is none.
it('people, roles and row-level security on PostgreSQL', ({ skip }) => {
  const reason = postgresMissing();
  console.warn(`Skipped: nothing is tested on PostgreSQL: ${reason}`);
  skip(reason);
});
