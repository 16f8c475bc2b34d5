import { nothing } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/**
 * Sets custom properties through the CSSOM. `style=${...}` and the first render of `styleMap` write
 * the style attribute, which a strict `style-src` refuses.
 */
export const vars = directive(
  class extends Directive {
    override render(_vars: Record<`--${string}`, string>): typeof nothing {
      return nothing;
    }

    override update({ element }: ElementPart, [values]: [Record<`--${string}`, string>]): typeof nothing {
      const { style } = element as HTMLElement;
      for (const [name, value] of Object.entries(values)) style.setProperty(name, value);
      return nothing;
    }
  },
);
