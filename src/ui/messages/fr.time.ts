import type { time as english } from './en.time.ts';

/** Sentences of the time slider in French. */
export const time: typeof english = {
  title: 'Temps',
  slider: 'Moment affiché',
  hands: { before: 'Moment d’avant', shown: 'Moment d’après' },
  newest: (moment) => `Dernier relevé, ${moment}`,
  gap: (moment) => `${moment}, rien de relevé`,
  back: 'Un quart d’heure en arrière',
  forward: 'Un quart d’heure en avant',
  play: 'Lire',
  pause: 'Pause',
  speed: 'Vitesse de lecture',
  hours: (count) => `${count}\u00a0h/s`,
  now: 'Maintenant',
  compare: 'Comparer',
  hand: 'Le curseur déplace',
  before: 'Avant',
  after: 'Après',
  missed: (span) => `${span} sans relevé, sautées`,
  break: (span) => `${span} sans relevé`,
  lastDay: (quarters) => `relevé dans ${quarters} des 96 derniers quarts d’heure`,
  dayBefore: (quarters) => `relevé dans ${quarters} des 96 quarts d’heure d’avant`,
  unobserved: 'rien d’observé pour l’instant',
};
