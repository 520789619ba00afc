import { toVelolacError } from '../errors.ts';

/** What tabs of one browser tell each other. */
export type TabMessage = 'changed' | 'record';

/**
 * One tab writes, every tab reads. The writer holds a Web Lock for as long as it lives; the next tab in the
 * queue gets it when the writer's tab is closed or crashes. Where the browser has no locks (plain HTTP), files
 * are not shared either, and each tab is its own writer.
 */
export class Writer {
  #channel: BroadcastChannel;
  #granted = false;
  #release: () => void = () => undefined;
  readonly #closed = new AbortController();

  constructor(
    private readonly name: string,
    onMessage: (message: TabMessage) => void,
  ) {
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => onMessage(data);
  }

  get granted(): boolean {
    return this.#granted;
  }

  /** Resolves with whether this tab writes; when it does not yet, `onGranted` is called once it does. */
  request(shared: boolean, onGranted: () => void): Promise<boolean> {
    if (!shared || !('locks' in navigator)) {
      this.#granted = true;
      return Promise.resolve(true);
    }
    return new Promise((resolve, reject) => {
      const hold = () => {
        this.#granted = true;
        return new Promise<void>((release) => (this.#release = release));
      };
      const queue = () => {
        navigator.locks
          .request(this.name, { signal: this.#closed.signal }, () => {
            const held = hold();
            onGranted();
            return held;
          })
          .catch((thrown: unknown) => {
            if (!this.#closed.signal.aborted) reject(toVelolacError(thrown));
          });
        resolve(false);
      };
      navigator.locks
        .request(this.name, { ifAvailable: true }, (lock) => {
          if (!lock) return queue();
          resolve(true);
          return hold();
        })
        .catch(reject);
    });
  }

  /** Gives the lock back, or leaves the queue. */
  close(): void {
    this.#granted = false;
    this.#closed.abort();
    this.#release();
    this.#channel.close();
  }

  tell(message: TabMessage): void {
    this.#channel.postMessage(message);
  }
}
