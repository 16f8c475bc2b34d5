'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormState } from '../lib/form';

/** A form that a server action answers. Works before scripts have loaded, too. */
export function ActionForm({
  action,
  submit,
  danger = false,
  children,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  submit: string;
  danger?: boolean;
  children?: ReactNode;
}) {
  const [state, send, pending] = useActionState(action, {});
  return (
    <form action={send} className="form" aria-busy={pending}>
      {children}
      {state.problem && (
        <p className="notice" role="alert">
          {state.problem}
        </p>
      )}
      {state.done && (
        <p className="notice good" role="status">
          {state.done}
        </p>
      )}
      {state.secret && (
        <label className="field">
          <span className="label">Shown once: copy it now</span>
          <input className="secret" readOnly value={state.secret} onFocus={(event) => event.target.select()} />
        </label>
      )}
      <button type="submit" className={danger ? 'danger' : 'primary'} disabled={pending}>
        {pending ? 'One moment …' : submit}
      </button>
    </form>
  );
}

/** A button in a list that does one thing to one entry, and says when that was refused. */
export function ActionButton({
  action,
  label,
  danger = false,
  children,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  label: string;
  danger?: boolean;
  children?: ReactNode;
}) {
  const [state, send, pending] = useActionState(action, {});
  return (
    <form action={send} className="form line" aria-busy={pending}>
      {children}
      <button type="submit" className={danger ? 'danger' : 'quiet'} disabled={pending}>
        {label}
      </button>
      {state.problem && (
        <p className="notice" role="alert">
          {state.problem}
        </p>
      )}
      {state.secret && (
        <input
          className="secret"
          aria-label="Shown once: copy it now"
          readOnly
          value={state.secret}
          onFocus={(event) => event.target.select()}
        />
      )}
    </form>
  );
}

export function Field({
  label,
  hint,
  ...input
}: { label: string; hint?: string } & React.InputHTMLAttributes<HTMLInputElement>) {
  const hintId = hint ? `${input.name}-hint` : undefined;
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input {...input} aria-describedby={hintId} />
      {hint && <small id={hintId}>{hint}</small>}
    </label>
  );
}
