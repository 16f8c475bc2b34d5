import type { ReactNode } from 'react';
import { Header } from '../../components/header';
import { SettingsPages } from '../../components/settings-pages';
import { person, viewer } from '../../lib/caller';

export const metadata = { title: 'Settings · CloudAct' };

export default async function Layout({ children }: { children: ReactNode }) {
  await person();
  const who = await viewer();
  return (
    <>
      <Header viewer={who} current="/settings" />
      <main>
        <div className="title">
          <h1>Settings</h1>
          <p>{who.organisationName}</p>
        </div>
        <SettingsPages />
        {children}
      </main>
    </>
  );
}
