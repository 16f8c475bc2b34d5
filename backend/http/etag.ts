import { createHash } from 'node:crypto';

/** A weak entity tag: equal parts give an equal tag, whatever the bytes of the representation are. */
export function weakEtag(...parts: readonly (string | number)[]): string {
  return `W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}"`;
}

/** Whether `If-None-Match` holds the tag, by weak comparison (RFC 9110, sections 8.8.3.2 and 13.1.2). */
export function noneMatchHolds(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const opaque = (tag: string) => tag.replace(/^W\//, '');
  return [...header.matchAll(/(?:W\/)?"[^"]*"/g)].some(([tag]) => opaque(tag) === opaque(etag));
}
