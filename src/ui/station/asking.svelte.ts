import { toVelolacError, type ErrorRecord } from '../../errors.ts';

/**
 * A question that is asked again and again: one at a time, and when that is answered the newest wish, so that nobody
 * waits for answers which are no longer wanted.
 */
export class Asking<Key, Value> {
  /** What was answered last, and to what. */
  answer = $state.raw<{ readonly key: Key; readonly value: Value } | null>(null);
  /** Why the last question had no answer; null once one has. */
  failure = $state.raw<ErrorRecord | null>(null);
  #wish: { readonly key: Key; readonly question: () => Promise<Value> } | null = null;
  #running = false;

  ask(key: Key, question: () => Promise<Value>): void {
    this.#wish = { key, question };
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let wish = this.#wish; wish !== null; wish = this.#wish) {
      this.#wish = null;
      try {
        this.answer = { key: wish.key, value: await wish.question() };
        this.failure = null;
      } catch (thrown) {
        this.failure = toVelolacError(thrown).toRecord();
      }
    }
    this.#running = false;
  }
}
