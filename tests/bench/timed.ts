/** What the product page is timed with: each gives the milliseconds up to the painted end. */
export interface Timed {
  readonly timed: {
    /** From the navigation to all that History shows. */
    charts(): Promise<number>;
    /** From the press of *History* to its first charts, and to all that it shows. */
    history(): Promise<readonly [first: number, whole: number]>;
    /** From other filters in the address to the charts of what they leave. */
    narrow(filters: string): Promise<number>;
    /** Watches for the next key. */
    watchStep(): void;
    /** From that key to the moment it leads to, and its figures. */
    step(): Promise<number>;
    /** Watches for the next question about a moment. */
    watchRest(): void;
    /** Resolves when that is answered: the page asks for nothing more. */
    rest(): Promise<void>;
  };
}

/** Runs in the product page before its scripts, and changes nothing of it. Must stand alone: it is sent as text. */
export function timePage(): void {
  const painted = (start: number) =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))),
    );
  const until = (isDone: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => (isDone() ? resolve() : requestAnimationFrame(look));
      look();
    });
  const hasCharts = () => {
    const charts = [...document.querySelectorAll('.findings .chart')];
    return charts.length > 0 && charts.every(({ childElementCount }) => childElementCount > 0);
  };
  const drawn = () =>
    until(
      () =>
        document.querySelector('.history')?.ariaBusy === 'false' &&
        document.querySelectorAll('.findings > section').length === 12 &&
        document.querySelector('.findings .skeleton') === null &&
        hasCharts(),
    );
  /** Resolves when a part of the page has asked and was told. */
  const told = async (part: string) => {
    const view = document.querySelector(part)!;
    let asked = view.getAttribute('aria-busy') === 'true';
    const watch = new MutationObserver(() => (asked = true));
    watch.observe(view, { attributeFilter: ['aria-busy'] });
    await until(() => asked && view.getAttribute('aria-busy') === 'false');
    watch.disconnect();
  };
  let stepped: Promise<number> = Promise.resolve(0);
  let rested: Promise<void> = Promise.resolve();
  const timed: Timed['timed'] = {
    async charts() {
      await drawn();
      return painted(0);
    },
    async history() {
      const start = performance.now();
      document.querySelector<HTMLAnchorElement>('a[href*="#/history"]')!.click();
      await until(hasCharts);
      const first = await painted(start);
      await drawn();
      return [first, await painted(start)];
    },
    async narrow(filters) {
      const start = performance.now();
      const done = told('.history');
      // The moment on show stays: another one would be another window.
      const at = new URLSearchParams(location.hash.split('?')[1]).get('at') ?? '';
      location.hash = `#/history?at=${at}&${filters}`;
      await done;
      return painted(start);
    },
    watchStep() {
      const shown = () =>
        ['section[aria-label="The network"]', 'button.when']
          .map((part) => document.querySelector(part)?.textContent)
          .join();
      stepped = new Promise((resolve) => {
        document.addEventListener(
          'keydown',
          () => {
            const start = performance.now();
            const before = shown();
            void until(() => shown() !== before).then(() => resolve(painted(start)));
          },
          { capture: true, once: true },
        );
      });
    },
    step: () => stepped,
    watchRest() {
      rested = told('main section[aria-busy]');
    },
    rest: () => rested,
  };
  Object.assign(globalThis, { timed });
}
