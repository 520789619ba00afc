import type { PipelineEvent } from '../../src/pipeline/protocol.ts';

/** Something the page went through; `at` is milliseconds since the epoch. */
export type Mark = { readonly at: number } & (
  | { readonly kind: 'event'; readonly event: PipelineEvent }
  /** A chart's new drawing is on the screen; `whole`: every chart has one. `since` counts from the navigation. */
  | { readonly kind: 'paint'; readonly since: number; readonly whole: boolean }
  | { readonly kind: 'longtask'; readonly ms: number; readonly since: number }
);

/**
 * Runs in the product page before its scripts, and changes nothing of it: notes what the recorder worker says
 * (Comlink's messages), when charts are redrawn and painted, and the main thread's long tasks. Must stand alone:
 * it is sent to the browser as text.
 */
export function watchPage(): void {
  const marks: Mark[] = [];
  Object.assign(globalThis, { marks });
  const now = () => performance.timeOrigin + performance.now();
  const isEvent = (value: unknown): value is PipelineEvent =>
    typeof value === 'object' && value !== null && 'kind' in value;
  const note = ({ data }: MessageEvent<{ argumentList?: readonly { value?: unknown }[] } | null>) => {
    const event = data?.argumentList?.[0]?.value;
    if (isEvent(event)) marks.push({ at: now(), kind: 'event', event: slim(event) });
  };
  const slim = (event: PipelineEvent) =>
    event.kind === 'answers' ? { ...event, answers: { ...event.answers, stations: [] } } : event;
  MessagePort.prototype.addEventListener = function (this: MessagePort, ...args: unknown[]) {
    const listen = EventTarget.prototype.addEventListener.bind(this);
    if (args[0] === 'message') listen('message', note as EventListener);
    listen(...(args as Parameters<typeof listen>));
  };
  new MutationObserver((mutations) => {
    if (!mutations.some(({ target }) => target instanceof Element && target.closest('.chart'))) return;
    const whole = [...document.querySelectorAll('.chart')].every(
      ({ childElementCount }) => childElementCount > 0,
    );
    requestAnimationFrame(() =>
      setTimeout(() => marks.push({ at: now(), kind: 'paint', since: performance.now(), whole })),
    );
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const at = performance.timeOrigin + startTime;
      marks.push({ at, kind: 'longtask', ms: duration, since: startTime });
    }
  }).observe({ type: 'longtask', buffered: true });
}

/** Runs in the product page before its scripts: a list stands in the map's place. Sent as text, like `watchPage`. */
export function withoutMap(): void {
  HTMLCanvasElement.prototype.getContext = () => null;
}
