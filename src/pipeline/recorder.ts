import { proxy, wrap, type Remote } from 'comlink';
import { unless } from '../engine/unless.ts';
import { toVelolacError, VelolacError } from '../errors.ts';
import type { OpenOptions, PipelineEvent, Recorder } from './protocol.ts';
import { registerErrorTransfer } from './transfer.ts';

/** Milliseconds before a worker that died is replaced; twice as many for each that dies before it has opened. */
const RESTART = { least: 500, most: 60_000 } as const;

/** A recorder worker, and the signal that is aborted, with `recorder.died`, when it is gone. */
interface Running {
  readonly remote: Remote<Recorder>;
  readonly dead: AbortSignal;
}

/**
 * Starts the recorder worker and gives its typed face. Its methods reject with a `VelolacError`. A worker that dies
 * is replaced, and what it had open is opened again: what was under way rejects with `recorder.died`, and so hears
 * the listener. What is asked meanwhile waits for the new one.
 */
export function startRecorder(): Recorder {
  registerErrorTransfer();
  let wait: number = RESTART.least;
  let opened: { options: OpenOptions; listener: (event: PipelineEvent) => void } | null = null;
  /** Resolves when the worker can be asked: once it has a world open, or will have none. */
  let ready: Promise<void> = Promise.resolve();
  const remember = (options: Partial<OpenOptions>) => {
    if (opened) opened = { ...opened, options: { ...opened.options, ...options } };
  };
  const tellError = (thrown: unknown) => {
    opened?.listener({ kind: 'error', error: toVelolacError(thrown).toRecord() });
  };
  const replace = (error: unknown) => {
    tellError(error);
    const pause = new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, RESTART.most);
    ready = pause.then(() => {
      running = start();
      if (!opened) return;
      open(opened.options, opened.listener).catch(tellError);
      return ready;
    });
  };
  const start = () => {
    const started = startWorker();
    started.dead.addEventListener('abort', () => replace(started.dead.reason));
    return started;
  };
  let running = start();
  const call = async <T>(work: (remote: Remote<Recorder>) => Promise<T>) => {
    await ready;
    const { remote, dead } = running;
    return unless(dead, work(remote));
  };
  const open: Recorder['open'] = async (options, listener) => {
    opened = { options, listener };
    const { remote, dead } = running;
    let hasWorld: () => void = () => undefined;
    ready = new Promise((resolve) => (hasWorld = resolve));
    const hear = (event: PipelineEvent) => {
      if (event.kind === 'status') hasWorld();
      listener(event);
    };
    try {
      await unless(dead, remote.open(options, proxy(hear)));
    } finally {
      hasWorld();
    }
    wait = RESTART.least;
  };
  return {
    open,
    record: () => call((remote) => remote.record()),
    setRecording: (on) => {
      remember({ recording: on });
      return call((remote) => remote.setRecording(on));
    },
    setPace: (pace) => {
      remember({ pace });
      return call((remote) => remote.setPace(pace));
    },
    setWorld: (world) => {
      remember({ world });
      return call((remote) => remote.setWorld(world));
    },
    answer: (selection) => call((remote) => remote.answer(selection)),
    analyses: (window, filters, early) => call((remote) => remote.analyses(window, filters, proxy(early))),
    instants: () => call((remote) => remote.instants()),
    recorded: () => call((remote) => remote.recorded()),
    frames: (day) => call((remote) => remote.frames(day)),
    files: () => call((remote) => remote.files()),
    members: (path) => call((remote) => remote.members(path)),
    download: (path) => call((remote) => remote.download(path)),
    exportAnswer: (question, selection) => call((remote) => remote.exportAnswer(question, selection)),
    inspect: (files) => call((remote) => remote.inspect(files)),
    importFiles: (files) => call((remote) => remote.importFiles(files)),
    fetchFile: (address) => call((remote) => remote.fetchFile(address)),
    rebuild: (day) => call((remote) => remote.rebuild(day)),
    backUp: (target) => call((remote) => remote.backUp(target)),
    sweepBackup: () => call((remote) => remote.sweepBackup()),
    mirrorTo: (folder) => call((remote) => remote.mirrorTo(folder)),
    restore: (file) => call((remote) => remote.restore(file)),
    stopWork: () => call((remote) => remote.stopWork()),
    verify: () => call((remote) => remote.verify()),
    health: () => call((remote) => remote.health()),
    acceptMapping: (fingerprint, columns) => call((remote) => remote.acceptMapping(fingerprint, columns)),
    setAside: (fingerprint, aside) => call((remote) => remote.setAside(fingerprint, aside)),
    setAutomatic: (on) => {
      remember({ automatic: on });
      return call((remote) => remote.setAutomatic(on));
    },
    deleteDay: (day) => call((remote) => remote.deleteDay(day)),
    deleteAll: () => call((remote) => remote.deleteAll()),
    calendar: (from, to) => call((remote) => remote.calendar(from, to)),
    attempts: (from, to) => call((remote) => remote.attempts(from, to)),
    reportAges: (from, to) => call((remote) => remote.reportAges(from, to)),
    stationChanges: () => call((remote) => remote.stationChanges()),
    stationHistory: (code, from, to) => call((remote) => remote.stationHistory(code, from, to)),
    stationHabits: (code, to) => call((remote) => remote.stationHabits(code, to)),
    space: () => call((remote) => remote.space()),
    setRetention: (days) => {
      remember({ retention: days });
      return call((remote) => remote.setRetention(days));
    },
    rest: () => call((remote) => remote.rest()),
  };
}

function startWorker(): Running {
  const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module' });
  const dying = new AbortController();
  worker.addEventListener('message', ({ data }: MessageEvent<{ life?: string }>) => {
    if (data.life === undefined) return;
    void navigator.locks.request(data.life, () => {
      worker.terminate();
      dying.abort(new VelolacError('recorder.died', 'the recorder worker died'));
    });
  });
  return { remote: wrap<Recorder>(worker), dead: dying.signal };
}
