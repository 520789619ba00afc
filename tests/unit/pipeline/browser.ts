import type { TabMessage } from '../../../src/pipeline/tabs.ts';

type Work = (lock: Lock | null) => Promise<unknown> | undefined;

/** One lock and one channel as the tabs of a browser share them. A frozen tab hears of nothing, and nobody hears of it. */
export class FakeBrowser {
  readonly frozen = new Set<string>();
  /** How late messages come, in milliseconds. */
  lag = 0;
  #holder: { readonly tab: string; readonly lose: (error: DOMException) => void } | null = null;
  #line: (() => void)[] = [];
  /** A lock of another name, held by one tab only. */
  #other: LockInfo | null = null;
  #ears: { readonly tab: string; readonly channel: BroadcastChannel }[] = [];

  get holder(): string | null {
    return this.#holder?.tab ?? null;
  }

  /** The locks as one tab's worker asks for them. */
  locks(tab: string): Pick<LockManager, 'request' | 'query'> {
    const request = (name: string, ...rest: [Work] | [LockOptions, Work]): Promise<unknown> => {
      const work = rest.at(-1) as Work;
      if (name !== 'lake') {
        this.#other = { name, clientId: tab };
        return Promise.resolve(work({ name, mode: 'exclusive' }));
      }
      return this.#request(tab, rest.length > 1 ? (rest[0] as LockOptions) : {}, work);
    };
    const query = (): Promise<LockManagerSnapshot> => {
      const held = this.holder === null ? [] : [{ name: 'lake', clientId: this.holder }];
      return Promise.resolve({ held: this.#other ? [...held, this.#other] : held, pending: [] });
    };
    return { request: request, query };
  }

  /** A channel between the tabs. */
  channel(tab: string): BroadcastChannel {
    const channel = {
      onmessage: null,
      close: () => undefined,
      postMessage: (data: TabMessage) => {
        if (this.frozen.has(tab)) return;
        for (const ear of this.#ears) {
          if (ear.tab === tab || this.frozen.has(ear.tab)) continue;
          const hear = () => ear.channel.onmessage?.({ data } as MessageEvent<TabMessage>);
          if (this.lag > 0) setTimeout(hear, this.lag);
          else queueMicrotask(hear);
        }
      },
    } as unknown as BroadcastChannel;
    this.#ears.push({ tab, channel });
    return channel;
  }

  #request(tab: string, { ifAvailable, steal, signal }: LockOptions, work: Work): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        const lose = (error: DOMException): void => {
          if (!this.frozen.has(tab)) reject(error);
        };
        const mine = (this.#holder = { tab, lose });
        void Promise.resolve(work({ name: 'lake', mode: 'exclusive' }))
          .then(resolve, reject)
          .finally(() => {
            if (this.#holder !== mine) return;
            this.#holder = null;
            this.#line.shift()?.();
          });
      };
      if (steal) this.#holder?.lose(new DOMException('stolen', 'AbortError'));
      if (steal || this.#holder === null) grant();
      else if (ifAvailable) void Promise.resolve(work(null)).then(resolve, reject);
      else {
        this.#line.push(grant);
        signal?.addEventListener('abort', () => {
          this.#line = this.#line.filter((one) => one !== grant);
          reject(signal.reason as Error);
        });
      }
    });
  }
}
