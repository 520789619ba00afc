import { VelolacError, type ErrorCode, type ErrorDetails, type ErrorRecord } from '../../src/errors.ts';
import type {
  LakeFileRow,
  LakeStatus,
  PipelineEvent,
  Recorder,
  Stage,
  StageReport,
} from '../../src/pipeline/protocol.ts';
import { answersOf, readStations } from './answers.ts';
import { coverage, files, members, snapshot, totals } from './lake.ts';

/** States of the page that `?state=` asks for. */
export type Scene =
  | 'live'
  | 'loading'
  | 'empty'
  | 'stale'
  | 'error'
  | 'sample'
  | 'sample-live'
  | 'memory'
  | 'reader'
  | 'quarantined';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const sampleTime = Date.UTC(2024, 10, 9, 20, 25, 1);

/** A recorder without worker, portal or lake: shows the page in each of its states. */
export function fakeRecorder(scene: Scene, code: ErrorCode, details: ErrorDetails, every: number): Recorder {
  const sample = scene === 'sample' || scene === 'sample-live';
  const refusal: ErrorRecord = { code, message: code, details };
  const instants: number[] = [];
  let tell: (event: PipelineEvent) => void = () => undefined;
  let base = document.baseURI;
  let recording = true;
  let newest = sample ? sampleTime : Date.now() - (scene === 'stale' ? 12 : 0) * 60_000 - 19_000;
  let lake: LakeFileRow[] = files(newest);
  for (let at = newest - 26 * 3_600_000; at <= newest; at += 60_000) instants.push(at);
  let stations: Awaited<ReturnType<typeof readStations>> = [];

  const status = (more: Partial<LakeStatus> = {}): LakeStatus => ({
    world: sample ? 'sample' : 'live',
    source: 'velib',
    portal: 'https://opendata.paris.fr',
    persistent: scene !== 'memory',
    writer: scene !== 'reader',
    recording,
    next_at: recording && !sample ? (Math.floor(Date.now() / 60_000) + 1) * 60_000 : null,
    newest: snapshot(newest, scene === 'quarantined' ? 'quarantined' : 'ok'),
    failure: scene === 'error' ? { at: Date.now(), error: refusal } : null,
    live_available: scene === 'sample-live',
    quota: null,
    totals: lake.length === 0 ? totals(0, newest) : totals(1382, newest),
    coverage: coverage(newest, lake.length > 0),
    observed: lake.length === 0 ? 0 : 0.96,
    ...more,
  });
  const report = (stage: Stage, change: Partial<StageReport>): void => {
    const report: StageReport = {
      stage,
      status: 'done',
      ms: null,
      rows: null,
      bytes: null,
      error: null,
      ...change,
    };
    tell({ kind: 'stage', report });
  };
  const stages: readonly (readonly [Stage, number, number | null, number])[] = [
    ['fetch', 412, 1485, 612_000],
    ['bronze', 21, 1485, 155_200],
    ['silver', 64, 1485, 13_500],
    ['gold', 38, 4, 9_100],
  ];

  async function tick(slow: number): Promise<void> {
    for (const [stage, ms, rows, bytes] of stages) {
      report(stage, { status: 'running' });
      await pause(ms * slow);
      if (scene === 'error' && stage === 'fetch') {
        report(stage, { status: 'failed', ms, error: refusal });
        throw VelolacError.fromRecord(refusal);
      }
      if (scene === 'loading' && stage === 'silver') return pause(1e9);
      report(stage, { ms, rows, bytes });
    }
    newest = Date.now();
    instants.push(newest);
    tell({ kind: 'answers', answers: answersOf(stations, { kind: 'newest' }, newest) });
    tell({ kind: 'status', status: status() });
  }

  return {
    async open(options, listener) {
      tell = listener;
      base = options.base;
      recording = options.recording;
      const first = scene === 'empty' || scene === 'loading';
      if (first) {
        lake = [];
        tell({ kind: 'status', status: status({ newest: null }) });
        if (scene === 'loading') await tick(3);
        return;
      }
      tell({ kind: 'status', status: status() });
      stations = await readStations(base);
      tell({ kind: 'answers', answers: answersOf(stations, { kind: 'newest' }, newest) });
      for (const [stage, ms, rows, bytes] of stages) report(stage, { ms, rows, bytes });
      if (scene === 'error') report('fetch', { status: 'failed', ms: 96, error: refusal });
      if (every > 0) setInterval(() => void tick(1), every);
    },
    record: () => tick(3),
    async setRecording(on) {
      recording = on;
      tell({ kind: 'status', status: status() });
    },
    async setWorld(world) {
      location.search = new URLSearchParams({ state: world === 'live' ? 'live' : 'sample' }).toString();
    },
    async answer(selection) {
      await pause(180);
      return answersOf(stations, selection, newest);
    },
    instants: async () => instants,
    files: async () => lake,
    members: async (path) => members(path),
    download: async (path) => new TextEncoder().encode(`${path}\n`),
    exportAnswer: async (question) => new TextEncoder().encode(question),
    async deleteDay(day) {
      lake = lake.filter((file) => file.day !== day);
      tell({ kind: 'status', status: status() });
    },
    async deleteAll() {
      lake = [];
      tell({ kind: 'status', status: status({ newest: null }) });
    },
  };
}
