export type Judge = { python: string } | { skipped: string };

/** A Python that has focus-validator, focus-data-toolkit and moto, or why there is none. */
export function judges(): Promise<Judge>;

/** A Python that has focus-converter, or why there is none. */
export function converterJudge(): Promise<Judge>;

/** The path of a server that speaks a provider's protocol, built from its Go module, or why there is none. */
export function goJudge(name: 'gcp-kms-emulator' | 'stripe-mock'): Promise<{ program: string } | { skipped: string }>;
