import { toVelolacError, VelolacError } from '../errors.ts';
import type { Beat, TabMessage } from './tabs.ts';
import { BEAT, Watch } from './watch.ts';

export interface WriterHooks {
  readonly beat: () => Beat;
  /** This tab waited, and writes from now on. */
  readonly onGranted: () => void;
  /** Another tab took over from this one, which waits again. */
  readonly onLost: () => void;
  readonly onMessage: (message: TabMessage) => void;
  readonly onError: (error: VelolacError) => void;
}

/** What the browser gives its tabs in common. */
export interface Browser {
  /** Undefined in a page that is no secure context. */
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
  readonly channel: (name: string) => BroadcastChannel;
}

const browser = (): Browser => ({
  locks: navigator.locks,
  channel: (name) => new BroadcastChannel(name),
});

/** How long the writer is believed to be one without asking the browser: less than a takeover needs, in milliseconds. */
const PROOF = 1000;
/** How long a silent writer has to answer; as much again at random, lest all tabs take over at once. Milliseconds. */
const GRACE = 300;
/** It is waited in pieces: where a piece takes longer, the machine is slow, and the answer may be as late. */
const PIECE = 50;

/**
 * One tab writes, every tab reads (docs/adr/0015). The writer holds a Web Lock for as long as it lives: the next tab
 * in line gets it when the writer's is closed or crashes. A writer that hangs keeps its lock; a tab that misses its
 * heartbeat takes it. Where the browser has no locks (plain HTTP), files are not shared either, and each tab is its
 * own writer.
 */
export class Writer {
  readonly #locks: Browser['locks'];
  readonly #channel: BroadcastChannel;
  readonly #closed = new AbortController();
  readonly #watch = new Watch(() => void this.#takeOver().catch(this.#fail));
  #granted = false;
  #release: () => void = () => undefined;
  #waiting = new AbortController();
  #beating: ReturnType<typeof setInterval> | undefined;
  /** This worker, as the browser's list of locks names it; null where there is no list to ask. */
  #self: string | null = null;
  #provenAt = 0;

  constructor(
    private readonly name: string,
    private readonly hooks: WriterHooks,
    { locks, channel } = browser(),
  ) {
    this.#locks = locks;
    this.#channel = channel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.#hear(data);
  }

  get granted(): boolean {
    return this.#granted;
  }

  /** Resolves with whether this tab writes. When it does not yet, it waits in line. Rejects with `unexpected`. */
  async request(shared: boolean): Promise<boolean> {
    if (!shared || !this.#locks) return (this.#granted = true);
    this.#self = await clientId(this.#locks);
    if (await this.#lock(this.#locks, { ifAvailable: true })) return true;
    this.#wait(this.#locks);
    return false;
  }

  /**
   * Resolves when this tab writes at this moment, and rejects with `lake.not_writer` when it does not. A tab that was
   * frozen has not heard that another one took over: where the last proof is old, the browser's list of locks tells.
   */
  async prove(): Promise<void> {
    const asked = performance.now();
    if (this.#granted && this.#self !== null && asked - this.#provenAt > PROOF) {
      if ((await this.#holder()) === this.#self) this.#provenAt = asked;
      else this.#lose();
    }
    if (!this.#granted) throw new VelolacError('lake.not_writer', 'another tab writes');
  }

  tell(message: TabMessage): void {
    if (!this.#closed.signal.aborted) this.#channel.postMessage(message);
  }

  /** Gives the lock back, or leaves the line. */
  close(): void {
    this.#closed.abort();
    this.#granted = false;
    this.#watch.stop();
    clearInterval(this.#beating);
    this.#release();
    this.#channel.close();
  }

  /** Resolves with whether the lock was granted: false when it is not available, or no longer wanted. */
  #lock(locks: Locks, options: LockOptions): Promise<boolean> {
    return new Promise((resolve, reject) => {
      let isHeld = false;
      const request = locks.request(this.name, options, (lock) => {
        isHeld = lock !== null && !this.#closed.signal.aborted;
        const held = isHeld ? this.#hold() : undefined;
        resolve(isHeld);
        return held;
      });
      request.catch((thrown: unknown) => {
        if (isHeld) this.#lose();
        else if (options.signal?.aborted) resolve(false);
        else reject(toVelolacError(thrown));
      });
    });
  }

  #hold(): Promise<void> {
    this.#granted = true;
    this.#provenAt = performance.now();
    this.#watch.stop();
    const beat = () => this.tell({ kind: 'beat', beat: this.hooks.beat() });
    beat();
    this.#beating = setInterval(beat, BEAT);
    return new Promise((release) => (this.#release = release));
  }

  #lose(): void {
    if (!this.#granted) return;
    this.#granted = false;
    clearInterval(this.#beating);
    this.hooks.onLost();
    if (this.#locks) this.#wait(this.#locks);
  }

  /** Waits in line, and listens to whether the writer lives. */
  #wait(locks: Locks): void {
    if (this.#closed.signal.aborted) return;
    this.#waiting = new AbortController();
    this.#watch.start();
    this.tell({ kind: 'ping' });
    this.#join(locks, { signal: AbortSignal.any([this.#closed.signal, this.#waiting.signal]) });
  }

  #join(locks: Locks, options: LockOptions): void {
    this.#lock(locks, options).then((granted) => granted && this.hooks.onGranted(), this.#fail);
  }

  /** Takes the lock from a tab that is silent, unless it answers or another tab was faster. */
  async #takeOver(): Promise<void> {
    const silent = await this.#holder();
    if (silent === null || !this.#locks) return;
    const asked = performance.now();
    this.tell({ kind: 'ping' });
    for (let left = GRACE * (1 + Math.random()); left > 0; left -= PIECE) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, PIECE)));
    }
    if (this.#watch.hasHeardSince(asked) || (await this.#holder()) !== silent) return;
    if (this.#granted || this.#closed.signal.aborted) return;
    this.#waiting.abort();
    this.#join(this.#locks, { steal: true });
  }

  /** Who holds the lock, as the browser names it; null when nobody does, or the browser does not tell. */
  async #holder(): Promise<string | null> {
    return this.#locks && this.#self !== null ? holderOf(this.#locks, this.name) : null;
  }

  #hear(message: TabMessage): void {
    if (message.kind === 'ping') {
      if (this.#granted) this.tell({ kind: 'beat', beat: this.hooks.beat() });
      return;
    }
    if (message.kind === 'beat') this.#watch.heard();
    this.hooks.onMessage(message);
  }

  readonly #fail = (thrown: unknown): void => this.hooks.onError(toVelolacError(thrown));
}

type Locks = NonNullable<Browser['locks']>;

async function holderOf(locks: Locks, name: string): Promise<string | null> {
  const { held = [] } = await locks.query();
  return held.find((lock) => lock.name === name)?.clientId ?? null;
}

/** How the browser's list of locks names this worker: as the holder of a lock that no other one knows. */
async function clientId(locks: Locks): Promise<string | null> {
  if (!('query' in locks)) return null;
  const name = crypto.randomUUID();
  return locks.request(name, () => holderOf(locks, name));
}
