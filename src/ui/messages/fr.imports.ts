import type { imports as english } from './en.imports.ts';

/** Sentences of the import in French. */
export const imports: typeof english = {
  title: 'Importer',
  line: 'De vieux fichiers de tout schéma\u00a0: JSON, GeoJSON, GBFS, CSV, Parquet, en gzip ou dans un ZIP. Les originaux sont gardés tels quels.',
  drop: 'Déposez des fichiers ici, ou choisissez\u2060-\u2060les',
  fromAddress: 'ou depuis une adresse web',
  address: 'Adresse d’un fichier',
  fetch: 'Lire',
  fetching: 'Lecture…',
  addressLine:
    'Cela marche pour les hôtes qui se laissent lire par d’autres sites. Sinon, enregistrez le fichier et déposez-le ici.',
  notAddress: 'Ce n’est pas une adresse web.',
  reader: 'Un autre onglet enregistre, et un seul peut écrire\u00a0: importez là-bas, ou fermez-le.',
  sample: 'Vous regardez la journée fournie. L’import va dans votre propre lac, et la page y passe.',
  reading: (n, count) => (n < 2 ? 'Lecture d’un fichier…' : `Lecture de ${count} fichiers…`),
  chosen: (n, count, bytes) => (n < 2 ? `${count} fichier, ${bytes}` : `${count} fichiers, ${bytes}`),
  unreadable: (n, count) => (n < 2 ? 'L’un d’eux est illisible.' : `${count} d’entre eux sont illisibles.`),
  remove: (name) => `Ne pas importer ${name}`,
  clear: 'Vider la liste',
  tables: (n, count) => (n < 2 ? `${count} table à l’intérieur` : `${count} tables à l’intérieur`),
  tablesOf: (count, kind) => `${count} × ${kind}`,
  moreKinds: (n, count) => (n < 2 ? `et ${count} autre genre` : `et ${count} autres genres`),
  information: 'ce que sont les stations, sans compte',
  stations: (by) => `stations ${by}`,
  unmapped: (columns) =>
    `Rien n’y est connu comme ${columns}. C’est gardé en Bronze, et attend votre avis dans Santé.`,
  series: (time, basis) => `Plusieurs relevés, à partir du ${time}, ${basis}`,
  single: (time, basis) => `Pris le ${time}, ${basis}`,
  untimed: 'Aucune heure connue',
  taken: (name) => `Heure de Paris de ${name}`,
  takenLabel: 'Pris à (heure de Paris)',
  reset: 'Comme le dit le fichier',
  invalid: 'Ce n’est pas une heure.',
  skipped: 'Les horloges ont sauté cette heure cette nuit-là.',
  future: 'Cette heure est encore à venir.',
  twice: 'Les horloges ont passé cette heure deux fois cette nuit-là\u00a0: c’est la première.',
  import: (n, count) => (n < 2 ? `Importer ${count} fichier` : `Importer ${count} fichiers`),
  importing: 'Import en cours…',
  done: (n, count, accepted, rows) => {
    const files = n < 2 ? `${count} fichier importé` : `${count} fichiers importés`;
    return accepted < 2 ? `${files}\u00a0: ${rows} acceptée.` : `${files}\u00a0: ${rows} acceptées.`;
  },
  stopped: 'Arrêté. Ce qui était importé jusque-là est dans le lac.',
  results: 'Ce qu’il en est',
  history: 'Tous les imports',
  historyLine: 'Les plus récents d’abord.',
  none: 'Aucun fichier importé pour l’instant.',
  outcomes: {
    added: 'dans le lac',
    known: 'déjà dans le lac',
    waiting: 'attend votre avis',
    partly: 'en partie dans le lac',
    refused: 'non importé',
    nothing: 'rien de nouveau',
  },
  table: 'Table',
  rows: 'Lignes',
  at: (moment) => `importé le ${moment}`,
  accepted: 'acceptées',
  quarantined: 'en quarantaine',
  rejected: 'rejetées',
  discarded: 'valeurs écartées',
  why: 'Pourquoi des lignes sont rejetées',
  discards: 'Valeurs qui ne sont pas fiables, par colonne',
  known: (n, count) =>
    n < 2 ? `${count} relevé était déjà dans le lac` : `${count} relevés étaient déjà dans le lac`,
  garbled: (n, count) =>
    n < 2
      ? `${count} nom avait perdu des lettres avant d’arriver\u202f; il est gardé tel quel.`
      : `${count} noms avaient perdu des lettres avant d’arriver\u202f; ils sont gardés tels quels.`,
  toHealth: 'Donner votre avis dans Santé',
  knownLine: 'Le même fichier a déjà été importé\u00a0: rien n’est ajouté.',
  corrects: (time, basis) =>
    `Il était déjà dans le lac, relevé le ${time}, ${basis}. Cette heure est corrigée.`,
};
