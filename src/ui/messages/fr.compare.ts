import type { compare as english } from './en.compare.ts';

/** Sentences of a comparison of two moments in French. */
export const compare: typeof english = {
  title: 'Gains et pertes',
  between: (before, after) => `${before} → ${after}`,
  line: {
    bikes: 'variation des vélos en station, par zone',
    mechanical: 'variation des vélos mécaniques en station, par zone',
    ebikes: 'variation des vélos électriques en station, par zone',
  },
  measure: 'Ce qui est comparé',
  measures: { bikes: 'Tous', mechanical: 'Mécaniques', ebikes: 'Électriques' },
  swap: 'Inverser',
  leave: 'Quitter la comparaison',
  all: (count) => `Voir les ${count}`,
  fewer: 'En voir moins',
  greatest: (few, count) => `Les ${few} plus grands gains et pertes, sur ${count} zones`,
  area: 'Zone',
  was: 'Avant',
  is: 'Après',
  change: 'Variation',
  share: 'De ses places',
  same: 'Pareil aux deux moments, partout.',
  outside: (moment) => `Rien n’a été relevé au moment demandé, ${moment}.`,
  nearest: (moment) => `Comparé au relevé le plus proche, ${moment}.`,
  summary: (most, gain, least, loss) =>
    `Barres des gains et des pertes par zone, de ${most}, ${gain}, à ${least}, ${loss}.`,
  gain: 'plus de vélos',
  loss: 'moins de vélos',
  even: 'autant',
  unknown: 'inconnu',
  fill: 'variation ÷ (vélos + bornes libres)',
  changed: (change, before, after) => `${change}\u00a0: ${before} → ${after}`,
  mapSummary: (gained, lost, even) =>
    `Stations à leur place, selon leur variation\u00a0: ${gained} ont gagné, ${lost} ont perdu, ${even} sont restées pareilles. La liste à côté de la carte le dit par zone, en chiffres.`,
};
