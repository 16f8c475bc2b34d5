export function Header({ organisation }: { organisation: string }) {
  return (
    <header className="bar">
      <a className="brand" href="/">
        {/* biome-ignore lint/performance/noImgElement: a 300-byte local SVG gains nothing from an image optimiser */}
        <img src="/icon.svg" alt="" width="28" height="28" />
        CloudAct
      </a>
      <nav aria-label="Product">
        <a href="/" aria-current="page">
          Costs
        </a>
      </nav>
      <span className="organisation">
        <span className="avatar" aria-hidden="true">
          {organisation.slice(0, 1)}
        </span>
        <span className="name">{organisation}</span>
      </span>
    </header>
  );
}
