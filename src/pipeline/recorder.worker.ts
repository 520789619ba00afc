import { expose } from 'comlink';
import { RecorderService } from './service.ts';
import { registerErrorTransfer } from './transfer.ts';

registerErrorTransfer();
expose(new RecorderService());

/** The page hears of the lock's name, and of this worker's death when it gets the lock: no event tells of it. */
const life = `recorder-${Math.random()}`;
if ('locks' in navigator) {
  void navigator.locks.request(life, () => {
    postMessage({ life });
    return new Promise(() => undefined);
  });
}
