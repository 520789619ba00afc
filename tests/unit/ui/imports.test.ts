import { describe, expect, test } from 'vitest';
import { VelolacError } from '../../../src/errors.ts';
import type {
  Health,
  ImportFile,
  ImportReport,
  InspectedTable,
  Inspection,
  LakeStatus,
  PipelineEvent,
  Recorder,
  TableReport,
} from '../../../src/pipeline/protocol.ts';
import { readCorrection } from '../../../src/ui/imports/correction.ts';
import { correctable, Imports, momentOf } from '../../../src/ui/imports/imports.svelte.ts';
import { outcomeOf, pressingFirst, sumOf } from '../../../src/ui/imports/outcome.ts';
import { groupTables } from '../../../src/ui/imports/tableGroups.ts';
import { troubleOf } from '../../../src/ui/imports/tableWords.ts';
import { Format } from '../../../src/ui/format.ts';
import { Lakehouse } from '../../../src/ui/lakehouse.svelte.ts';
import { en } from '../../../src/ui/messages/en.ts';
import { viewMessages } from '../../../src/ui/messages/views.ts';

const now = Date.UTC(2026, 10, 23, 12);
const told = Date.UTC(2024, 10, 9, 20, 25, 1, 640);

describe('a corrected time', () => {
  test('is kept as the file tells until another is typed', () => {
    expect(readCorrection(null, told, now)).toEqual({ kind: 'kept' });
    expect(readCorrection('2024-11-09T21:25:01', told, now)).toEqual({ kind: 'kept' });
    expect(readCorrection('2024-11-09T21:24', told, now)).toEqual({
      kind: 'corrected',
      at: Date.UTC(2024, 10, 9, 20, 24),
      twice: false,
    });
  });

  test('is Paris time in summer, too', () => {
    const summer = readCorrection('2024-07-01T08:00', told, now);
    expect(summer).toEqual({ kind: 'corrected', at: Date.UTC(2024, 6, 1, 6), twice: false });
  });

  test('in the hour that October repeats is the first, and says so', () => {
    const first = Date.UTC(2024, 9, 27, 0, 30);
    expect(readCorrection('2024-10-27T02:30', told, now)).toEqual({
      kind: 'corrected',
      at: first,
      twice: true,
    });
    expect(readCorrection('2024-10-27T03:30', told, now)).toMatchObject({ twice: false });
  });

  test('in the hour that March skips, in the future, or no time at all is refused', () => {
    expect(readCorrection('2024-03-31T02:30', told, now)).toEqual({ kind: 'skipped' });
    expect(readCorrection('2026-11-23T14:00', told, now)).toEqual({ kind: 'future' });
    expect(readCorrection('', told, now)).toEqual({ kind: 'invalid' });
  });
});

const table = (change: Partial<InspectedTable> = {}): InspectedTable => ({
  ...{ name: 'a.csv', envelope: 'csv', era: 'v2', content: 'status', basis: 'file_date' },
  ...{ fetched_at: told, series: false, error: null, ...change },
});
const inspection = (...tables: InspectedTable[]): Inspection => ({
  ...{ name: 'a.csv', bytes: 10, tables, error: null },
});
const counted = (change: Partial<TableReport> = {}): TableReport => ({
  ...table(change),
  ...{ fingerprint: 'f', from: told, to: told, snapshots: 1, known: 0, rows: 10, accepted: 10 },
  ...{ quarantined: 0, rejected: {}, discarded: {}, ...change },
});
const report = (change: Partial<ImportReport> = {}): ImportReport => ({
  ...{
    at: now,
    name: 'a.csv',
    bytes: 10,
    path: 'p',
    known: false,
    tables: [counted()],
    error: null,
    ...change,
  },
});

describe('a chosen file', () => {
  test('can be corrected where it is of one moment', () => {
    expect(correctable(inspection(table(), table()))).toBe(true);
    expect(momentOf(inspection(table()))).toBe(told);
    expect(correctable(inspection(table({ series: true })))).toBe(false);
    expect(correctable(inspection(table(), table({ fetched_at: told + 1 })))).toBe(false);
    expect(correctable(inspection())).toBe(false);
  });

  test('with many tables alike is told in a line', () => {
    const [most, other] = groupTables([
      table({ name: 'x', era: null }),
      table({ fetched_at: told + 5 }),
      table({ fetched_at: null }),
      table({ fetched_at: told - 5 }),
    ]);
    expect([most?.count, most?.from, most?.to]).toEqual([3, told - 5, told + 5]);
    expect([other?.count, other?.sample.name]).toEqual([1, 'x']);
  });

  test('of an unknown schema waits for a word; the portal has not changed', () => {
    const error = { code: 'silver.schema', message: '', details: { columns: 'station_code, name' } } as const;
    const text = troubleOf(error, viewMessages.en, en, new Format('en'));
    expect(text).toContain('station code, name');
    expect(text).not.toMatch(/portal/i);
  });
});

describe('a report', () => {
  test('adds up its tables, the most frequent reason first', () => {
    const sum = sumOf([
      counted({ rejected: { malformed_row: 2, no_station_code: 3 }, discarded: { lat: 1 } }),
      counted({ rejected: { no_station_code: 4, unknown_station_id: 0 }, from: told - 9, to: null }),
    ]);
    expect(sum).toMatchObject({ rows: 20, rejected: 9, discarded: 1, from: told - 9, to: told });
    expect(sum.reasons).toEqual([
      ['no_station_code', 7],
      ['malformed_row', 2],
    ]);
  });

  test('says in a word what became of the file', () => {
    const refused = { code: 'unexpected', message: '', details: {} } as const;
    const none = { accepted: 0 };
    const outcomes = [
      report(),
      report({ known: true, tables: [] }),
      report({ tables: [], error: refused }),
      report({ tables: [counted({ ...none, quarantined: 10 })] }),
      report({ tables: [counted(), counted({ ...none, quarantined: 10 })] }),
      report({ tables: [counted({ ...none, rejected: { known_snapshot: 10 } })] }),
      report({ tables: [counted({ ...none, rejected: { malformed_row: 10 } })] }),
    ].map(outcomeOf);
    expect(outcomes).toEqual(['added', 'known', 'refused', 'waiting', 'partly', 'nothing', 'refused']);
  });

  test('that asks for a look comes before those that do not', () => {
    const waiting = report({ name: 'waiting', tables: [counted({ accepted: 0, quarantined: 10 })] });
    const refused = report({ name: 'refused', tables: [counted({ accepted: 0 })] });
    const [one, two] = [report({ name: 'one' }), report({ name: 'two' })];
    expect(pressingFirst([one, waiting, two, refused])).toEqual([refused, waiting, one, two]);
  });
});

/** A lakehouse whose recorder imports as the test says. */
function stage(world: LakeStatus['world'], importing: () => Promise<readonly ImportReport[]>) {
  const calls: string[] = [];
  let taken: readonly ImportFile[] = [];
  let history: ImportReport[] = [report({ at: 1, name: 'old.csv' })];
  let tell: (event: PipelineEvent) => void = () => undefined;
  const recorder = {
    open: async (_: unknown, listener: typeof tell) => {
      tell = listener;
      const totals = { snapshots: 1, rows: 1, bronze_stored_bytes: 1, silver_bytes: 1 };
      tell({
        kind: 'status',
        status: { world, totals, failure: null, newest: null } as unknown as LakeStatus,
      });
    },
    setWorld: async (to: string) => calls.push(to),
    inspect: async (files: readonly File[]) =>
      files.map((file) => ({
        ...inspection(table()),
        error: file.name === 'bad' ? { code: 'unexpected' } : null,
      })),
    importFiles: (files: readonly ImportFile[]) => {
      calls.push('import');
      taken = files;
      history = [...history, report({ name: 'new.csv' })];
      return importing();
    },
    health: async () => ({ imports: history }) as unknown as Health,
  } as unknown as Recorder;
  const lakehouse = new Lakehouse(recorder);
  void lakehouse.open({
    ...{
      portal: null,
      base: '',
      recording: false,
      world: null,
      clock: null,
      pace: { interval: 1, ignoreMetered: false },
      automatic: false,
      retention: null,
    },
  });
  return { lakehouse, imports: new Imports(lakehouse), calls, taken: () => taken };
}

describe('an import', () => {
  const files = [new File(['a'], 'good'), new File(['b'], 'bad')];

  test('takes the files to the live lake, with the corrected time; those that cannot be read, for the record', async () => {
    const { imports, calls, taken } = stage('sample', async () => [report()]);
    await imports.choose(files);
    expect(imports.sound).toHaveLength(1);
    imports.type(imports.chosen[0]?.key ?? 0, '2024-11-09T21:00');
    await imports.run(now);
    expect(calls).toEqual(['live', 'import']);
    expect(taken()).toEqual([
      { file: files[0], fetched_at: Date.UTC(2024, 10, 9, 20) },
      { file: files[1], fetched_at: null },
    ]);
    expect([imports.chosen.length, imports.reports.length, imports.ended]).toEqual([0, 1, 'done']);
  });

  test('that is stopped shows what it did until then, and is no failure', async () => {
    const stopped = (): Promise<never> => Promise.reject(new VelolacError('engine.aborted', 'stopped'));
    const { imports, lakehouse } = stage('live', stopped);
    await imports.choose(files);
    await imports.run(now);
    expect(imports.ended).toBe('stopped');
    expect(imports.reports.map(({ name }) => name)).toEqual(['new.csv']);
    expect(lakehouse.problem).toBeNull();
  });

  test('that fails keeps the files chosen, and says why', async () => {
    const failed = (): Promise<never> => Promise.reject(new VelolacError('lake.quota', 'full'));
    const { imports, lakehouse } = stage('live', failed);
    await imports.choose(files);
    await imports.run(now);
    expect([imports.chosen.length, imports.ended, imports.phase]).toEqual([2, null, 'idle']);
    expect(lakehouse.problem?.code).toBe('lake.quota');
  });
});
