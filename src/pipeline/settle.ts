import type { Engine } from '../engine/engine.ts';
import { literal, literals, parquetRows } from '../engine/sql.ts';
import type { Lake } from '../lake/lake.ts';
import { silverRows } from '../silver/rows.ts';
import { bases } from './basis.ts';
import type { Draft } from './draft.ts';
import contentSql from '../silver/content.sql?raw';

/** What a snapshot says, in short: equal hashes are equal rows. */
interface Content {
  readonly fetched_at: number;
  readonly fetched_at_basis: string;
  readonly stations: number;
  readonly hash: string;
}

/** Which of two recordings of one instant stays. */
export interface Settled {
  /** Instants of new snapshots that are there already, or give way to a more trusted one. */
  readonly known: readonly number[];
  /** Instants of the draft that give way. */
  readonly withdrawn: readonly number[];
}

/**
 * Compares new snapshots (the table `observed`) with those of the same instant that the draft holds. Equal
 * content is one snapshot. Of two that differ the one stays whose time is better known, then the one with more
 * stations, then the one with the smaller hash: whatever came first.
 */
export async function settle(
  engine: Engine,
  lake: Lake,
  draft: Draft,
  fresh: { readonly instants: readonly number[]; readonly basis: string; readonly day: string },
): Promise<Settled> {
  const met = fresh.instants.filter((at) => draft.has(at));
  if (met.length === 0) return { known: [], withdrawn: [] };
  const paths = draft.files('station_status', fresh.day).map(({ path }) => path);
  await engine.registerAll(paths, (path) => lake.read(path));
  const held = await contents(engine, heldRows(paths), met);
  const offered = await contents(
    engine,
    `SELECT *, ${literal(fresh.basis)} AS fetched_at_basis FROM observed
    WHERE reason IS NULL`,
    met,
  );
  const [known, withdrawn]: [number[], number[]] = [[], []];
  for (const at of met) {
    const [mine, theirs] = [offered.get(at), held.get(at)];
    (theirs && !(mine && isBetter(mine, theirs)) ? known : withdrawn).push(at);
  }
  return { known, withdrawn };
}

/** Writes a UTC day's files anew without the snapshots that give way. */
export async function withdraw(
  engine: Engine,
  lake: Lake,
  draft: Draft,
  day: string,
  instants: readonly number[],
): Promise<void> {
  for (const table of ['station_status', 'rejects']) {
    for (const file of draft.files(table, day)) {
      const { path, from, to, snapshots, csv_bytes } = file;
      const inside = instants.filter((at) => at >= from! && at <= to!);
      if (inside.length === 0) continue;
      await engine.registerAll([path], (name) => lake.read(name));
      const rest = `SELECT * FROM ${parquetRows([path])} WHERE fetched_at NOT IN (${instantList(inside)})`;
      const [{ rows } = { rows: 0 }] = await engine.query<{ rows: number }>(
        `SELECT CAST(count(*) AS INTEGER) AS rows FROM (${rest})`,
      );
      const part = rows === 0 ? null : { bytes: await engine.parquet(rest), rows };
      const facts = { from: from!, to: to!, snapshots: snapshots - inside.length, csv_bytes };
      await draft.drop(file);
      await draft.put(table, part, facts);
    }
  }
}

function isBetter(mine: Content, theirs: Content): boolean {
  const rank = ({ fetched_at_basis }: Content) => (bases as readonly string[]).indexOf(fetched_at_basis);
  if (mine.hash === theirs.hash) return false;
  if (rank(mine) !== rank(theirs)) return rank(mine) < rank(theirs);
  if (mine.stations !== theirs.stations) return mine.stations > theirs.stations;
  return mine.hash < theirs.hash;
}

async function contents(
  engine: Engine,
  rows: string,
  instants: readonly number[],
): Promise<Map<number, Content>> {
  await engine.query(
    `CREATE OR REPLACE TEMP VIEW met AS SELECT * FROM (${rows}) WHERE fetched_at IN (${instantList(instants)})`,
  );
  const found = await engine.query<Content & Record<string, string | number>>(contentSql);
  return new Map(found.map((one) => [one.fetched_at, one]));
}

function heldRows(paths: readonly string[]): string {
  return paths.length > 0
    ? silverRows('station_status', paths)
    : `SELECT *, '' AS fetched_at_basis FROM observed WHERE FALSE`;
}

function instantList(instants: readonly number[]): string {
  return literals(instants.map((at) => new Date(at)));
}
