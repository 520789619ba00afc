import type { health as english } from './en.health.ts';

/** Sentences of the Health view in French. */
export const health: typeof english = {
  well: 'Aucun schéma n’attend votre avis.',
  waiting: (n, count) =>
    n < 2 ? `${count} schéma attend votre avis.` : `${count} schémas attendent votre avis.`,
  reading: 'Lecture de ce qui est arrivé…',
  drift: {
    title: 'Dérives qui attendent votre avis',
    quiet: 'Dérives',
    none: 'Aucune colonne ne manque. Quand la source en renomme une, elle apparaît ici avec son nouveau nom probable, et ses relevés attendent en Bronze jusqu’à votre accord.',
    waits: (n, count) => (n < 2 ? `${count} relevé attend` : `${count} relevés attendent`),
    rowsWait: (n, count) => (n < 2 ? `${count} ligne attend` : `${count} lignes attendent`),
    goesOn: 'les relevés continuent',
    quarantined: (columns) =>
      `Rien de ce qui est arrivé n’est connu comme ${columns}, et les réponses en ont besoin. Tout est gardé en Bronze\u202f; rien n’est perdu.`,
    optional: (columns) =>
      `Rien de ce qui est arrivé n’est connu comme ${columns}. Les relevés continuent sans, et les réponses le laissent vide.`,
    contradicted: (name) => `«\u202f${name}\u202f» contient maintenant autre chose.`,
    required: 'nécessaire',
    nothing: 'Aucune d’elles',
    choose: 'Choisissez',
    candidate: (name, confidence) => `${name} (${confidence})`,
    columnFor: (column) => `Nouveau nom de «\u202f${column}\u202f»`,
    confidence: (share) => `sûr à ${share}`,
    noCandidate:
      'D’après les valeurs, aucune colonne n’est probable. Choisissez-en une si vous la connaissez.',
    others: 'Ses autres colonnes',
    sums: 'Sommes de deux d’entre elles',
    ambiguous: (columns) =>
      `${columns}\u00a0: aucune valeur ne les distingue, car elles sont égales à chaque ligne. Seul leur nom donne un indice\u00a0: ce n’est donc jamais appliqué tout seul.`,
    reasons: {
      name: 'noms proches',
      type: 'même genre de valeurs',
      range: 'valeurs du même ordre',
      agreement: (share) => `même valeur dans ${share} des stations`,
      sum: 'les sommes tombent juste',
    },
    before: 'Avant',
    after: 'Maintenant',
    beforeLine: 'le dernier bon relevé',
    afterLine: 'les mêmes stations dans ce qui est arrivé',
    afterFirst:
      'les premières lignes de ce qui est arrivé\u202f; aucune colonne ne dit quelles stations ce sont',
    noBefore: 'Aucun bon relevé à comparer pour l’instant.',
    accept: 'Utiliser cette correspondance',
    accepting: 'Relecture…',
    acceptLine: (n, count) =>
      n < 2
        ? 'Le relevé en attente est relu avec elle, et les relevés continuent.'
        : `Les ${count} relevés en attente sont relus avec elle, et les relevés continuent.`,
    acceptRows: 'Ce qui attend est relu avec elle.',
    acceptOptional: 'La colonne est de nouveau lue, y compris dans ce qui est arrivé entre-temps.',
    incomplete:
      'Choisissez une colonne pour chacune qui est nécessaire\u202f; d’ici là tout reste en Bronze.',
    twice: (name) => `«\u202f${name}\u202f» est choisie deux fois.`,
    accepted: 'La correspondance est en service.',
    reader: 'Un autre onglet enregistre, et un seul peut écrire. Donnez votre avis là-bas.',
    automatic: (share) => `Appliquer tout seul une proposition sûre (dès ${share})`,
    automaticLine:
      'Ce qui a été fait est listé plus bas. Des colonnes qu’aucune valeur ne distingue attendent toujours votre avis.',
  },
  schemas: {
    title: 'Schémas',
    line: 'Chaque en-tête avec lequel un relevé est arrivé, et quand.',
    none: 'Aucun schéma pour l’instant\u00a0: le premier relevé en apporte un.',
    timeline: 'Quand chaque schéma a été vu',
    show: (name, when, held, by) => `${name}, ${when}, ${held}, ${by}`,
    columns: (n, count) => (n < 2 ? `${count} colonne` : `${count} colonnes`),
    origin: 'Origine',
    seen: 'Vu',
    mapped: 'Correspondance',
    fingerprint: 'Empreinte',
    changes: 'Par rapport au précédent',
    unchanged: 'Les mêmes colonnes dans un autre ordre.',
    first: 'Le premier.',
    added: 'Nouvelles',
    removed: 'Disparues',
    renamed: 'Renommées',
    retyped: 'Autre genre de valeurs',
    to: (from, to) => `${from} → ${to}`,
    mapping: 'Correspondance',
    ours: 'Dans le lac',
    theirs: 'Dans la source',
    unmapped: '–',
    discarded: 'Valeurs écartées',
    rejected: 'Lignes rejetées',
    clean: 'Aucune ligne rejetée, aucune valeur écartée.',
  },
  rejects: {
    title: 'Lignes qui ne sont pas fiables',
    line: 'Elles ne sont dans aucune réponse. Le Bronze les a telles qu’elles sont arrivées.',
    none: 'Aucune\u00a0: pas une ligne n’a dû être laissée de côté.',
    example: (moment, station) => `${moment}, station ${station}`,
    of: (n, count) => (n < 2 ? `${count} exemple` : `${count} exemples`),
  },
  imports: {
    title: 'Imports',
    line: (files, rows) => `${files}, ${rows} dans le lac`,
    latest: (name, moment) => `Le dernier\u00a0: ${name}, ${moment}.`,
    refused: (n, count) => (n < 2 ? `${count} a été refusé.` : `${count} ont été refusés.`),
    none: 'Aucun fichier importé. De vieux fichiers de tout schéma sont les bienvenus.',
    open: 'Importer dans le Lac',
  },
};
