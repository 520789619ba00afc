import { flushSync } from 'svelte';

let printing = $state(false);

/** Whether the page is being printed: what is on paper alone is there before the printer looks. */
export function isPrinting(): boolean {
  return printing;
}

function print(now: boolean): void {
  printing = now;
  flushSync();
}

addEventListener('beforeprint', () => print(true));
addEventListener('afterprint', () => print(false));

/** How wide a chart of a report is on paper, one of three columns of A4, in CSS pixels. */
export const columnOnPaper = 222;

/** How high it is there. */
export function heightOnPaper(height: number): number {
  return Math.round(height * 0.5);
}
