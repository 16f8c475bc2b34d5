import 'server-only';
import { revalidatePath } from 'next/cache';
import type { FormState } from './form';
import { ApiProblem } from './request';

/** Does what a form asks for, and says what became of it. Pages are read anew after it. */
export async function told(work: () => Promise<FormState>): Promise<FormState> {
  try {
    const state = await work();
    revalidatePath('/', 'layout');
    return state;
  } catch (error) {
    if (error instanceof ApiProblem) return { problem: error.message };
    // Next's own redirects are thrown, too.
    if (error instanceof Error && 'digest' in error) throw error;
    return { problem: 'The API does not answer. Nothing may have been changed; try again.' };
  }
}
