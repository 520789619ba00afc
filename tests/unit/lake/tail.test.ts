import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileEntry, SnapshotRow } from '../../../src/lake/journal.ts';
import { Lake } from '../../../src/lake/lake.ts';
import { formatEvents } from '../../../src/lake/lines.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { DAY, journalDays, journalPath } from '../../../src/lake/names.ts';

const start = Date.UTC(2026, 10, 23, 16, 24);
const MINUTE = 60_000;

/** Counts the bytes that are read. */
class CountedStorage extends MemoryStorage {
  bytes = 0;

  override async read(path: string, from?: number) {
    const read = await super.read(path, from);
    this.bytes += read.length;
    return read;
  }
}

/** A lake whose tabs write and read. */
class Tabs {
  now = start;
  readonly storage = new CountedStorage();
  writer!: Lake;
  /** One that was the writer before. */
  former: Lake | null = null;
  reader!: Lake;

  static async open(): Promise<Tabs> {
    const tabs = new Tabs();
    await tabs.takeOver();
    tabs.former = null;
    tabs.reader = await tabs.#lake();
    return tabs;
  }

  #lake(): Promise<Lake> {
    return Lake.open(this.storage, () => this.now);
  }

  async takeOver(): Promise<void> {
    this.former = this.writer;
    this.writer = await this.#lake();
    await this.writer.startTerm();
  }

  /** What a failed attempt tells, and the file that it leaves. */
  async attempt(lake: Lake | null): Promise<void> {
    this.now += MINUTE;
    const fetched_at = this.now;
    const path = `bronze/velib/${fetched_at}.csv`;
    const file: FileEntry = {
      ...{ path, layer: 'bronze', table: 'body', source: 'velib', bytes: 3, rows: null, sha256: 'f' },
      ...{ snapshots: 0, from: fetched_at, to: fetched_at, csv_bytes: 0 },
    };
    const snapshot: SnapshotRow = {
      ...{ fetched_at, fetched_at_basis: 'clock', source: 'velib', origin: 'live', http_status: 500 },
      ...{ duration_ms: 5, bytes: 3, rows: 0, stations: 0, schema_fingerprint: null, outcome: 'failed' },
      ...{ error_code: 'portal.server', bronze_path: path, content_hash: null, unchanged: false },
    };
    await lake?.append([{ kind: 'attempt', snapshot, file }]);
  }

  get path(): string {
    return journalPath(new Date(this.now).toISOString().slice(0, 10));
  }

  /** Appends to the newest file of the journal. */
  async scrawl(text: string): Promise<void> {
    const day = journalDays(await this.storage.list('journal')).at(-1)!;
    await this.storage.append(journalPath(day), new TextEncoder().encode(text));
  }

  /** What the reader has followed, against what a tab finds that is opened now. */
  async compare(): Promise<void> {
    await this.reader.refresh();
    const fresh = await this.#lake();
    expect(this.reader.state).toEqual(fresh.state);
    expect([this.reader.damaged, this.reader.through]).toEqual([fresh.damaged, fresh.through]);
  }
}

const happenings: Readonly<Record<string, (tabs: Tabs) => Promise<void>>> = {
  'an attempt': (tabs) => tabs.attempt(tabs.writer),
  'a look': (tabs) => tabs.compare(),
  'another tab takes over': (tabs) => tabs.takeOver(),
  'a writer whose term is over writes': (tabs) => tabs.attempt(tabs.former),
  'the next day': async (tabs) => {
    tabs.now += DAY;
    tabs.former = null;
  },
  'a checkpoint': (tabs) => tabs.writer.seal(),
  'all is deleted, and as much written again': async (tabs) => {
    const before = await tabs.storage.size(tabs.path).catch(() => 0);
    await tabs.writer.clear();
    tabs.former = null;
    do await tabs.attempt(tabs.writer);
    while ((await tabs.storage.size(tabs.path)) < before);
  },
  'a power cut in the middle of a line': async (tabs) => {
    await tabs.scrawl('{"at":17639');
    await tabs.takeOver();
  },
  'a line that is damaged': (tabs) => tabs.scrawl('{"at":1,"term":9,"kind":"swept","sum":"00000000"}\n'),
  'a line without its checksum': (tabs) => tabs.scrawl('{"at":1,"term":9,"kind":"swept"}\n'),
  'half a line': async (tabs) => {
    await tabs.scrawl('{"at":17639');
    await tabs.compare();
    await tabs.takeOver();
  },
  'a line whose end comes later': async (tabs) => {
    const { term } = tabs.writer.state;
    const [line] = new TextDecoder()
      .decode(formatEvents([{ at: tabs.now, term, kind: 'swept' }]))
      .split('\n');
    await tabs.scrawl(line!);
    await tabs.compare();
    await tabs.scrawl('\n');
  },
};

test('a reader that follows knows what one knows that reads all of the journal, whatever happens', async () => {
  const script = fc.array(fc.constantFrom(...Object.keys(happenings)), { minLength: 3, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(script, async (names) => {
      const tabs = await Tabs.open();
      for (const name of names) await happenings[name]!(tabs);
      await tabs.compare();
    }),
    { numRuns: 150 },
  );
});

test('a reader that follows reads what is new, and not the day again', async () => {
  const tabs = await Tabs.open();
  for (let minute = 0; minute < 300; minute += 1) await tabs.attempt(tabs.writer);
  await tabs.reader.refresh();
  const before = await tabs.storage.size(tabs.path);
  tabs.storage.bytes = 0;
  await tabs.attempt(tabs.writer);
  await tabs.reader.refresh();
  const { bytes } = tabs.storage;
  const appended = (await tabs.storage.size(tabs.path)) - before;
  expect(bytes).toBeLessThan(appended + 100);
  expect(before).toBeGreaterThan(100 * appended);
  expect(tabs.reader.state).toEqual(tabs.writer.state);
});
