import { VelolacError } from '../errors.ts';
import { parseReset, parseRetryAfter } from './quota.ts';

/** What an answer that is not 2xx says, before it becomes an error. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly host: string;
  /** When it came, in milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The error that a refusal means. The portal has two shapes: `{error_code, message}` for a bad request and
 * `{errorcode: 10002, error, reset_time}` for a spent quota; a bare 429 comes from a gateway and soon passes.
 */
export function refusalError({ status, headers, body, host, now }: Refusal): VelolacError {
  const said = parseError(body);
  const message = said.message ?? said.error ?? '';
  if (status === 429) {
    const reset = parseReset(said.reset_time ?? null);
    const until = reset ?? parseReset(headers.get('X-RateLimit-Reset'));
    if (said.errorcode === 10002 && until !== null) {
      const details = { host, until: new Date(until).toISOString() };
      return new VelolacError('portal.quota', `the portal's quota is spent: ${message}`, details);
    }
    const later = parseRetryAfter(headers.get('Retry-After'), now);
    const details = { host, ...(later !== null && { until: new Date(later).toISOString() }) };
    return new VelolacError('portal.busy', 'the portal asks for fewer calls', details);
  }
  if (status >= 500)
    return new VelolacError('portal.server', `the portal answered ${status}`, { host, status });
  return new VelolacError('portal.refused', `the portal answered ${status}: ${message}`, {
    host,
    status,
    message,
  });
}

interface PortalError {
  readonly error_code?: string;
  readonly message?: string;
  readonly errorcode?: number;
  readonly error?: string;
  readonly reset_time?: string;
}

function parseError(body: string): PortalError {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
