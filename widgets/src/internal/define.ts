/**
 * Registers an element once. A page may load the CDN bundle and an npm copy side by side: the first
 * definition wins, and the second is ignored where the browser would throw.
 */
export function define(tagName: string, elementClass: CustomElementConstructor): void {
  if (!customElements.get(tagName)) customElements.define(tagName, elementClass);
}
