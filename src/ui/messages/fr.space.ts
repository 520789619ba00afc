import type { space as english } from './en.space.ts';

/** Sentences about room for the lake in French. */
export const space: typeof english = {
  title: 'Place',
  reading: 'Mesure…',
  used: (bytes, free) => `${bytes} dans le lac, environ ${free} libres`,
  usedOnly: (bytes) => `${bytes} dans le lac`,
  bar: (parts) => `Ce qui prend de la place\u00a0: ${parts}`,
  part: (name, bytes) => `${name} ${bytes}`,
  other: (bytes) => `En plus du lac, la page et ce que le navigateur garde avec elle prennent ${bytes}.`,
  free: 'libre',
  unknown: 'Ce navigateur ne dit pas combien de place il y a.',
  refused: (free) =>
    `Le navigateur estime à environ ${free} la place libre, et pourtant il a refusé d’écrire.`,
  soon: 'Après la première heure, une prévision sera ici.',
  full: (when) => `À ce rythme, plein dans environ ${when}.`,
  never: 'À ce rythme, il y a de la place pour bien des années.',
  paused: 'Rien n’a été relevé ces derniers jours, rien ne se remplit donc.',
  pace: (bytes, hours) => `${bytes} par heure relevée après compactage, ${hours} ces derniers temps.`,
  hours: (n, count) =>
    n === 0
      ? 'aucune'
      : n < 0.5
        ? 'moins d’une heure par jour'
        : n < 1.5
          ? 'une heure par jour'
          : `${count} heures par jour`,
  goes: (bytes, days) =>
    `Dont ${bytes} de Bronze, qui part après ${days} jours\u00a0: dès lors, seul le reste s’accumule.`,
  always: (when) => `En relevant jour et nuit, environ ${when}.`,
  moreThan: 'plus de dix ans',
  days: (n, count) => (n < 2 ? 'un jour' : `${count} jours`),
  months: (n, count) => (n < 2 ? 'un mois' : `${count} mois`),
  years: (n, count) => (n < 2 ? 'un an' : `${count} ans`),
  keep: {
    title: 'Le navigateur le gardera-t-il\u202f?',
    yes: 'Oui. Il garde ce lac jusqu’à ce que vous le supprimiez, ou effaciez les données de ce site.',
    no: 'Pas à coup sûr\u00a0: quand le disque se remplit, il peut effacer des sites sans demander.',
    refused:
      'Il a dit non cette fois. Les navigateurs l’accordent aux sites installés, mis en favori ou souvent visités\u00a0: réessayez plus tard.',
    memory: 'Non\u00a0: ce navigateur ne donne aucun stockage à la page, le lac part avec l’onglet.',
    unknown: 'On ne peut pas le demander à ce navigateur.',
    ask: 'Lui demander de garder le lac',
    safari:
      'Safari efface ce qu’un site a stocké après sept jours d’utilisation sans visite. Ajoutez Vélolac au Dock ou à l’écran d’accueil, et il ne le fait pas\u202f; ou passez une fois par semaine.',
    elsewhere:
      'Dans Safari, ce qu’un site a stocké est effacé après sept jours d’utilisation sans visite, sauf s’il est ajouté au Dock ou à l’écran d’accueil.',
  },
  retention: {
    title: 'Le Bronze ancien',
    line: 'Le Bronze est ce que le portail a envoyé, et presque tout ce qui prend de la place. L’Argent, les mêmes lignes contrôlées et typées, répond sans lui.',
    choose: 'Effacer le Bronze après',
    never: 'jamais',
    after: (days) => `${days} jours`,
    confirm: (days) => `Effacer le Bronze de plus de ${days} jours\u202f?`,
    confirmNow: (count, bytes) =>
      `${count} maintenant, environ ${bytes}, puis chaque jour quand il atteint cet âge.`,
    confirmNone: 'Rien n’est encore si ancien\u00a0: chaque jour partira quand il atteindra cet âge.',
    confirmLine:
      'Les jours sans Bronze répondent comme avant, mais ne peuvent plus être refaits\u00a0: ni avec une meilleure correspondance, ni si leur Argent est endommagé. Les fichiers importés restent.',
    drop: 'L’effacer',
    on: (days) =>
      `Un jour part quand il a ${days} jours et que son Argent, relu, contient bien toutes ses lignes.`,
    off: 'Tout le Bronze est gardé.',
    saved: 'Le Bronze est gardé comme vous l’avez choisi.',
    without: (n, count) =>
      n < 2
        ? `${count} jour n’a plus de Bronze\u00a0: il est laissé tel quel quand tout est refait.`
        : `${count} jours n’ont plus de Bronze\u00a0: ils sont laissés tels quels quand tout est refait.`,
    unverified: (n, count) =>
      n < 2
        ? `${count} jour a l’âge et a été gardé\u00a0: son Argent n’a pas toutes les lignes de son Bronze.`
        : `${count} jours ont l’âge et ont été gardés\u00a0: leur Argent n’a pas toutes les lignes de leur Bronze.`,
    reader: 'Un autre onglet enregistre, et un seul peut écrire. Choisissez là-bas.',
  },
};
