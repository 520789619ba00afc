import type { station as english } from './en.station.ts';

/** Sentences of a station's panel in French. */
export const station: typeof english = {
  back: { city: 'Retour à la ville', stations: 'Retour aux stations' },
  unknown: (code) => `Pas de station ${code}`,
  unknownLine:
    'Ce qui est affiché ne connaît pas de station de ce numéro. Elle a pu fermer pour de bon, ou ne pas exister encore.',
  toList: 'Chercher une station',
  stock: 'Stock',
  stockAt: (time) => `au ${time}`,
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
  bikes: (n, count) => `${count}\u00a0${n < 2 ? 'vélo' : 'vélos'}`,
  day: { working: 'un jour ouvré', saturday: 'un samedi', sunday: 'un dimanche ou jour férié' },
  days: { working: 'jours ouvrés', saturday: 'samedis', sunday: 'dimanches et jours fériés' },
  verdict: {
    few: (day, time, bikes, usual) =>
      `Bien peu de vélos pour ${day} à ${time}\u00a0: ${bikes}, ${usual} d’habitude.`,
    many: (day, time, bikes, usual) =>
      `Plus de vélos que d’habitude pour ${day} à ${time}\u00a0: ${bikes}, ${usual} d’habitude.`,
    usual: (day, time, bikes, usual) =>
      `Comme d’habitude pour ${day} à ${time}\u00a0: ${bikes}, ${usual} d’habitude.`,
    early: (days) => `Ce qui est habituel à cette heure se dit après trois ${days}.`,
  },
  past: {
    title: 'Historique',
    span: 'Jusqu’où remonter',
    observed: (share, span) => `Observée ${share} du temps sur ${span}.`,
    since: (share, span, moment) =>
      `Observée ${share} du temps sur ${span}\u00a0: les relevés commencent le ${moment}.`,
    last: (hours) =>
      hours === 1
        ? 'la dernière heure'
        : hours <= 24
          ? `les ${hours} dernières heures`
          : `les ${hours / 24} derniers jours`,
    one: (span) => `Un seul relevé sur ${span}\u00a0: il en faut deux pour une courbe.`,
    none: (span) => `Rien n’a été relevé de cette station sur ${span}.`,
    failed: 'L’historique n’a pas pu être lu.',
    again: 'Réessayer',
    table: 'Tableau',
    tableOf: (title) => `Tableau\u00a0: ${title}`,
    time: 'Heure',
  },
  curve: {
    title: 'Vélos et bornes libres',
    range: (least, leastAt, most, mostAt) =>
      `Le moins ${leastAt}\u00a0: ${least}. Le plus ${mostAt}\u00a0: ${most}.`,
    at: (time) => `à ${time}`,
    on: (day, time) => `le ${day} à ${time}`,
    level: (bikes) => `${bikes} tout du long.`,
    unknown: 'Le nombre de vélos n’est pas communiqué.',
    means: (step) =>
      `La courbe donne des moyennes sur ${step}\u202f; le moins et le plus sont ceux d’un seul relevé.`,
  },
  moves: {
    title: 'Départs et arrivées',
    sum: (departures, arrivals) => `Au moins ${departures} et ${arrivals}.`,
    departed: (n, count) => (n < 2 ? `${count} départ` : `${count} départs`),
    arrived: (n, count) => (n < 2 ? `${count} arrivée` : `${count} arrivées`),
    line: 'Un minimum\u00a0: ce qui va et vient entre deux relevés ne se voit pas. Ce qu’un camion apporte ou emporte compte aussi.',
    departures: 'départs',
    arrivals: 'arrivées',
    observed: 'observé',
  },
  service: {
    title: 'Vide et pleine',
    empty: (length, times) => `Vide pendant ${length}, ${times}.`,
    full: (length, times) => `Pleine pendant ${length}, ${times}.`,
    neverEmpty: 'Jamais vide.',
    neverFull: 'Jamais pleine.',
    closed: (length) => `Fermée pendant ${length}.`,
    closedAlways: 'Fermée tout du long.',
    unknown: 'Combien de temps elle a été vide ou pleine n’est pas communiqué.',
    times: (_, count) => `${count} fois`,
    state: 'État',
    share: 'du temps',
    count: 'fois',
    longest: 'au plus',
    rows: { empty: 'aucun vélo', full: 'aucune borne libre', closed: 'fermée' },
  },
  habits: {
    title: 'Habitudes',
    line: 'D’après les quatre dernières semaines.',
  },
  usual: {
    title: 'Le jour habituel',
    line: (days, number) => `La médiane et les 80\u00a0% du milieu de ${number} ${days}.`,
    next: (hour, two) => `Dans une heure, d’habitude ${hour}\u00a0vélos, dans deux heures ${two}.`,
    band: 'habituel',
    early: (days, count) =>
      `Il faut trois ${days} passés pour dire ce qui est habituel\u00a0: ${count} pour l’instant.`,
    low: 'de',
    high: 'à',
    median: 'médiane',
    earlier: 'jours',
  },
  week: {
    title: 'La semaine, heure par heure',
    extremes: (least, leastAt, most, mostAt) =>
      `Le moins de vélos le ${leastAt}\u00a0: ${least}. Le plus le ${mostAt}\u00a0: ${most}.`,
    at: (weekday, hour) => `${weekday} à ${hour}\u00a0h`,
    line: 'Moyenne de chaque heure, pondérée par le temps.',
    few: 'peu de vélos',
    many: 'peu de bornes libres',
    early: 'Elle se remplit à mesure que les heures sont relevées.',
    day: 'Jour',
    hour: (hour) => `${hour}\u00a0h`,
    cell: (bikes, n, docks) => `${bikes}, ${docks} ${n < 2 ? 'borne libre' : 'bornes libres'} en moyenne`,
    none: 'pas de relevé',
  },
  nearby: 'À côté',
  noneNearby: 'Sa position n’est pas connue.',
};
