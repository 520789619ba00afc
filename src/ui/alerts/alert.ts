import type { StationRow } from '../../gold/answers.ts';

/** What can run out at a station. */
export const wares = ['bikes', 'ebikes', 'mechanical', 'docks'] as const;
export type Ware = (typeof wares)[number];

/** A wish to be told when a station has fewer than so many. A station has one for each ware at most. */
export interface Alert {
  readonly code: string;
  readonly ware: Ware;
  readonly below: number;
}

/** What may be wished for: fewer than 1 is none. */
export const limits = [1, 2, 3, 4, 5, 8, 10, 15] as const;

/** An alert that has come true, and what the station has. */
export interface Due {
  readonly alert: Alert;
  readonly row: StationRow;
  readonly left: number;
}

/** Whether each alert was true when it was last known, by `keyOf`. */
export type Standing = ReadonlyMap<string, boolean>;

/** What is known before the first snapshot. */
export const nothingKnown: Standing = new Map();

export function keyOf({ code, ware }: Pick<Alert, 'code' | 'ware'>): string {
  return `${code} ${ware}`;
}

/** What a station has of it; null where that is unknown, as it is while the station is closed. */
export function leftOf(ware: Ware, { state, mechanical, ebikes, docks }: StationRow): number | null {
  if (state === 'closed') return null;
  if (ware === 'docks') return docks;
  if (ware !== 'bikes') return ware === 'ebikes' ? ebikes : mechanical;
  return mechanical === null || ebikes === null ? null : mechanical + ebikes;
}

/**
 * Which alerts have become true since they were last known not to be. One that is true from the first is not due: who
 * sets it sees it. What is not known leaves it as it was.
 */
export function turn(
  alerts: readonly Alert[],
  rows: readonly StationRow[],
  before: Standing,
): { readonly due: readonly Due[]; readonly standing: Standing } {
  const byCode = new Map(rows.map((row) => [row.station_code, row]));
  const standing = new Map<string, boolean>();
  const due: Due[] = [];
  for (const alert of alerts) {
    const key = keyOf(alert);
    const was = before.get(key);
    const row = byCode.get(alert.code);
    const left = row === undefined ? null : leftOf(alert.ware, row);
    const is = left === null ? was : left < alert.below;
    if (is !== undefined) standing.set(key, is);
    if (row !== undefined && left !== null && is === true && was === false) due.push({ alert, row, left });
  }
  return { due, standing };
}

/** The alerts of a kept setting; what is none is left out. */
export function readAlerts(value: unknown): readonly Alert[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap((one) => {
    const { code, ware, below } = (one ?? {}) as Record<string, unknown>;
    const known = wares.find((name) => name === ware);
    const limit = limits.find((number) => number === below);
    return typeof code !== 'string' || known === undefined || limit === undefined
      ? []
      : [{ code, ware: known, below: limit }];
  });
}
