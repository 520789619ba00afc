import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type Range,
  type VirtualItem,
} from '@tanstack/virtual-core';

interface Options {
  /** Height of a row in CSS pixels. */
  readonly height: number;
  readonly count: () => number;
  /** Index of a row that is there wherever the list is scrolled to: it may have the focus. */
  readonly kept: () => number;
}

/** A list of which only the rows on screen are made: TanStack's virtualizer told in runes. */
export class LongList {
  readonly #options: Options;
  #shown = $state.raw<readonly VirtualItem[]>([]);
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #box: HTMLElement | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#virtualizer = new Virtualizer(this.#settings());
  }

  /** The rows to make. The virtualizer hears of a shorter list only after it was drawn: none is beyond its end. */
  readonly items: readonly VirtualItem[] = $derived.by(() => {
    const count = this.#options.count();
    return this.#shown.filter(({ index }) => index < count);
  });

  /** Height of all rows in CSS pixels. */
  get height(): number {
    return this.#options.count() * this.#options.height;
  }

  /** Attaches to the box that scrolls. */
  readonly box = (element: HTMLElement): (() => void) => {
    this.#box = element;
    const unmount = this.#virtualizer._didMount();
    $effect(() => {
      this.#virtualizer.setOptions(this.#settings());
      this.#virtualizer._willUpdate();
      this.#show();
    });
    return () => {
      unmount();
      this.#box = null;
    };
  };

  /** Brings a row into view: its nearest edge, or its middle to the middle. */
  scrollTo(index: number, align: 'auto' | 'center' = 'auto'): void {
    this.#virtualizer.scrollToIndex(index, { align });
  }

  scrollToTop(): void {
    this.#virtualizer.scrollToOffset(0);
  }

  #show(): void {
    this.#shown = this.#virtualizer.getVirtualItems();
  }

  #settings(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    const { height, count, kept } = this.#options;
    const pinned = kept();
    return {
      ...{ observeElementRect, observeElementOffset, scrollToFn: elementScroll },
      count: count(),
      overscan: 6,
      getScrollElement: () => this.#box,
      estimateSize: () => height,
      rangeExtractor: (range: Range) => {
        const seen = defaultRangeExtractor(range);
        if (pinned >= range.count || seen.includes(pinned)) return seen;
        return [...seen, pinned].toSorted((a, b) => a - b);
      },
      onChange: () => this.#show(),
    };
  }
}
