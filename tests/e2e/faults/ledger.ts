import { expect, type Page } from '@playwright/test';
import { toCsv } from '../../../src/bronze/csv.ts';
import { flatten } from '../../../src/sources/flatten.ts';
import { parseRecords } from '../../../src/sources/records.ts';
import type { Served } from '../../replica/replica.ts';
import { attemptsOf, bronze, bronzePaths, events, nameOf, sha256 } from './bronze.ts';

/** What a case has to show. */
export interface Figures {
  /** Faults that were injected. */
  readonly faults: number;
  /** Answers, snapshots or not, whose Bronze was seen committed. */
  readonly acknowledged: number;
  /** Those of them that the lake does not hold any more, byte for byte. */
  readonly lost: number;
  /** Answers that it holds more than once. */
  readonly doubled: number;
  /** Snapshots that the portal sent to the last byte, and that were never acknowledged. */
  readonly unacknowledged: number;
  /** Snapshots in the lake that the portal never sent. */
  readonly invented: number;
}

/** What the portal sent, and what was seen acknowledged, noted beside the page and before the lake is asked again. */
export class Ledger {
  /** Faults injected so far: each case counts its own. */
  faults = 0;
  /** Answers so far by the fault that was in them, `none` for good ones. */
  readonly kinds = new Map<Served['fault'], number>();
  /** SHA-256 of the CSV text of each snapshot that was sent. What a CSV should be is the matter of `lake.spec.ts`. */
  readonly #sent = new Set<string>();
  /** By name, the SHA-256 of what an attempt of a term that counts has committed. */
  readonly #acknowledged = new Map<string, string>();

  /** Snapshots sent so far. */
  get sent(): number {
    return this.#sent.size;
  }

  /** Answers so far, whatever was in them. */
  get answers(): number {
    return [...this.kinds.values()].reduce((sum, count) => sum + count, 0);
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** Notes an answer of the replica. */
  readonly note = ({ method, status, fault, body, records }: Served, whole: boolean): void => {
    if (method === 'GET') this.kinds.set(fault, (this.kinds.get(fault) ?? 0) + 1);
    if (!whole || method !== 'GET' || status !== 200 || fault !== 'none' || records.length === 0) return;
    const hash = sha256(toCsv(flatten(parseRecords(body!.toString()))));
    if (this.#sent.has(hash)) throw new Error('the replica answered the same snapshot twice');
    this.#sent.add(hash);
  };

  /** Resolves once so many more requests are answered than at the call. */
  async more(count: number, timeout = 60_000): Promise<void> {
    const until = this.answers + count;
    await expect
      .poll(() => this.answers, { timeout, intervals: [20], message: 'answers of the portal' })
      .toBeGreaterThanOrEqual(until);
  }

  /** Notes what is acknowledged by now. */
  async observe(page: Page): Promise<void> {
    const journal = await events(page);
    for (const { bronze_path, content_hash } of attemptsOf(journal)) {
      if (bronze_path && content_hash) this.#acknowledged.set(nameOf(bronze_path), content_hash);
    }
    for (const event of journal) {
      if (event.kind !== 'attempt' || event.file?.table !== 'body') continue;
      this.#acknowledged.set(nameOf(event.file.path), event.file.sha256);
    }
  }

  /** Resolves once an answer is acknowledged that was not at the call. */
  async acknowledges(page: Page): Promise<void> {
    await this.observe(page);
    const before = this.acknowledged;
    const now = async () => {
      await this.observe(page);
      return this.acknowledged;
    };
    await expect.poll(now, { message: 'snapshots acknowledged' }).toBeGreaterThan(before);
  }

  /** The lake as it is now against all that was noted until now. */
  async compare(page: Page, by: 'journal' | 'disk' = 'journal'): Promise<Figures> {
    const held = await bronze(page, await bronzePaths(page, by));
    const present = new Set(held.map((one) => one.join()));
    const acknowledged = new Set(this.#acknowledged.values());
    const snapshots = held.filter(([name]) => name.endsWith('.csv'));
    return {
      faults: this.faults,
      acknowledged: this.acknowledged,
      lost: [...this.#acknowledged].filter((one) => !present.has(one.join())).length,
      doubled: snapshots.length - new Set(snapshots.map(([, hash]) => hash)).size,
      unacknowledged: [...this.#sent].filter((hash) => !acknowledged.has(hash)).length,
      invented: snapshots.filter(([, hash]) => !this.#sent.has(hash)).length,
    };
  }
}
