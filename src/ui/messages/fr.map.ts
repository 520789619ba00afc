import type { map as english } from './en.map.ts';
import { freeDocks, ofKind } from './fr.stations.ts';

/** Sentences of the map in French. */
export const map: typeof english = {
  keys: 'Carte\u00a0: les flèches la déplacent, plus et moins la zooment, Entrée ouvre la station la plus proche du milieu',
  summary: (stations, empty, full, closed) =>
    `${stations} stations à leur place\u00a0: ${empty} vides, ${full} pleines, ${closed} fermées. Les réponses à côté de la carte disent la même chose en chiffres, et la liste donne ceux de chaque station.`,
  meanSummary: (stations, empty, full, closed) =>
    `${stations} stations à leur place, chacune dans son état le plus fréquent\u00a0: ${empty} vides, ${full} pleines, ${closed} fermées.`,
  untold: (n, count) => `Vélos ou bornes libres inconnus de ${count} ${n < 2 ? 'station' : 'stations'}.`,
  inView: (stations) => `Stations à l’écran\u00a0: ${stations}.`,
  areasInView: 'Zones à la couleur de leurs vélos\u202f; zoomez pour voir les stations.',
  mostly: 'le plus souvent\u00a0:',
  mostlyClosed: 'fermée le plus souvent',
  numbers: (mechanical, ebikes, docks) =>
    `${ofKind(mechanical, 'mécanique')} · ${ofKind(ebikes, 'électrique')} · ${freeDocks(docks)}`,
  unplaced: (count) => `${count} sans position`,
  key: 'Légende',
  noStation: 'aucune station',
  fill: 'vélos ÷ (vélos + bornes libres)',
  fillOf: (share) => `${share} des places ont un vélo`,
  zoomIn: 'Zoomer',
  zoomOut: 'Dézoomer',
  whole: 'Tout le réseau',
  near: 'Près de moi',
  nearFar: (distance) => `La station la plus proche est à ${distance} km de vous.`,
  nearFound: (name, distance) => `La station la plus proche est ${name}, à ${distance}.`,
  tall: 'Agrandir la carte à tout l’écran',
  short: 'Revenir à la petite carte',
  touch: 'Deux doigts déplacent la carte. Avec un seul, la page défile.',
  wheel: 'Maintenez Ctrl et faites défiler pour zoomer la carte.',
  lost: 'L’affichage graphique de cet appareil a été interrompu. La carte revient avec lui.',
  unsupported:
    'Ce navigateur ne dessine pas de carte ici, faute de WebGL. Les stations sont listées à sa place.',
  failed: 'La carte ne peut pas s’ouvrir. Les stations sont listées à sa place.',
};
