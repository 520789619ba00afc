import { untrack } from 'svelte';
import type { Page } from '../context.ts';
import { momentOf, nameOf } from './momentName.ts';

/** Keeps the moments on show and those of the address the same, whichever of them changes. Makes effects. */
export function followAddress({
  route,
  lakehouse,
  comparison,
  timeline,
}: Pick<Page, 'route' | 'lakehouse' | 'comparison' | 'timeline'>): void {
  const chosen = (): number | null => (lakehouse.choice.kind === 'instant' ? lakehouse.choice.at : null);
  $effect(() => {
    const at = nameOf(chosen());
    untrack(() => route.set({ at }));
  });
  $effect(() => {
    const before = nameOf(comparison.at);
    untrack(() => route.set({ before }));
  });
  $effect(() => {
    const at = momentOf(route.params.at);
    untrack(() => {
      if (at === chosen()) return;
      void lakehouse.choose(at === null ? { kind: 'newest' } : { kind: 'instant', at });
    });
  });
  $effect(() => {
    const before = momentOf(route.params.before);
    untrack(() => {
      if (before === comparison.at) return;
      if (before === null) timeline.leave();
      else void comparison.seek(before, timeline.recorded);
    });
  });
}
