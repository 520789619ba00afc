import { toVelolacError, VelolacError } from '../errors.ts';
import { readQuota, type Quota } from './quota.ts';
import { parseRecords, type JsonObject } from './records.ts';
import { refusalError } from './refusal.ts';
import { snapshotUrl, type Source } from './source.ts';
import { trafficOf, type Traffic } from './traffic.ts';

/** One attempt to take a snapshot. What came is kept even when it is no snapshot: then `error` says why. */
export interface Answer {
  /** When the last byte came, in milliseconds since the epoch. */
  readonly received_at: number;
  readonly duration_ms: number;
  /** Null when no answer came. */
  readonly http_status: number | null;
  readonly quota: Quota | null;
  /** Null when no whole answer came. */
  readonly traffic: Traffic | null;
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly records: readonly JsonObject[] | null;
  readonly error: VelolacError | null;
}

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds, for the whole answer. */
  readonly timeout?: number;
  readonly now: () => number;
}

/** An export is half a megabyte; a hundred times that is no snapshot of a bike-share. */
export const MAX_BYTES = 50_000_000;
const TIMEOUT = 30_000;

/** Takes one snapshot: one call. Never rejects, since a failed attempt is an observation too. */
export async function fetchSnapshot(source: Source, options: FetchOptions): Promise<Answer> {
  const { now, signal, timeout = TIMEOUT } = options;
  const host = new URL(source.portal).host;
  const started = performance.now();
  const ends = AbortSignal.timeout(timeout);
  let response: Response | null = null;
  let body: Uint8Array<ArrayBuffer> | null = null;
  let records: readonly JsonObject[] | null = null;
  let error: VelolacError | null = null;
  try {
    const signals = signal ? [signal, ends] : [ends];
    response = await fetch(snapshotUrl(source), { signal: AbortSignal.any(signals), cache: 'no-store' });
    body = await readBody(response, host);
    const text = new TextDecoder().decode(body);
    if (!response.ok) {
      throw refusalError({
        status: response.status,
        headers: response.headers,
        body: text,
        host,
        now: now(),
      });
    }
    records = parseRecords(text);
  } catch (thrown) {
    if (thrown instanceof VelolacError) error = thrown;
    else if (signal?.aborted)
      error = new VelolacError('portal.aborted', 'the call was stopped', {}, { cause: thrown });
    else if (ends.aborted)
      error = new VelolacError(
        'portal.timeout',
        `no answer after ${timeout} ms`,
        { host, seconds: timeout / 1000 },
        { cause: thrown },
      );
    else if (thrown instanceof TypeError)
      error = await networkError(new URL(snapshotUrl(source)), response, thrown);
    else error = toVelolacError(thrown);
  }
  return {
    received_at: now(),
    duration_ms: performance.now() - started,
    http_status: response?.status ?? null,
    quota: response ? readQuota(response.headers) : null,
    traffic: response && body ? await trafficOf(response.headers, new Blob([body])) : null,
    body,
    records,
    error,
  };
}

async function readBody(response: Response, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new VelolacError('portal.too_large', `more than ${MAX_BYTES} bytes`, {
        host,
        megabytes: MAX_BYTES / 1e6,
      });
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * A page is not told why a call failed: `portal.unreachable` or `portal.cors`. A second call that asks for nothing
 * to be read (`no-cors`) succeeds when the host is there and only forbids its answer to pages.
 */
export async function networkError(
  url: URL,
  response: Response | null,
  cause: TypeError,
): Promise<VelolacError> {
  const { host } = url;
  if (response)
    return new VelolacError('portal.unreachable', 'the connection broke off', { host }, { cause });
  try {
    await fetch(url, {
      method: 'HEAD',
      mode: 'no-cors',
      cache: 'no-store',
      signal: AbortSignal.timeout(5000),
    });
    return new VelolacError('portal.cors', `${host} forbids pages to read its answer`, { host }, { cause });
  } catch (error) {
    return new VelolacError(
      'portal.unreachable',
      `${host} cannot be reached: ${String(error)}`,
      { host },
      { cause },
    );
  }
}
