import type { Engine } from '../engine/engine.ts';
import { withEngine } from '../engine/withEngine.ts';
import { VelolacError } from '../errors.ts';
import type { SilverReport } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf, HOUR } from '../lake/names.ts';
import { sourceState, type ImportState } from '../lake/state.ts';
import {
  attributesPart,
  newSets,
  readAttributeIds,
  setsOfVersions,
  type AttributeSet,
} from '../silver/attributes.ts';
import { bronzeHours, type BronzeCsv } from './bronze.ts';
import { carryOver, castBriefs } from './carryOver.ts';
import { Draft } from './draft.ts';
import type { Importer } from './importer.ts';
import { isKept } from './quarantine.ts';
import { batches, castStaged, factsOf, type SilverReferences } from './refine.ts';
import { restage } from './stage.ts';
import type { Progress } from './work.ts';

/** What is rebuilt, and with what. */
export interface Rebuild {
  readonly lake: Lake;
  readonly source: string;
  readonly references: SilverReferences;
  readonly importer: Importer;
  /** How the times of recorded snapshots are known. */
  readonly basis: string;
  /** A UTC day; null for all. */
  readonly day: string | null;
}

/**
 * Writes Silver anew from Bronze, of a day or all of it. The new files take the place of the old ones by one event
 * at the end; until then the old ones answer. Snapshots that are recorded meanwhile are added as ever. What only Silver
 * has, since its Bronze was damaged, stays. Days whose Bronze was dropped are left as they are; asked for one of them,
 * it rejects with `lake.no_bronze`. Rejects with
 * `engine.aborted` when it was stopped, and then leaves nothing behind; else with `engine.*`, `lake.*`.
 */
export async function rebuild(work: Rebuild, progress: Progress): Promise<void> {
  await withEngine((engine) => rebuildWith(engine, work, progress), progress.signal);
}

async function rebuildWith(engine: Engine, work: Rebuild, progress: Progress): Promise<void> {
  const { lake, source, day } = work;
  const { without_bronze } = sourceState(lake.state, source);
  if (day !== null && without_bronze.includes(day)) {
    throw new VelolacError('lake.no_bronze', `no Bronze of ${day}`, { day });
  }
  const wants = (one: string) => (day === null || one === day) && !without_bronze.includes(one);
  const data = ['station_status', 'rejects']
    .flatMap((table) => lake.entries(table, source))
    .filter(({ from }) => wants(dayOf(from!)));
  const told = lake.entries('station_attributes', source);
  const briefs = castBriefs(lake, source, wants);
  const draft = new Draft(lake, source);
  try {
    const { reports, sets } = await castAll(work, engine, draft, wants, progress);
    const cast = draft.written.length;
    const lost = await carryOver(lake, engine, draft, data, briefs);
    // Rows that stay as they are refer to sets that no Bronze tells of any more: where those are damaged, versions do.
    const isAll = day === null && without_bronze.length === 0 && draft.written.length === cast;
    const kept = isAll ? [] : told.filter(({ path }) => !lake.isDoubted(path));
    const old = [...data, ...told.filter((file) => !kept.includes(file))];
    const paths = kept.map(({ path }) => path);
    const versions =
      isAll || kept.length === told.length
        ? []
        : lake.entries('station_information', source).map(({ path }) => path);
    const sound = versions.filter((path) => !lake.isDoubted(path));
    await engine.registerAll([...paths, ...sound], (path) => lake.readSound(path));
    sets.push(...(await setsOfVersions(engine, sound)));
    const fresh = newSets(await readAttributeIds(engine, paths), sets);
    const first = Math.min(...[...draft.written, ...told].map(({ from }) => from!));
    const facts = { from: first, to: first, snapshots: 0, csv_bytes: 0 };
    await draft.put('station_attributes', await attributesPart(engine, source, fresh), facts);
    progress.signal.throwIfAborted();
    const written = new Set(draft.written.map(({ path }) => path));
    const replaces = old.map(({ path }) => path).filter((path) => !written.has(path));
    const damages = [
      ...(lost.length > 0 ? data.map(({ path }) => ({ path, lost })) : []),
      ...(isAll ? [] : told.map(({ path }) => ({ path, lost: [] }))),
    ].filter(({ path }) => lake.isDoubted(path) && !written.has(path));
    await lake.append([
      { kind: 'commit', source, files: draft.written, replaces, reports },
      ...damages.map((one) => {
        const damage = { ...one, source, problem: 'content', moved: null } as const;
        return { kind: 'damage', damages: [damage], files: [] } as const;
      }),
    ]);
    await lake.sweep(replaces);
  } catch (thrown) {
    await draft.discard();
    throw thrown;
  }
}

async function castAll(
  work: Rebuild,
  engine: Engine,
  draft: Draft,
  wants: (day: string) => boolean,
  progress: Progress,
): Promise<{ reports: SilverReport[]; sets: AttributeSet[] }> {
  const { lake, source, importer } = work;
  const { waiting, quarantine, imports } = sourceState(lake.state, source);
  const left = new Set([...Object.keys(waiting), ...Object.keys(quarantine)]);
  const wantsHour = (hour: number) => wants(dayOf(hour * HOUR));
  const brought = imports.filter((one) => isKept(lake.state, one) && covers(one, work.day));
  const hours = [...lake.entries('hour', source), ...lake.entries('snapshot', source)].map(({ from }) =>
    Math.floor(from! / HOUR),
  );
  const steps = new Set(hours.filter(wantsHour)).size + brought.length;
  const reports: SilverReport[] = [];
  const sets: AttributeSet[] = [];
  let step = 0;
  for await (const csvs of bronzeHours(lake, source, wantsHour)) {
    progress.signal.throwIfAborted();
    const fresh = csvs.filter(({ path }) => !left.has(path));
    progress.tell(fresh[0] ? dayOf(fresh[0].fetched_at) : '', step++ / steps);
    const cast = await castHour(work, engine, draft, fresh);
    reports.push(...cast.reports);
    sets.push(...cast.sets);
  }
  for (const one of brought) {
    const at = step++;
    const tell = (subject: string, share: number) => progress.tell(subject, (at + share) / steps);
    for (const { snapshots, attributes } of await importer.again(one, engine, draft, wants, {
      ...progress,
      tell,
    })) {
      reports.push(
        ...snapshots.map(([fetched_at, , accepted, , bikes]) => ({
          ...nothing,
          fetched_at,
          accepted,
          bikes,
        })),
      );
      sets.push(...attributes);
    }
  }
  return { reports, sets };
}

const nothing = { rejected: {}, discarded: {}, future: 0 };

function covers({ report }: ImportState, day: string | null): boolean {
  return report.tables.some(({ from, to }) => {
    return from !== null && to !== null && (day === null || (dayOf(from) <= day && dayOf(to) >= day));
  });
}

async function castHour(
  { lake, source, references, basis }: Rebuild,
  engine: Engine,
  draft: Draft,
  csvs: readonly BronzeCsv[],
) {
  const state = sourceState(lake.state, source);
  const encoder = new TextEncoder();
  const staged = csvs.flatMap(({ path, fetched_at, csv }) => {
    const bytes = encoder.encode(csv).length;
    return restage(state, { fetched_at, fetched_at_basis: basis, bytes, bronze_path: path }, csv) ?? [];
  });
  const reports: SilverReport[] = [];
  const sets: AttributeSet[] = [];
  for (const batch of batches(staged)) {
    const cast = await castStaged(engine, source, batch, references);
    const facts = factsOf(batch);
    await draft.put('station_status', cast.status, facts);
    await draft.put('rejects', cast.rejects, facts);
    draft.note(batch.map(({ snapshot }) => snapshot.fetched_at));
    reports.push(...cast.reports);
    sets.push(...cast.attributes);
  }
  return { reports, sets };
}
