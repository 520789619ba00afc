import type { stations as english } from './en.stations.ts';

/** One and none are singular. */
const isSingular = (count: string): boolean => count === '0' || count === '1';
/** 1 mécanique, 2 mécaniques */
export const ofKind = (count: string, kind: string): string =>
  `${count} ${kind}${isSingular(count) ? '' : 's'}`;
/** 1 borne libre, 2 bornes libres */
export const freeDocks = (count: string): string =>
  `${count} ${isSingular(count) ? 'borne libre' : 'bornes libres'}`;

/** Sentences of the list of stations in French. */
export const stations: typeof english = {
  title: 'Liste des stations',
  search: 'Chercher par nom, quartier ou numéro',
  searchAll: (count) => `Chercher parmi ${count} stations`,
  clear: 'Effacer la recherche',
  filters: 'N’afficher que',
  filter: {
    ebikes: 'Électriques',
    mechanical: 'Mécaniques',
    docks: 'Bornes libres',
    open: 'Ouvertes',
    favourites: 'Favoris',
  },
  meaning: {
    ebikes: 'ouverte, avec au moins un vélo électrique',
    mechanical: 'ouverte, avec au moins un vélo mécanique',
    docks: 'ouverte, avec au moins une borne libre',
    open: 'en service',
    favourites: 'celles que vous avez marquées d’une étoile',
  },
  sort: 'Trier par',
  order: {
    name: 'Nom',
    distance: 'Distance à ma position',
    ebikes: 'Plus de vélos électriques',
    mechanical: 'Plus de vélos mécaniques',
    docks: 'Plus de bornes libres',
    fill: 'Les plus remplies',
    change: 'Plus forte variation',
  },
  found: (n, count, all) => (n < 2 ? `${count} station sur ${all}` : `${count} stations sur ${all}`),
  all: (n, count) => (n < 2 ? `${count} station` : `${count} stations`),
  none: 'Aucune station ne correspond.',
  noFavourite: 'Pas encore de favori\u00a0: l’étoile d’une station la garde ici.',
  widen: 'Afficher toutes les stations',
  noPosition: 'Votre appareil ne dit pas où vous êtes\u00a0: il lui faut peut-être votre permission.',
  row: (mechanical, ebikes, docks) =>
    `${ofKind(mechanical, 'mécanique')}, ${ofKind(ebikes, 'électrique')}, ${freeDocks(docks)}`,
  of: (capacity) => `sur ${capacity}`,
  state: {
    empty: 'vide',
    few_bikes: '1–2 vélos',
    balanced: 'vélos et bornes',
    few_docks: '1–2 bornes',
    full: 'pleine',
    closed: 'fermée',
    stale: 'muette depuis un jour',
    unknown: 'chiffres manquants',
  },
  station: 'Station',
  area: 'Zone',
  left: (n, count) => (n < 2 ? `et ${count} autre` : `et ${count} autres`),
  star: (name) => `Favori\u00a0: ${name}`,
};
