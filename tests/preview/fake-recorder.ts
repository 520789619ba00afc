import { VelolacError, type ErrorCode, type ErrorDetails, type ErrorRecord } from '../../src/errors.ts';
import type {
  Health,
  ImportReport,
  LakeFileRow,
  LakeStatus,
  PaceSetting,
  PipelineEvent,
  Recorder,
  Stage,
  StageReport,
  Work,
  World,
} from '../../src/pipeline/protocol.ts';
import { analysesOf } from './analyses.ts';
import { answersOf, readStations } from './answers.ts';
import { habitsOf, historyOf } from './station.ts';
import { verifyReport } from './verifyReport.ts';
import { backupOf, restoreOf } from './backup.ts';
import { healthOf } from './health.ts';
import { inspectionOf, reportOf } from './imports.ts';
import { files, frames, members, recorded, snapshot, totals } from './lake.ts';
import { agesOf, attemptsOf, calendarOf, changesOf, spaceOf } from './record.ts';

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
  | 'quarantined'
  /** A snapshot of long ago is quarantined no more: the lake is in order, with a history. */
  | 'well'
  /** An import under way. */
  | 'importing'
  /** The device asks to save data. */
  | 'metered';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const sampleTime = Date.UTC(2024, 10, 9, 20, 25, 1);

/** A recorder without worker, portal or lake: shows the page in each of its states. */
export function fakeRecorder(scene: Scene, code: ErrorCode, details: ErrorDetails, every: number): Recorder {
  let world: World = scene === 'sample' || scene === 'sample-live' ? 'sample' : 'live';
  const sample = world === 'sample';
  const refusal: ErrorRecord = { code, message: code, details };
  const instants: number[] = [];
  let tell: (event: PipelineEvent) => void = () => undefined;
  let base = document.baseURI;
  let recording = true;
  let pace: PaceSetting = { interval: 1, ignoreMetered: false };
  let newest = sample ? sampleTime : Date.now() - (scene === 'stale' ? 12 : 0) * 60_000 - 19_000;
  let lake: LakeFileRow[] = files(newest);
  for (let at = newest - 26 * 3_600_000; at <= newest; at += 60_000) instants.push(at);
  let health: Health = healthOf(
    scene === 'empty' || scene === 'loading' ? 'empty' : scene === 'quarantined' ? 'waiting' : 'well',
    newest,
  );
  let stopped = false;
  const isStopped = (): boolean => stopped;
  let stations: Awaited<ReturnType<typeof readStations>> = [];

  const failures: Partial<Record<Scene, LakeStatus['failure']>> = {
    error: { at: Date.now(), error: refusal },
    quarantined: {
      at: newest,
      error: { code: 'silver.schema', message: '', details: { columns: 'num_bikes_available' } },
    },
  };
  const status = (more: Partial<LakeStatus> = {}): LakeStatus => ({
    world,
    source: 'velib',
    portal: 'https://opendata.paris.fr',
    persistent: scene !== 'memory',
    writer: scene !== 'reader',
    writing_since: scene === 'reader' ? Date.now() - 5_400_000 : null,
    recording,
    next_at: recording && world === 'live' ? (Math.floor(Date.now() / 60_000) + 1) * 60_000 : null,
    pace:
      scene === 'metered'
        ? { interval: 15, reason: 'save_data', until: null }
        : { interval: pace.interval, reason: 'setting', until: null },
    reach: 10,
    traffic: { bytes: 80_400, exact: false },
    clock_skew: null,
    newest: snapshot(newest, 'ok'),
    failure: failures[scene] ?? null,
    recovered: null,
    waiting_schemas: health.drift.filter(({ quarantined }) => quarantined).length,
    live_available: scene === 'sample-live',
    quota: { limit: 5000, remaining: 3412, reset_at: Math.ceil(Date.now() / 86_400_000) * 86_400_000 },
    totals: lake.length === 0 ? totals(0, newest) : totals(1382, newest),
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

  /** Goes through a share of the work in small steps, until it is stopped. */
  async function work(from: Work, part: number): Promise<void> {
    stopped = false;
    for (let step = 0; step < 20; step += 1) {
      tell({ kind: 'work', work: { ...from, share: from.share + (part * step) / 20 } });
      await pause(90);
      if (!isStopped()) continue;
      tell({ kind: 'work', work: null });
      throw new VelolacError('engine.aborted', 'stopped');
    }
  }

  return {
    async open(options, listener) {
      tell = listener;
      base = options.base;
      recording = options.recording;
      pace = options.pace;
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
      if (scene === 'importing') {
        tell({ kind: 'work', work: { task: 'import', subject: 'series-2024-11.csv', share: 0.42 } });
      }
      if (every > 0) setInterval(() => void tick(1), every);
    },
    record: () => tick(3),
    backUp: async () => {
      await work({ task: 'backup', subject: 'bronze/velib/2026-11-23/16.zip', share: 0 }, 1);
      return backupOf();
    },
    sweepBackup: () => pause(0),
    mirrorTo: () => pause(0),
    restore: async (file) => {
      await work({ task: 'restore', subject: '2026-11-23', share: 0 }, 1);
      return restoreOf(file);
    },
    async setRecording(on) {
      recording = on;
      await pause(0);
      tell({ kind: 'status', status: status() });
    },
    async setPace(chosen) {
      pace = chosen;
      await pause(0);
      tell({ kind: 'status', status: status() });
    },
    async setWorld(to) {
      world = to;
      tell({ kind: 'status', status: status() });
      tell({ kind: 'answers', answers: answersOf(stations, { kind: 'newest' }, newest) });
    },
    async answer(selection) {
      await pause(180);
      return answersOf(stations, selection, newest);
    },
    async analyses(window, filters) {
      await pause(160);
      return lake.length === 0 ? null : analysesOf(window, filters);
    },
    instants: async () => instants,
    recorded: async () => (lake.length === 0 ? null : recorded(newest)),
    frames: async (day) => frames(stations, day),
    files: async () => lake,
    members: async (path) => members(path),
    download: async (path) => new TextEncoder().encode(`${path}\n`),
    exportAnswer: async (question) => new TextEncoder().encode(question),
    async inspect(chosen) {
      await pause(300);
      return chosen.map(inspectionOf);
    },
    async importFiles(chosen) {
      const reports: ImportReport[] = [];
      for (const [index, { file }] of chosen.entries()) {
        await work({ task: 'import', subject: file.name, share: index / chosen.length }, 1 / chosen.length);
        const known = health.imports.some(({ name }) => name === file.name);
        reports.push(reportOf(inspectionOf(file), Date.now(), known));
        health = { ...health, imports: [...health.imports, ...reports.slice(-1)] };
      }
      tell({ kind: 'work', work: null });
      return reports;
    },
    async fetchFile(address) {
      await pause(400);
      if (address.includes('closed')) {
        throw new VelolacError('portal.cors', 'no CORS', { host: new URL(address).host });
      }
      return new File(['stationcode\n'], new URL(address).pathname.split('/').at(-1) ?? 'file.csv');
    },
    async rebuild(day) {
      await work({ task: 'rebuild', subject: day ?? '2026-11-22', share: 0 }, 1);
      tell({ kind: 'work', work: null });
    },
    verify: async () => {
      await work({ task: 'verify', subject: 'bronze/velib/2026-11-23/16.zip', share: 0 }, 1);
      return verifyReport;
    },
    async stopWork() {
      stopped = true;
    },
    async health() {
      await pause(120);
      return health;
    },
    async acceptMapping(fingerprint) {
      await pause(700);
      health = {
        ...health,
        drift: health.drift.filter((entry) => entry.fingerprint !== fingerprint),
        schemas: health.schemas.map((schema) =>
          schema.fingerprint === fingerprint ? { ...schema, by: 'accepted' } : schema,
        ),
      };
    },
    async setAside(fingerprint, aside) {
      const found = health.drift.filter((entry) => entry.fingerprint === fingerprint);
      health = aside
        ? { ...health, drift: health.drift.filter((entry) => !found.includes(entry)), aside: found }
        : { ...health, aside: [] };
    },
    setAutomatic: async () => undefined,
    async deleteDay(day) {
      lake = lake.filter((file) => file.day !== day);
      tell({ kind: 'status', status: status() });
    },
    async deleteAll() {
      lake = [];
      tell({ kind: 'status', status: status({ newest: null }) });
    },
    async calendar(from, to) {
      await pause(150);
      return lake.length === 0
        ? { first: null, since: null, hours: [], gaps: [] }
        : calendarOf(from, to, newest);
    },
    attempts: async (from, to) => (lake.length === 0 ? [] : attemptsOf(from, to, newest)),
    reportAges: async (from, to) => (lake.length === 0 ? [] : agesOf(from, to, newest)),
    stationChanges: async () => (lake.length === 0 ? null : changesOf(newest)),
    async stationHistory(code, from, to) {
      await pause(250);
      if (scene === 'error') throw VelolacError.fromRecord(refusal);
      const row = stations.find((one) => one.station_code === code);
      return scene === 'empty' ? null : historyOf(row, from, to);
    },
    async stationHabits(code, to) {
      await pause(400);
      if (scene === 'error') throw VelolacError.fromRecord(refusal);
      const row = stations.find((one) => one.station_code === code);
      return habitsOf(row, to, scene === 'memory');
    },
    async space() {
      await pause(100);
      return spaceOf(scene);
    },
    setRetention: () => pause(600),
    rest: () => new Promise(() => undefined),
  };
}
