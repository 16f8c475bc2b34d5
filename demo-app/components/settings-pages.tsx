'use client';

import { usePathname } from 'next/navigation';

const pages = [
  { href: '/settings', label: 'People' },
  { href: '/settings/keys', label: 'API keys' },
  { href: '/settings/plan', label: 'Plan' },
  { href: '/settings/activity', label: 'Activity' },
  { href: '/settings/organisation', label: 'Organisation' },
];

export function SettingsPages() {
  const path = usePathname();
  return (
    <nav className="pages" aria-label="Settings">
      {pages.map(({ href, label }) => (
        <a key={href} className="page" href={href} aria-current={href === path ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
