import type { Answers } from '../gold/answers.ts';
import { fetchSnapshot, type Answer, type FetchOptions } from '../sources/portal.ts';
import type { Source } from '../sources/source.ts';
import type { Lakehouse } from './lakehouse.ts';
import { runStage } from './progress.ts';
import type { PipelineEvent } from './protocol.ts';
import { stage, type Before, type Incoming, type Staged, type StageResult } from './stage.ts';

type Tell = (event: PipelineEvent) => void;

/**
 * Fetch: one call to the portal, shown to `onAnswer` whatever it brings; `skew` (ms) is noted with the attempt. A
 * failed one rejects with its error after what came is in Bronze and the attempt in the journal.
 */
export async function fetchStage(
  house: Lakehouse,
  source: Source,
  options: FetchOptions,
  tell: Tell,
  skew: number | null,
  onAnswer: (answer: Answer) => void,
): Promise<Incoming> {
  return runStage(
    'fetch',
    tell,
    async () => {
      const answer = await fetchSnapshot(source, options);
      onAnswer(answer);
      if (answer.error) {
        await stage(house.lake, incoming(house, answer, skew));
        throw answer.error;
      }
      return incoming(house, answer, skew);
    },
    ({ records, body }) => ({ rows: records?.length ?? null, bytes: body?.length ?? null }),
  );
}

/**
 * Bronze: commits the answers, one snapshot each. Rejects with `silver.schema`, or where their values contradict those of
 * `before` with `silver.contradicted`, when one is quarantined: Bronze has it.
 */
export async function bronzeStage(
  house: Lakehouse,
  answers: Iterable<Incoming>,
  tell: Tell,
  before: Before | null = null,
): Promise<Staged[]> {
  const results: StageResult[] = [];
  await runStage(
    'bronze',
    tell,
    async () => {
      for (const one of answers) results.push(await stage(house.lake, one, before));
    },
    () => ({
      rows: results.reduce((sum, { snapshot }) => sum + snapshot.rows, 0),
      bytes: results.reduce((sum, { snapshot }) => sum + snapshot.bytes, 0),
    }),
  );
  const refused = results.find(({ staged }) => staged === null)?.error;
  if (refused)
    await runStage(
      'silver',
      tell,
      () => Promise.reject(refused),
      () => ({ rows: null, bytes: null }),
    );
  return results.flatMap(({ staged }) => staged ?? []);
}

/** Bronze of snapshots that it had kept already, and that Silver takes now: what failed for them is over. */
export function tellReplayed(staged: readonly Staged[], tell: Tell): void {
  const bytes = staged.reduce((sum, { snapshot }) => sum + snapshot.bytes, 0);
  tell({
    kind: 'stage',
    report: { stage: 'bronze', status: 'done', ms: null, rows: null, bytes, error: null },
  });
}

/** Silver: casts what is staged and commits its Parquet. */
export async function silverStage(house: Lakehouse, staged: readonly Staged[], tell: Tell): Promise<void> {
  await runStage(
    'silver',
    tell,
    () => house.refinery.refine(staged),
    (files) => ({
      rows: files.reduce((rows, file) => rows + (file.table === 'station_status' ? (file.rows ?? 0) : 0), 0),
      bytes: files.reduce((bytes, file) => bytes + file.bytes, 0),
    }),
  );
}

/** Gold: answers about the newest snapshot; told to the page before they are kept. */
export async function goldStage(house: Lakehouse, tell: Tell): Promise<Answers | null> {
  if (!house.newest) return null;
  const answers = await runStage(
    'gold',
    tell,
    () => house.answer({ kind: 'newest' }),
    () => ({ rows: 3, bytes: null }),
  );
  tell({ kind: 'answers', answers });
  return answers;
}

/** A live answer on its way into the lake. */
function incoming(house: Lakehouse, answer: Answer, clock_skew_ms: number | null): Incoming {
  const { received_at, duration_ms, http_status, body, records, error } = answer;
  const from = {
    source: house.source,
    origin: 'live',
    fetched_at: received_at,
    fetched_at_basis: 'clock',
  } as const;
  return { ...from, duration_ms, http_status, body, records, error, clock_skew_ms };
}
