import type { ReactiveController, ReactiveElement } from 'lit';
import { createRef, type Ref } from 'lit/directives/ref.js';
import type { ChartOption, EChartsType } from './kit.js';
import { type ChartTheme, readChartTheme } from './theme.js';

/**
 * Owns one ECharts instance for as long as the host is connected and shows a container.
 * The host renders `ref(controller.container)` and calls `setOption` from `render()`.
 */
export class ChartController implements ReactiveController {
  readonly container: Ref<HTMLElement> = createRef();

  readonly #host: ReactiveElement;
  readonly #onSelect: (index: number) => void;
  #chart?: EChartsType;
  #theme?: ChartTheme;
  #option?: ChartOption;
  #painted?: ChartOption;
  #failed = false;
  /** Counts connections, so that an import which resolves late never makes a chart that nobody disposes. */
  #generation = 0;
  #observed?: HTMLElement;
  #observer?: ResizeObserver;
  #frame = 0;
  #cleanups: (() => void)[] = [];

  /** `onSelect` gets the index of the category whose column was clicked. */
  constructor(host: ReactiveElement, { onSelect }: { onSelect: (index: number) => void }) {
    this.#host = host;
    this.#onSelect = onSelect;
    host.addController(this);
  }

  /** The live instance: for tests, and for hosts that need an ECharts action. */
  get instance(): EChartsType | undefined {
    return this.#chart;
  }

  /** True when the chart's code could not be loaded; the host then shows its table. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The tokens as colours: the same object until they change. Only once the host is connected. */
  get theme(): ChartTheme {
    this.#theme ??= readChartTheme(this.#host);
    return this.#theme;
  }

  /** The same object twice is free; a new one is painted after the update. */
  setOption(option: ChartOption): void {
    this.#option = option;
  }

  /** Reads the tokens again. Bound, so it can be an event listener. */
  readonly retheme = (): void => {
    this.#theme = undefined;
    this.#host.requestUpdate();
  };

  showTip(index: number): void {
    const at = this.#chart?.convertToPixel({ xAxisIndex: 0 }, index);
    if (typeof at !== 'number') return;
    this.#chart?.dispatchAction({ type: 'showTip', x: at, y: (this.#chart.getHeight() ?? 0) / 3 });
  }

  hideTip(): void {
    this.#chart?.dispatchAction({ type: 'hideTip' });
    this.#chart?.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
  }

  hostConnected(): void {
    this.#theme = undefined;
    this.#failed = false;
    this.#observer = new ResizeObserver(this.#onResize);
    this.#watch('(prefers-reduced-motion: reduce)', () => this.#chart?.setOption({ animation: animate() }));
    this.#watch('(prefers-color-scheme: dark)', this.retheme);
    this.#watch('(forced-colors: active)', this.retheme);
  }

  hostUpdated(): void {
    const target = this.container.value;
    if (target !== this.#observed) {
      this.#dispose();
      this.#observer?.disconnect();
      this.#observed = target;
      // The first callback with a size makes the chart: one that is made in a hidden tab measures 0 x 0.
      if (target) this.#observer?.observe(target);
    }
    this.#paint();
  }

  hostDisconnected(): void {
    this.#generation++;
    this.#dispose();
    this.#observer?.disconnect();
    this.#observed = undefined;
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }

  readonly #onResize: ResizeObserverCallback = ([entry]) => {
    if (!entry || entry.contentRect.width === 0 || entry.contentRect.height === 0) return;
    if (!this.#chart) return void this.#mount(entry.target as HTMLElement);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#chart?.resize());
  };

  async #mount(target: HTMLElement): Promise<void> {
    const generation = this.#generation;
    const stale = () => generation !== this.#generation || target !== this.#observed || this.#chart !== undefined;
    try {
      const { init } = await import('./kit.js');
      if (stale()) return;
      const chart = init(target, null, { renderer: 'canvas' });
      this.#chart = chart;
      // On the canvas rather than on a bar: the whole column answers, also where the bar is a hair high.
      chart.getZr().on('click', ({ offsetX, offsetY }) => {
        if (!chart.containPixel('grid', [offsetX, offsetY])) return;
        const [index] = chart.convertFromPixel('grid', [offsetX, offsetY]) ?? [];
        if (index !== undefined) this.#onSelect(index);
      });
      this.#paint();
    } catch {
      if (stale()) return;
      this.#failed = true;
      this.#host.requestUpdate();
    }
  }

  #paint(): void {
    if (!this.#chart || !this.#option || this.#option === this.#painted) return;
    this.#painted = this.#option;
    this.#chart.setOption({ animation: animate(), ...this.#option }, { replaceMerge: ['series'] });
  }

  #dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#painted = undefined;
  }

  #watch(query: string, onChange: () => void): void {
    const list = matchMedia(query);
    list.addEventListener('change', onChange);
    this.#cleanups.push(() => list.removeEventListener('change', onChange));
  }
}

const animate = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;
