export const root: string;
export const projectNode: string;
export function projectEnvironment(extra?: Record<string, string>): NodeJS.ProcessEnv;
export function run(
  command: string,
  args: string[],
  options?: { cwd?: string; environment?: NodeJS.ProcessEnv; quiet?: boolean },
): Promise<{ code: number; output: string }>;
export function contentHash(paths: string[], options?: { ignore?: string[] }): string;
export function onceFor(stamp: string, hash: string, work: () => Promise<unknown>): Promise<boolean>;
export function ensureInstalled(): Promise<void>;
export function fail(message: string): never;
