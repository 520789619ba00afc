import { proxy, wrap } from 'comlink';
import type { Recorder } from './protocol.ts';
import { registerErrorTransfer } from './transfer.ts';

/** Starts the recorder worker and gives its typed face. Its methods reject with a `VelolacError`. */
export function startRecorder(): Recorder {
  registerErrorTransfer();
  const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<Recorder>(worker);
  return {
    open: (options, listener) => remote.open(options, proxy(listener)),
    record: () => remote.record(),
    setRecording: (on) => remote.setRecording(on),
    setPace: (pace) => remote.setPace(pace),
    setWorld: (world) => remote.setWorld(world),
    answer: (selection) => remote.answer(selection),
    instants: () => remote.instants(),
    files: () => remote.files(),
    members: (path) => remote.members(path),
    download: (path) => remote.download(path),
    exportAnswer: (question, selection) => remote.exportAnswer(question, selection),
    inspect: (files) => remote.inspect(files),
    importFiles: (files) => remote.importFiles(files),
    fetchFile: (address) => remote.fetchFile(address),
    rebuild: (day) => remote.rebuild(day),
    backUp: (target) => remote.backUp(target),
    sweepBackup: () => remote.sweepBackup(),
    restore: (file) => remote.restore(file),
    stopWork: () => remote.stopWork(),
    verify: () => remote.verify(),
    health: () => remote.health(),
    acceptMapping: (fingerprint, columns) => remote.acceptMapping(fingerprint, columns),
    setAutomatic: (on) => remote.setAutomatic(on),
    deleteDay: (day) => remote.deleteDay(day),
    deleteAll: () => remote.deleteAll(),
    calendar: (from, to) => remote.calendar(from, to),
    attempts: (from, to) => remote.attempts(from, to),
    reportAges: (from, to) => remote.reportAges(from, to),
    stationChanges: () => remote.stationChanges(),
    space: () => remote.space(),
    setRetention: (days) => remote.setRetention(days),
    rest: () => remote.rest(),
  };
}
