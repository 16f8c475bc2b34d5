/** What a form shows after it was sent: nothing, a problem, or what was done. */
export interface FormState {
  problem?: string;
  done?: string;
  /** Shown once, to be copied: an API key. */
  secret?: string;
}

export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** A path of this product, never an address of somebody else's. */
export function ownPath(text: string | null | undefined): string {
  return text && /^\/(?![/\\])[\w\-/?=&#.%]*$/.test(text) ? text : '/';
}
