import type { Measure } from '../time/change.ts';

/** Sentences of a comparison of two moments in English. Parameters arrive formatted. */
export const compare = {
  title: 'Gains and losses',
  between: (before: string, after: string) => `${before} → ${after}`,
  line: {
    bikes: 'change of bikes at stations, by area',
    mechanical: 'change of mechanical bikes at stations, by area',
    ebikes: 'change of e-bikes at stations, by area',
  } satisfies Record<Measure, string>,
  measure: 'What is compared',
  measures: { bikes: 'All bikes', mechanical: 'Mechanical', ebikes: 'Electric' } satisfies Record<
    Measure,
    string
  >,
  swap: 'Swap',
  leave: 'Leave the comparison',
  all: (count: string) => `Show all ${count}`,
  fewer: 'Show fewer',
  greatest: (few: string, count: string) => `The ${few} greatest gains and losses of ${count} areas`,
  area: 'Area',
  was: 'Before',
  is: 'After',
  change: 'Change',
  share: 'Of its places',
  same: 'The same at both moments, everywhere.',
  outside: (moment: string) => `Nothing is recorded of ${moment}.`,
  nearest: (moment: string) => `Compared with the nearest snapshot, ${moment}.`,
  summary: (most: string, gain: string, least: string, loss: string) =>
    `Bars of gains and losses by area, from ${most}, ${gain}, to ${least}, ${loss}.`,
  gain: 'more bikes',
  loss: 'fewer bikes',
  even: 'as many',
  unknown: 'not known',
  fill: 'change ÷ (bikes + free docks)',
  changed: (change: string, before: string, after: string) => `${change}: ${before} → ${after}`,
  mapSummary: (gained: string, lost: string, even: string) =>
    `Stations by position and by their change: ${gained} gained, ${lost} lost, ${even} stayed the same. The list beside the map says it by area, in figures.`,
};
