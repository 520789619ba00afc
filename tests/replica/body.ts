import type { Poll, PortalRecord } from './recording.ts';

/** JSON as the portal writes it: a space after `:` and `,`, and no letter beyond ASCII. */
export function toPortalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toPortalJson).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, inner]) => `${toPortalJson(key)}: ${toPortalJson(inner)}`);
    return `{${pairs.join(', ')}}`;
  }
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The export of a poll: a bare array, one record after the other with a comma and no space between. */
export function toExport(records: readonly unknown[]): string {
  return `[${records.map(toPortalJson).join(',')}]`;
}

/** The poll as if it had been taken at `now`: every `duedate` moves by the same time, and is told in UTC. */
export function shiftTo(poll: Poll, now: number): PortalRecord[] {
  const by = now - poll.at;
  return poll.records.map((record) => ({ ...record, duedate: shifted(record.duedate, by) }));
}

function shifted(duedate: string | null, by: number): string | null {
  if (duedate === null) return null;
  return new Date(Date.parse(duedate) + by).toISOString().replace(/\.\d+Z$/, '+00:00');
}
