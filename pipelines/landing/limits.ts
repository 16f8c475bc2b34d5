/** Longest record that is read, in bytes. */
export const RECORD_LIMIT = 16 * 1024 * 1024;

/** How many times its own size a gzip may hold; deflate can reach a thousand, bills stay below fifty. */
export const EXPANSION_LIMIT = 250;

/** What a gzip may hold whatever its own size, in bytes. */
export const EXPANSION_FREE = 64 * 1024 * 1024;
