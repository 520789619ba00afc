import type { history as english } from './en.history.ts';

/** A mean in words: moins d’une borne, 1 borne, 12 bornes. */
const few = (n: number, count: string, one: string): string => {
  if (n > 0 && n < 0.5) return `moins d’une ${one}`;
  return `${count} ${n < 1.5 ? one : `${one}s`}`;
};

/** Sentences of the view History in French. */
export const history: typeof english = {
  line: (period, observed) => `${period}. Observé\u00a0: ${observed} du temps regardé.`,
  reading: 'Lecture de ce qui a été enregistré…',
  none: 'Rien d’enregistré pour l’instant',
  noneLine:
    'L’historique raconte le réseau au fil du temps. Laissez la page ouverte, elle enregistre un relevé par minute\u202f; ou apportez vos enregistrements, dans Lac.',
  toLake: 'Importer des fichiers dans Lac',
  early: 'Un seul relevé pour l’instant',
  scarce: 'Moins d’une heure observée ici',
  earlyLine:
    'Il faut deux relevés pour voir bouger quelque chose. Une première courbe demande une minute de relevés, les chiffres par heure et type de jour quelques jours.',
  blank: 'Rien n’a été enregistré à ce moment-là',
  more: 'Il y a davantage à un autre moment.',
  goTo: (days) => `Voir ${days}`,
  failed: 'Pas de réponse à cette question.',
  retry: 'Réessayer',
  nothing: 'Rien dans cette sélection.',
  unobserved: 'Rien n’a été observé dans cette sélection.',
  filters: {
    title: 'Filtres',
    all: 'tout',
    reach: 'Jusqu’où remonter',
    reaches: { 7: '7 jours', 31: '31 jours', 92: '3 mois', 366: '1 an', Infinity: 'Tout' },
    level: 'Zones par',
    levels: { district: 'Arrondissements', quartier: 'Quartiers' },
    area: 'Zone',
    addArea: 'Choisir une zone…',
    without: (name) => `Sans ${name}`,
    from: 'Du',
    to: 'Au',
    days: 'Jours',
    dayTypes: { working: 'Jours ouvrés', saturday: 'Samedis', sunday: 'Dimanches, fériés' },
    hours: 'Heures de la journée',
    hour: (hour) => `${hour}\u00a0h`,
    firstHour: 'De l’heure',
    lastHour: 'À l’heure',
    clear: 'Effacer les filtres',
    hint: 'Vous pouvez aussi tracer sur un graphique, ou choisir une zone.',
    unknown: (level, n, codes, isAll) => {
      const area = level === 'quartier' ? 'quartier' : 'arrondissement';
      const none = `Sur cette période, aucun ${area} ni aucune commune n’a été observé sous ${n === 1 ? 'le code' : 'les codes'} ${codes}`;
      return isAll ? `${none}\u00a0: toutes les zones sont affichées.` : `${none}.`;
    },
    said: (chosen) => `Affiché\u00a0: ${chosen}.`,
  },
  frame: {
    table: 'Tableau',
    definition: 'Comment on compte',
    whole: 'Les heures comptent en entier, la première et la dernière de la période aussi.',
    observed: (share, n, days) =>
      n === 1 ? `Observé ${share} du temps, sur 1 jour.` : `Observé ${share} du temps, sur ${days} jours.`,
    all: (n) => `Voir les ${n}`,
    unobserved: 'non observé',
    leftOut: 'écarté par le filtre',
    fewer: 'Moins',
    pick: (name) => `Seulement ${name}`,
    unpick: (name) => `Plus seulement ${name}`,
  },
  columns: {
    time: 'Heure',
    hour: 'Heure',
    area: 'Zone',
    station: 'Station',
    mechanical: 'Mécaniques',
    ebikes: 'Électriques',
    docks: 'Bornes libres',
    empty: 'Vides',
    full: 'Pleines',
    index: 'Vides ou pleines',
    service: 'Service',
    departures: 'Départs',
    arrivals: 'Arrivées',
    dayType: 'Jour',
    brought: 'Apportés',
    taken: 'Retirés',
    morning: 'Matin',
    evening: 'Soir',
    share: 'Part électrique',
    outStations: 'Stations hors service',
    silent: 'Muettes depuis un jour',
    outDocks: 'Bornes hors service',
    bikes: 'Vélos',
    days: 'Jours de suite',
    last: 'Dernier jour',
    action: 'À faire',
    reason: 'Pourquoi',
    observed: 'Observé',
  },
  dispatch: {
    title: 'Où apporter ou retirer des vélos maintenant',
    line: (time, soon) =>
      `Stations qui manquent de vélos ou de bornes au ${time}${soon ? ', ou en manqueront bientôt' : ''}`,
    lead: (bring, take) => `Apporter des vélos d’abord à ${bring}\u202f; en retirer à ${take}.`,
    leadBring: (bring) => `Apporter des vélos d’abord à ${bring}.`,
    leadTake: (take) => `Retirer des vélos d’abord à ${take}.`,
    bring: 'Apporter',
    take: 'Retirer',
    amount: { bring: (n) => `apporter ${n}`, take: (n) => `retirer ${n}` },
    empty: 'aucun vélo',
    full: 'aucune borne libre',
    bikes: (n, count) => (n === 1 ? 'plus qu’un vélo' : `${count} vélos restants`),
    docks: (n, count) => (n === 1 ? 'plus qu’une borne libre' : `${count} bornes libres restantes`),
    loses: (n) => `en perd d’habitude ${n} dans les heures qui viennent`,
    gains: (n) => `en gagne d’habitude ${n} dans les heures qui viennent`,
    alone: 'aucune autre station à moins de 400 m',
    aloneUnless: 'Sauf mention contraire, aucune autre station à moins de 400 m.',
    nearBikes: (n, count) =>
      n === 0
        ? 'aucun vélo à moins de 400 m'
        : n === 1
          ? '1 vélo à moins de 400 m'
          : `${count} vélos à moins de 400 m`,
    nearDocks: (n, count) =>
      n === 0
        ? 'aucune borne libre à moins de 400 m'
        : n === 1
          ? '1 borne libre à moins de 400 m'
          : `${count} bornes libres à moins de 400 m`,
    definition:
      'Une station en service compte s’il reste au plus 2 vélos (ou bornes libres), maintenant ou après son évolution habituelle\u00a0: la moyenne des arrivées moins les départs, pour la fin de cette heure et les deux suivantes, les jours du même type, sinon tous les jours. Pour connaître l’habitude il faut trois jours où chacune de ces heures a été observée au moins à moitié\u202f; sans eux, seul le stock du moment compte. La quantité laisserait un vélo sur la moitié des bornes utilisables. Vient d’abord la plus grande quantité au regard de ce que l’on trouve à moins de 400 m.',
  },
  network: {
    title: 'Vélos et bornes au fil du temps',
    line: 'En station\u00a0: mécaniques, électriques, bornes libres\u202f; moyennes pondérées par le temps',
    lead: (mechanical, ebikes, docks) =>
      `En moyenne ${mechanical} vélos mécaniques, ${ebikes} électriques et ${docks} bornes libres.`,
    mechanical: 'mécaniques',
    ebikes: 'électriques',
    docks: 'bornes libres',
    definition:
      'Somme sur les stations du stock que chacune a annoncé, pondéré par sa durée. Le temps qui n’a pas été observé est hachuré. Les vélos en course ou en camion ne sont dans aucune station.',
  },
  stockOuts: {
    title: 'Vides ou pleines, par zone et heure',
    line: {
      empty: 'Part du temps en service sans un vélo, selon l’heure de la journée',
      full: 'Part du temps en service sans une borne libre, selon l’heure de la journée',
    },
    lead: {
      empty: (name, share, hour) =>
        `${name} manque le plus de vélos\u00a0: ${share} du temps, et surtout à ${hour}.`,
      full: (name, share, hour) =>
        `${name} manque le plus de bornes libres\u00a0: ${share} du temps, et surtout à ${hour}.`,
    },
    leadOne: {
      empty: (name, share, hour) => `${name} manque de vélos ${share} du temps, surtout à ${hour}.`,
      full: (name, share, hour) => `${name} manque de bornes libres ${share} du temps, surtout à ${hour}.`,
    },
    never: {
      empty: 'Aucune station n’a manqué de vélos.',
      full: 'Aucune station n’a manqué de bornes libres.',
    },
    kind: 'Ce qui manque',
    kinds: { empty: 'Pas de vélo', full: 'Pas de borne' },
    definition:
      'Temps sans un vélo, ou sans une borne libre mais avec un vélo, rapporté au temps en service où les deux sont connus\u202f; toutes les stations de la zone ensemble, pondéré par le temps. Une station compte pour la zone où elle se trouve, quelle que soit la commune que nomme le portail.',
  },
  notspot: {
    title: 'Indice NotSpot',
    line: 'Part des stations en service qui sont vides ou pleines',
    lead: (share, band) => `${share} des stations étaient vides ou pleines\u00a0: ${band}.`,
    bands: ['très bien', 'bien', 'passable', 'mauvais', 'très mauvais'],
    empty: 'vides',
    full: 'pleines',
    definition:
      'Stations sans un vélo, ou sans une borne libre mais avec un vélo, rapportées aux stations en service\u202f; pondéré par le temps. Paliers à 5, 10, 15 et 20\u00a0% (bikesharenyc, CityLab 2014).',
  },
  service: {
    title: 'Niveau de service',
    line: 'Part du temps avec au moins 2 vélos et 2 bornes libres\u202f; l’objectif est de 90\u00a0%',
    lead: (share, n, above, all) => {
      const one = n === 1 ? `1 zone sur ${all} atteint` : `aucune zone sur ${all} n’atteint`;
      const reach = n > 1 ? `${above} zones sur ${all} atteignent` : one;
      return `${share} du temps on pouvait compter sur les deux\u202f; ${reach} 90\u00a0%.`;
    },
    leadOne: (share, isReached) =>
      `${share} du temps on pouvait compter sur les deux\u00a0: l’objectif de 90\u00a0% est ${isReached ? 'atteint' : 'manqué'}.`,
    target: '90\u00a0%',
    definition:
      'Temps avec au moins 2 vélos et au moins 2 bornes libres, rapporté au temps en service où les deux sont connus\u202f; pondéré par le temps. 90\u00a0% est l’objectif du contrat de service de ValleyBike (2021).',
  },
  movements: {
    title: 'Départs selon l’heure',
    line: 'Vélos qui quittent les stations, par heure observée\u00a0: une borne inférieure',
    lead: (day, from, to, count) =>
      `${day}\u00a0: la plupart partent de ${from} à ${to}, au moins ${count} par heure observée.`,
    tooLittle:
      'Aucune heure n’a été observée à moitié\u00a0: c’est trop peu pour dire quand les vélos partent.',
    definition:
      'Baisses du stock d’une station d’un relevé au suivant, 10 minutes après au plus, additionnées, par heure écoulée entre eux. Ce qui vient et repart entre deux relevés s’annule\u00a0: c’est une borne inférieure (Médard de Chardon et Caruso 2015)\u202f; les vélos déplacés en camion y sont. Une heure où aucun vélo de tout le réseau n’a bougé ne compte pas\u00a0: les données étaient figées. Une heure est tracée si elle a été observée au moins à moitié les jours dont elle vient\u202f; le tableau a aussi les autres.',
  },
  imbalance: {
    title: 'Sources et puits',
    line: {
      morning:
        'Arrivées moins départs sur tous les mouvements, 7\u00a0h–10\u00a0h\u00a0: à gauche se vide, à droite se remplit',
      evening:
        'Arrivées moins départs sur tous les mouvements, 17\u00a0h–20\u00a0h\u00a0: à gauche se vide, à droite se remplit',
    },
    when: 'Moment de la journée',
    whens: { morning: 'Matin', evening: 'Soir' },
    lead: (time, source, sink, isOne) => {
      const most = isOne ? '' : ' le plus';
      const drains = source === null ? [] : [`${source} se vide${most}`];
      const fills = sink === null ? [] : [`${sink} se remplit${most}`];
      const moves = [...drains, ...fills].join(' et ') || 'il vient autant de vélos qu’il en part';
      return `${time === 'morning' ? 'Le matin' : 'Le soir'}, ${moves}.`;
    },
    tooFew: 'Il y a eu moins de 20 mouvements\u00a0: trop peu pour le dire.',
    definition:
      '(arrivées − départs) ÷ (arrivées + départs), de −100\u00a0% (une source\u00a0: les vélos ne font que partir) à 100\u00a0% (un puits). Les mouvements sont des bornes inférieures, camions compris. Les zones de moins de 20 mouvements ne sont que dans le tableau.',
  },
  ebikes: {
    title: 'Part électrique par zone et heure',
    line: 'Part des vélos en station qui sont électriques, selon l’heure de la journée\u202f; l’objectif de la flotte est de 40\u00a0%',
    lead: (share, most, least) =>
      `${share} des vélos en station sont électriques\u00a0: le plus à ${most}, le moins à ${least}.`,
    leadOne: (share) => `${share} des vélos en station sont électriques.`,
    definition:
      'Vélos électriques rapportés aux électriques et mécaniques en station, pondérés par le temps.',
  },
  ranks: {
    title: 'Les pires et les meilleures stations',
    line: 'Selon la part du temps avec au moins 2 vélos et 2 bornes libres',
    lead: {
      worst: (name, share) => `La moins utilisable est ${name}\u00a0: ${share} du temps.`,
      best: (name, share) => `La plus utilisable est ${name}\u00a0: ${share} du temps.`,
    },
    worst: 'Les pires',
    best: 'Les meilleures',
    empties: (share) => `vide ${share}`,
    fulls: (share) => `pleine ${share}`,
    definition:
      'Le niveau de service de chaque station qui a été en service au moins la moitié du temps observé. À égalité, celle que plus de vélos quittent est la meilleure.',
  },
  rebalancing: {
    title: 'Régulation',
    line: 'Vélos apportés ou retirés en nombre, par zone et selon l’heure',
    lead: (brought, taken, hour) =>
      `Au moins ${brought} vélos apportés, ${taken} retirés, surtout à ${hour}.`,
    none: 'Aucun vélo apporté ni retiré en nombre.',
    definition:
      'Variations du stock d’une station d’au moins 8 en 5 minutes, celles d’un même sens réunies\u00a0: les usagers n’en font presque jamais autant (99,9\u00a0% des variations en 5 minutes sont d’au plus 5). Il y faut des relevés espacés de quelques minutes au plus. Quand le portail est resté figé plus de 10 minutes, ce qui a bougé entre-temps arrive d’un coup et ne compte pas.',
  },
  stuck: {
    title: 'Vélos bloqués',
    line: 'Stations fréquentées dont le stock revient toujours au même 1 ou 2 vélos, trois jours de suite',
    lead: (n, count) =>
      n === 0
        ? 'Aucune station ne semble bloquée.'
        : n === 1
          ? '1 station semble garder des vélos que personne ne peut prendre.'
          : `${count} stations semblent garder des vélos que personne ne peut prendre.`,
    needs: 'Il faut trois jours de suite pour le dire.',
    bikes: (n, count) => (n === 1 ? '1 vélo' : `${count} vélos`),
    days: (count) => `${count} jours de suite`,
    definition:
      'Au moins 10 vélos partent dans la journée, aucune heure n’a un stock moyen en dessous de 1 ou 2, et le stock reste exactement à ce nombre pendant une heure entière\u202f; trois jours de suite au même nombre. Est indiquée la plus longue de ces suites de jours.',
  },
  out: {
    title: 'Hors service',
    line: 'Stations fermées ou muettes depuis un jour, et bornes hors service des autres',
    lead: (stations, docks) =>
      `En moyenne ${docks === null ? stations : `${stations} et ${docks}`} étaient hors service.`,
    some: {
      stations: (n, count) => few(n, count, 'station'),
      docks: (n, count) => few(n, count, 'borne'),
    },
    stations: 'stations',
    docks: 'bornes',
    definition:
      'Stations dont un indicateur dit NON, sans bornes, ou dont le dernier rapport a plus de 24 heures. Bornes\u00a0: capacité − vélos − bornes libres, si positif, des stations en service\u202f; ce qui ne dit pas la capacité est laissé de côté.',
  },
  chart: (title, lead) => `${title}. ${lead}`,
};
