import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { Figures } from './ledger.ts';
import { isFull, seed } from './sizes.ts';

/** Sums up what the cases of the fault suite have to show, in one line at the end. */
export default class FiguresReporter implements Reporter {
  readonly #all: Figures[] = [];

  onTestEnd(_: TestCase, { annotations }: TestResult): void {
    for (const { type, description } of annotations) {
      if (type === 'figures' && description) this.#all.push(JSON.parse(description) as Figures);
      if (type === 'measured' && description) console.log(`\n${description}`);
    }
  }

  onEnd(): void {
    if (this.#all.length === 0) return;
    const sum = (of: (figures: Figures) => number) => this.#all.reduce((total, one) => total + of(one), 0);
    console.log(
      `\n${isFull ? 'full' : 'short'} fault suite, seed ${seed}: ${sum(({ faults }) => faults)} faults injected, ` +
        `${sum(({ acknowledged }) => acknowledged)} snapshots acknowledged, ` +
        `${sum(({ lost }) => lost)} lost, ${sum(({ doubled }) => doubled)} doubled, ` +
        `${sum(({ unacknowledged }) => unacknowledged)} answered but not acknowledged`,
    );
  }

  printsToStdio(): boolean {
    return false;
  }
}
