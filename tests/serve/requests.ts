import type { BrowserContext } from '@playwright/test';

/** One request of a page, of a worker of any depth, or of a service worker. */
export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly type: string;
  /** Which of them asked. */
  readonly by: 'page' | 'service worker';
}

/** Notes every request of a context; the list grows as they come. Workers count as their page. */
export function watchRequests(context: BrowserContext): SeenRequest[] {
  const seen: SeenRequest[] = [];
  context.on('request', (request) => {
    seen.push({
      url: request.url(),
      method: request.method(),
      type: request.resourceType(),
      by: request.serviceWorker() ? 'service worker' : 'page',
    });
  });
  return seen;
}
