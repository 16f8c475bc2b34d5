import type { Team } from '../company.ts';
import { randomText } from '../random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Ids that are the same in every month. */
export function openAiIdentifiers(seed: number) {
  const text = (name: string, length: number) => randomText(seed, `openai|${name}`, length, LETTERS);
  return {
    organization: `org-${text('organization', 24)}`,
    project: (team: Team) => `proj_${text(team, 24)}`,
    user: (name: string) => `user-${text(name, 24)}`,
    key: (name: string) => `key_${text(name, 16)}`,
  };
}
export type OpenAiIdentifiers = ReturnType<typeof openAiIdentifiers>;
