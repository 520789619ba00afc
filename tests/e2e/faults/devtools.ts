import type { BrowserContext, CDPSession, Page } from '@playwright/test';

type Target = Awaited<ReturnType<typeof targetsOf>>[number];

const targetsOf = async (session: CDPSession) => (await session.send('Target.getTargets')).targetInfos;

/** The browser's own end of the DevTools protocol: processes, and workers of any page. */
export class DevTools {
  private constructor(private readonly session: CDPSession) {}

  static async of(context: BrowserContext): Promise<DevTools> {
    const browser = context.browser();
    if (!browser) throw new Error('the context has no browser of its own');
    return new DevTools(await browser.newBrowserCDPSession());
  }

  /** Seconds of processor time of each renderer, by process id. */
  async renderers(): Promise<Map<number, number>> {
    const { processInfo } = await this.session.send('SystemInfo.getProcessInfo');
    return new Map(
      processInfo.flatMap(({ type, id, cpuTime }) => (type === 'renderer' ? [[id, cpuTime]] : [])),
    );
  }

  /** The page's recorder worker, or the engine workers that it has started. */
  async workers(page: Page, kind: 'recorder' | 'engine'): Promise<string[]> {
    const own = await page.context().newCDPSession(page);
    const { targetInfo } = await own.send('Target.getTargetInfo');
    await own.detach();
    const workers = (await targetsOf(this.session)).filter(({ type }) => type === 'worker');
    const recorders = childrenOf(
      targetInfo.targetId,
      workers.filter(({ url }) => url.includes('/recorder.worker')),
    );
    return kind === 'recorder' ? recorders : recorders.flatMap((id) => childrenOf(id, workers));
  }

  /** Talks to a worker, busy or not. */
  async attach(targetId: string): Promise<WorkerSession> {
    const { sessionId } = await this.session.send('Target.attachToTarget', { targetId, flatten: false });
    return new WorkerSession(this.session, sessionId);
  }
}

function childrenOf(parent: string, targets: readonly Target[]): string[] {
  return targets.flatMap((target) => {
    return 'parentId' in target && target.parentId === parent ? [target.targetId] : [];
  });
}

/** A session with one worker. */
export class WorkerSession {
  static #last = 0;

  constructor(
    private readonly browser: CDPSession,
    private readonly sessionId: string,
  ) {}

  /** Ends it in the middle of what it does, without a word to anybody. */
  async end(): Promise<void> {
    await this.#send('Runtime.terminateExecution');
    await this.#send('Runtime.evaluate', { expression: 'self.close()' });
  }

  /** Resolves when the message is on its way: what is ended, or held, may never answer. */
  async #send(method: string, params: object = {}): Promise<void> {
    const message = JSON.stringify({ id: (WorkerSession.#last += 1), method, params });
    await this.browser.send('Target.sendMessageToTarget', { sessionId: this.sessionId, message });
  }
}
