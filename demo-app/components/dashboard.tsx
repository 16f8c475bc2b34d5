'use client';

import { CloudActCostTable, CloudActCostTrend, CloudActProvider } from '@cloudact/widgets/react';
import { usePathname, useRouter } from 'next/navigation';
import { useId, useTransition } from 'react';
import { groupings, metrics, periods, type View } from '../lib/view';

async function fetchToken({ signal }: { signal?: AbortSignal }): Promise<string> {
  const response = await fetch('/api/widget-token', { method: 'POST', signal: signal ?? null });
  if (!response.ok) throw new Error('The session could not be renewed.');
  const { token } = (await response.json()) as { token: string };
  return token;
}

/** The widgets, and the controls that say what they show. */
export function Dashboard({
  apiBase,
  orgKey,
  currency,
  view,
}: {
  apiBase: string;
  orgKey: string;
  currency: string;
  view: View;
}) {
  const router = useRouter();
  const path = usePathname();
  const [, startTransition] = useTransition();
  const show = (change: Partial<View>) => {
    const { period, metric, groupBy } = { ...view, ...change };
    startTransition(() =>
      router.replace(`${path}?${new URLSearchParams({ period, metric, group_by: groupBy })}`, { scroll: false }),
    );
  };

  const metric = labelOf(metrics, view.metric);
  const grouping = labelOf(groupings, view.groupBy).replace(/^[A-Z]/, (letter) => letter.toLowerCase());

  return (
    <CloudActProvider apiBase={apiBase} orgKey={orgKey} currency={currency} fetchToken={fetchToken}>
      <section id="costs" className="controls" aria-label="What to show">
        <fieldset className="segments">
          <legend className="hidden">Period</legend>
          {periods.map(({ value, label }) => (
            <label key={value}>
              <input
                type="radio"
                name="period"
                value={value}
                checked={view.period === value}
                onChange={() => show({ period: value })}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <Choice
          label="Cost"
          value={view.metric}
          options={metrics}
          onChange={(metric) => show({ metric: metric as View['metric'] })}
        />
        <Choice label="Group by" value={view.groupBy} options={groupings} onChange={(groupBy) => show({ groupBy })} />
      </section>
      <CloudActCostTrend
        period={view.period}
        granularity={view.period === '12m' ? 'month' : 'day'}
        metric={view.metric}
        groupBy={view.groupBy}
        top={8}
      />
      <CloudActCostTable
        heading={`${metric} by ${grouping}, largest first`}
        period={view.period}
        metric={view.metric}
        groupBy={view.groupBy}
        top={25}
      />
    </CloudActProvider>
  );
}

const labelOf = (options: readonly { value: string; label: string }[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value;

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
