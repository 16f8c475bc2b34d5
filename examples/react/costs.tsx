'use client';

import { CloudActCostTable, CloudActCostTrend, CloudActProvider } from '@cloudact/widgets/react';

/** Your own server knows who is signed in; it gets a token for that customer from CloudAct and hands it on. */
async function fetchToken({ signal }: { signal: AbortSignal }): Promise<string> {
  const response = await fetch('/cloudact-token', { method: 'POST', signal });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  const { token } = await response.json();
  return token;
}

export function Costs({ onDay }: { onDay: (day: string) => void }) {
  return (
    <CloudActProvider apiBase="http://localhost:8000" fetchToken={fetchToken}>
      <CloudActCostTrend period="30d" onPeriodSelect={({ periodStart }) => onDay(periodStart)} />
      <CloudActCostTable period="30d" groupBy="SubAccountName" />
    </CloudActProvider>
  );
}
