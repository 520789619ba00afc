import { createContext } from 'svelte';
import type { Analyses } from '../../pipeline/protocol.ts';
import type { Inquiry } from './inquiry.svelte.ts';

/** What every analysis shows and what it may narrow. */
export interface Shown {
  readonly answers: Analyses;
  readonly inquiry: Inquiry;
}

/** Asked for again at each use, since the answers change. */
export const [getAnalyses, setAnalyses] = createContext<() => Shown>();
