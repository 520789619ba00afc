const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far back a station's panel looks, in milliseconds. */
export const spans = [HOUR, 3 * HOUR, DAY, 7 * DAY, 30 * DAY] as const;
export type Span = (typeof spans)[number];

/** The span to begin with: a day, or less where so little was recorded that a day would be all blank. */
export function firstSpan(recorded: number): Span {
  return spans.find((span) => span === DAY || recorded <= span) ?? DAY;
}
