import type { CDPSession, Page } from '@playwright/test';

/** A page's worker, reached below the page's own session: Playwright gives workers none. */
interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly type: string; readonly url: string };
}

/** Hangs the recorder worker of a page in the midst of whatever it does, as a frozen tab does. Gives what wakes it. */
export async function hangRecorder(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const found = new Promise<Attached>((resolve) => {
    session.on('Target.attachedToTarget', (attached: Attached) => {
      if (attached.targetInfo.type === 'worker' && attached.targetInfo.url.includes('recorder'))
        resolve(attached);
    });
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const { sessionId } = await found;
  const paused = answer(session, sessionId, 'Debugger.paused');
  await send(session, sessionId, 'Debugger.enable');
  await send(session, sessionId, 'Debugger.pause');
  await paused;
  return () => send(session, sessionId, 'Debugger.resume');
}

let messages = 0;

async function send(session: CDPSession, sessionId: string, method: string): Promise<void> {
  const message = JSON.stringify({ id: ++messages, method, params: {} });
  await session.send('Target.sendMessageToTarget', { sessionId, message });
}

function answer(session: CDPSession, sessionId: string, method: string): Promise<void> {
  return new Promise((resolve) => {
    session.on('Target.receivedMessageFromTarget', (received) => {
      if (received.sessionId === sessionId && JSON.parse(received.message).method === method) resolve();
    });
  });
}
