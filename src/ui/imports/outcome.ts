import type { ImportReport, TableReport } from '../../pipeline/protocol.ts';

/** What became of a file, in a word. */
export type ImportOutcome = 'added' | 'known' | 'nothing' | 'waiting' | 'partly' | 'refused';

/** A report's tables added up. */
export interface ImportSum {
  readonly snapshots: number;
  /** Snapshots that were in the lake already. */
  readonly known: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly rows: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly rejected: number;
  readonly discarded: number;
  /** Names that are garbled beyond repair. */
  readonly garbled: number;
  /** Rows by reason and values by column, the most first. */
  readonly reasons: readonly Counted[];
  readonly discards: readonly Counted[];
}

export type Counted = readonly [name: string, count: number];

/** Adds up the tables of one report or of several. */
export function sumOf(tables: readonly TableReport[]): ImportSum {
  const add = (of: (table: TableReport) => number): number => tables.reduce((sum, one) => sum + of(one), 0);
  const times = (of: (table: TableReport) => number | null): number[] =>
    tables.map(of).filter((time) => time !== null);
  const reasons = mostFirst(tables.map(({ rejected }) => rejected));
  const discards = mostFirst(tables.map(({ discarded }) => discarded));
  return {
    snapshots: add(({ snapshots }) => snapshots),
    known: add(({ known }) => known),
    from: earliest(times(({ from }) => from)),
    to: latest(times(({ to }) => to)),
    rows: add(({ rows }) => rows),
    accepted: add(({ accepted }) => accepted),
    quarantined: add(({ quarantined }) => quarantined),
    rejected: total(reasons),
    discarded: total(discards),
    garbled: add(({ garbled = 0 }) => garbled),
    reasons,
    discards,
  };
}

/** The outcome of a file's import. */
export function outcomeOf({ known, error, tables }: ImportReport): ImportOutcome {
  if (known) return 'known';
  const { rows, accepted, quarantined, reasons } = sumOf(tables);
  const again = Object.fromEntries(reasons)['known_snapshot'] ?? 0;
  if (accepted > 0) {
    return error !== null || quarantined > 0 || tables.some((table) => table.error !== null)
      ? 'partly'
      : 'added';
  }
  if (quarantined > 0) return 'waiting';
  return rows > 0 && again === rows ? 'nothing' : 'refused';
}

const pressing: readonly ImportOutcome[] = ['refused', 'waiting', 'partly'];

/** Reports with those first that ask for a look; else in their order. */
export function pressingFirst(reports: readonly ImportReport[]): ImportReport[] {
  const place = (report: ImportReport) => {
    const found = pressing.indexOf(outcomeOf(report));
    return found < 0 ? pressing.length : found;
  };
  return reports.toSorted((a, b) => place(a) - place(b));
}

/** Counts by name, added up, the most first. */
export function mostFirst(counts: readonly Readonly<Record<string, number>>[]): Counted[] {
  const sums = new Map<string, number>();
  for (const [name, count] of counts.flatMap((one) => Object.entries(one))) {
    if (count > 0) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return [...sums].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

function total(counts: readonly Counted[]): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}

function latest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}
