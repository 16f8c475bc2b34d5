/** The design tokens as colours that a canvas can paint: `#rrggbb` or `rgba(r, g, b, a)`. */
export interface ChartTheme {
  /** Eight, in order of use. */
  series: readonly string[];
  other: string;
  text: string;
  muted: string;
  border: string;
  surface: string;
  background: string;
  fontFamily: string;
  /** Patterns beside the colours: for forced colours. */
  patterns: boolean;
}

/** Resolves the tokens as they stand under this element now. */
export function readChartTheme(host: HTMLElement): ChartTheme {
  // A custom property's computed value is its text; only a real property resolves `var()` and `light-dark()`.
  const probe = document.createElement('span');
  (host.shadowRoot ?? host).append(probe);
  const style = getComputedStyle(probe);
  const color = (token: string): string => {
    probe.style.setProperty('color', `var(${token})`);
    return toCanvasColor(style.color);
  };
  const theme: ChartTheme = {
    series: SERIES.map(color),
    other: color('--_chart-other'),
    text: color('--_text'),
    muted: color('--_muted'),
    border: color('--_border'),
    surface: color('--_surface'),
    background: color('--_background'),
    fontFamily: style.fontFamily,
    patterns: matchMedia('(forced-colors: active)').matches,
  };
  probe.remove();
  return theme;
}

/** The colour of the n-th series. Beyond eight the colours come again, paler. */
export function seriesColor({ series, surface }: ChartTheme, index: number): string {
  const color = series[index % series.length] ?? surface;
  const round = Math.floor(index / series.length);
  return round === 0 ? color : mix(color, surface, Math.min(0.6, 0.3 * round));
}

const SERIES = Array.from({ length: 8 }, (_, index) => `--_chart-${index + 1}`);

let context: CanvasRenderingContext2D | null | undefined;

/** zrender reads hex and comma `rgb()` only; `oklch()` or `rgb(0 0 0)` would lose their hover and fade colours. */
function toCanvasColor(value: string): string {
  const [red, green, blue, alpha] = pixel(value);
  return alpha === 255 ? hex(red, green, blue) : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}

function mix(from: string, to: string, amount: number): string {
  const [start, end] = [pixel(from), pixel(to)];
  const channel = (index: 0 | 1 | 2) => Math.round(start[index] * (1 - amount) + end[index] * amount);
  return hex(channel(0), channel(1), channel(2));
}

function pixel(value: string): [number, number, number, number] {
  const parsed = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(value);
  if (parsed) return [parse(parsed[1]), parse(parsed[2]), parse(parsed[3]), 255];
  context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return [0, 0, 0, 255];
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha];
}

const parse = (text = '0'): number => Number.parseInt(text, 16);

const hex = (...channels: number[]): string =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
