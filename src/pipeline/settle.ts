import type { Engine } from '../engine/engine.ts';
import { bind, literal, literals, parquetRows } from '../engine/sql.ts';
import type { Lake } from '../lake/lake.ts';
import { silverRows } from '../silver/rows.ts';
import { bases } from './basis.ts';
import type { Draft } from './draft.ts';
import contentSql from '../silver/content.sql?raw';
import rejectsSql from '../silver/rejects.sql?raw';
import rejectsContentSql from '../silver/rejects_content.sql?raw';

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

/** New snapshots of a UTC day: rows of `observed`. */
interface Fresh {
  readonly instants: readonly number[];
  readonly basis: string;
  readonly day: string;
  /** Makes `bronze_texts`. */
  readonly texts: () => Promise<void>;
}

/**
 * Compares new snapshots with those of the same instant that the draft holds. The one stays whose time is better known,
 * then the one with more stations, then the one with the smaller hash: whatever came first. Equal ones are one snapshot.
 */
export async function settle(engine: Engine, lake: Lake, draft: Draft, fresh: Fresh): Promise<Settled> {
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
  const bare = met.filter((at) => !offered.has(at) && !held.has(at));
  const given = bare.length === 0 ? [] : await rejectedBetter(engine, lake, draft, fresh, bare);
  const [known, withdrawn]: [number[], number[]] = [[], []];
  for (const at of met) {
    const [mine, theirs] = [offered.get(at), held.get(at)];
    const isTaken = mine && theirs ? isBetter(mine, theirs) : mine !== undefined || given.includes(at);
    (isTaken ? withdrawn : known).push(at);
  }
  return { known, withdrawn };
}

/** Of snapshots without any good row, new and held, those whose new rejects stay: the ones with the smaller hash. */
async function rejectedBetter(
  engine: Engine,
  lake: Lake,
  draft: Draft,
  { day, texts }: Fresh,
  instants: readonly number[],
): Promise<number[]> {
  const hashes = async (rows: string) => {
    await viewMet(engine, rows, instants);
    const found = await engine.query<{ fetched_at: number; hash: string }>(rejectsContentSql);
    return new Map(found.map(({ fetched_at, hash }) => [fetched_at, hash]));
  };
  const paths = draft.files('rejects', day).map(({ path }) => path);
  await engine.registerAll(paths, (path) => lake.read(path));
  const held =
    paths.length > 0 ? await hashes(`SELECT * FROM ${parquetRows(paths)}`) : new Map<number, string>();
  await texts();
  const offered = await hashes(bind(rejectsSql, { source: draft.source }));
  return instants.filter((at) => {
    const [mine, theirs] = [offered.get(at), held.get(at)];
    return mine !== undefined && (theirs === undefined || mine < theirs);
  });
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
  if (rank(mine) !== rank(theirs)) return rank(mine) < rank(theirs);
  if (mine.stations !== theirs.stations) return mine.stations > theirs.stations;
  return mine.hash < theirs.hash;
}

async function contents(
  engine: Engine,
  rows: string,
  instants: readonly number[],
): Promise<Map<number, Content>> {
  await viewMet(engine, rows, instants);
  const found = await engine.query<Content & Record<string, string | number>>(contentSql);
  return new Map(found.map((one) => [one.fetched_at, one]));
}

async function viewMet(engine: Engine, rows: string, instants: readonly number[]): Promise<void> {
  await engine.query(
    `CREATE OR REPLACE TEMP VIEW met AS SELECT * FROM (${rows}) WHERE fetched_at IN (${instantList(instants)})`,
  );
}

function heldRows(paths: readonly string[]): string {
  return paths.length > 0
    ? silverRows('station_status', paths)
    : `SELECT *, '' AS fetched_at_basis FROM observed WHERE FALSE`;
}

function instantList(instants: readonly number[]): string {
  return literals(instants.map((at) => new Date(at)));
}
