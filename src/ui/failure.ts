import type { ErrorDetails, ErrorRecord } from '../errors.ts';
import type { Format } from './format.ts';
import type { ErrorFigures } from './messages/en.errors.ts';
import type { Messages } from './messages/en.ts';

/** The sentence for a failure, with its figures; `resumes` when the portal is asked again by itself. */
export function sentence({ code, details }: ErrorRecord, m: Messages, f: Format, resumes: boolean): string {
  return m.errors[code]({ ...figures(details, f), ...(resumes ? { resumes } : {}) });
}

/** The details that sentences use, formatted; a detail that is absent or of the wrong kind is left out. */
function figures(details: ErrorDetails, f: Format): ErrorFigures {
  const until = instant(details['until']);
  return {
    ...text('host', details['host'] ?? host(details['portal'])),
    ...text('status', details['status']),
    ...text('seconds', details['seconds']),
    ...text('columns', details['columns']),
    ...text('path', details['path']),
    ...(until === null ? {} : { until: f.moment(until) }),
    ...size('bytes', details['bytes'], f),
    ...size('limit', megabytes(details['megabytes']), f),
  };
}

function text(key: Exclude<keyof ErrorFigures, 'resumes'>, value: string | number | undefined): ErrorFigures {
  return value === undefined || value === '' ? {} : { [key]: String(value) };
}

function size(key: 'bytes' | 'limit', value: string | number | undefined, f: Format): ErrorFigures {
  return typeof value === 'number' ? { [key]: f.bytes(value) } : {};
}

function megabytes(value: string | number | undefined): number | undefined {
  return typeof value === 'number' ? value * 1e6 : undefined;
}

function instant(value: string | number | undefined): number | null {
  const epoch = typeof value === 'string' ? Date.parse(value) : (value ?? Number.NaN);
  return Number.isNaN(epoch) ? null : epoch;
}

function host(value: string | number | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  return URL.canParse(value) ? new URL(value).host : value;
}
