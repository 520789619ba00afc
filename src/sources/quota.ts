/** What the portal still allows. `reset_at` is in milliseconds since the epoch. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly reset_at: number | null;
}

/**
 * The quota from a response's headers, or null where they cannot be read. `X-RateLimit-Reset` is
 * `YYYY-MM-DD HH:MM:SS+00:00`, with a space (Opendatasoft Explore API v2.1).
 */
export function readQuota(headers: Headers): Quota | null {
  const limit = headers.get('X-RateLimit-Limit');
  const remaining = headers.get('X-RateLimit-Remaining');
  if (
    limit === null ||
    remaining === null ||
    !Number.isFinite(Number(limit)) ||
    !Number.isFinite(Number(remaining))
  )
    return null;
  return {
    limit: Number(limit),
    remaining: Number(remaining),
    reset_at: parseReset(headers.get('X-RateLimit-Reset')),
  };
}

/** A reset time in either form the portal uses (with a space, or ISO 8601), or null. */
export function parseReset(text: string | null): number | null {
  const time = text === null ? NaN : Date.parse(text.trim().replace(' ', 'T'));
  return Number.isNaN(time) ? null : time;
}

/**
 * When a refused call may be made again: `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). Pages of
 * other origins may read it only where the portal says so; null otherwise.
 */
export function parseRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  const time = /^\d+$/.test(text.trim()) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
