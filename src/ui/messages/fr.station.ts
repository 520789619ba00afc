import type { station as english } from './en.station.ts';

/** Sentences of a station's panel in French. */
export const station: typeof english = {
  back: { city: 'Retour à la ville', stations: 'Retour aux stations' },
  unknown: (code) => `Pas de station ${code}`,
  unknownLine:
    'Ce qui est affiché ne connaît pas de station de ce numéro. Elle a pu fermer pour de bon, ou ne pas exister encore.',
  toList: 'Chercher une station',
  copy: 'Copier le lien',
  copied: 'Lien copié.',
  notCopied: 'Le lien n’a pas pu être copié\u00a0: il est dans la barre d’adresse.',
  stock: 'Stock',
  stockAt: (time) => `à ${time}`,
  stockMean: 'moyenne de la période, pondérée par le temps',
  mechanical: 'mécaniques',
  ebikes: 'électriques',
  docks: 'bornes libres',
  state: 'État',
  capacity: 'Bornes en tout',
  broken: 'Bornes hors service',
  brokenLine: 'bornes − vélos − bornes libres, si positif',
  reported: 'Dernier signe',
  reportedAt: (time, span) => `${time}, ${span} avant le relevé`,
  silent: 'muette depuis plus d’un jour\u00a0: elle compte comme fermée',
  nearby: 'À côté',
  noneNearby: 'Sa position n’est pas connue.',
};
