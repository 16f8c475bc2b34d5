import { signOut } from '../app/actions';
import { hasAccounts, type Viewer } from '../lib/caller';

const pages = [
  { href: '/', label: 'Costs' },
  { href: '/settings', label: 'Settings' },
] as const;

export function Header({ viewer, current }: { viewer: Viewer; current: (typeof pages)[number]['href'] }) {
  const { person, organisationName } = viewer;
  return (
    <header className="bar">
      <a className="brand" href="/">
        {/* biome-ignore lint/performance/noImgElement: a 300-byte local SVG gains nothing from an image optimiser */}
        <img src="/icon.svg" alt="" width="28" height="28" />
        CloudAct
      </a>
      <nav aria-label="Product">
        {pages
          .filter(({ href }) => person !== null || href === '/')
          .map(({ href, label }) => (
            <a key={href} href={href} aria-current={href === current ? 'page' : undefined}>
              {label}
            </a>
          ))}
      </nav>
      {person === null ? (
        <span className="organisation">
          <Organisation name={organisationName} />
          {hasAccounts() && <a href="/sign-in">Sign in</a>}
        </span>
      ) : (
        <details className="organisation menu">
          <summary>
            <Organisation name={organisationName} />
          </summary>
          <div className="sheet">
            <p className="muted">{person.email}</p>
            <a href="/organisations">Organisations</a>
            <a href="/account">Your account</a>
            <form action={signOut}>
              <button type="submit" className="quiet">
                Sign out
              </button>
            </form>
          </div>
        </details>
      )}
    </header>
  );
}

function Organisation({ name }: { name: string }) {
  return (
    <>
      <span className="avatar" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <span className="name">{name}</span>
    </>
  );
}
