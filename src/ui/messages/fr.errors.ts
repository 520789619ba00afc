import type { ErrorSentences } from './en.errors.ts';

const portal = (host: string | undefined): string => host ?? 'Le portail';

const full = (resumes: boolean | undefined): string =>
  `Il n’y a plus de place dans ce navigateur, plus rien n’est donc relevé. Tout ce qui est ici reste lisible. Supprimez un jour dans Lac, laissez partir le vieux Bronze, ou libérez de la place sur le disque${resumes ? '\u00a0: les relevés reprennent d’eux-mêmes' : ''}.`;

/** One plain sentence for each way to fail: what happened, and what happens next. */
export const errors: ErrorSentences = {
  'portal.unreachable': ({ host, resumes }) =>
    `${portal(host)} est injoignable.${resumes ? ' Nouvel essai bientôt.' : ''}`,
  'portal.cors': ({ host }) => `${portal(host)} ne se laisse pas lire par les pages d’autres sites.`,
  'portal.timeout': ({ host, seconds }) =>
    `${portal(host)} a mis trop de temps à répondre${seconds === undefined ? '' : `\u00a0: il avait ${seconds} s`}.`,
  'portal.aborted': () => 'Le relevé a été arrêté avant la réponse du portail.',
  'portal.quota': ({ until, resumes }) =>
    until === undefined
      ? `Le quota du portail est épuisé.${resumes ? ' Les relevés attendent qu’il soit rendu.' : ''}`
      : `Le quota du portail est épuisé. ${resumes ? 'Les relevés reprendront' : 'Il sera rendu'}\u00a0: ${until}.`,
  'portal.busy': ({ until, resumes }) => {
    if (!resumes) return 'Le portail est occupé. Réessayez dans un moment.';
    return until === undefined
      ? 'Le portail est occupé. Nouvel essai dans un moment.'
      : `Le portail est occupé. Nouvel essai\u00a0: ${until}.`;
  },
  'portal.refused': ({ host, status }) =>
    `${portal(host)} a refusé la demande${status === undefined ? '' : ` (statut ${status})`}.`,
  'portal.server': ({ host, status, resumes }) =>
    `${portal(host)} est en panne${status === undefined ? '' : ` (statut ${status})`}.${resumes ? ' Nouvel essai bientôt.' : ''}`,
  'portal.html': () =>
    'Le portail a envoyé une page web au lieu de données. Elle est gardée telle quelle en Bronze.',
  'portal.not_json': () =>
    'Le portail a envoyé autre chose que du JSON. La réponse est gardée telle quelle en Bronze.',
  'portal.cut_json': ({ bytes }) =>
    `La réponse du portail a été coupée${bytes === undefined ? '' : ` après ${bytes}`}. Elle est gardée telle quelle en Bronze.`,
  'portal.not_records': () => 'Le portail a envoyé du JSON, mais pas de liste de stations.',
  'portal.empty': () => 'Le portail a envoyé une liste de stations vide.',
  'portal.too_large': ({ bytes, limit }) =>
    `La réponse du portail est trop grande${bytes === undefined ? '' : `\u00a0: ${bytes}`}${limit === undefined ? '' : ` (${limit} au plus)`}. Elle n’a pas été gardée.`,
  'portal.address': ({ host }) =>
    `${host === undefined ? 'Ce que donne l’adresse' : `«\u202f${host}\u202f»`} n’est pas l’adresse d’un portail.`,
  'import.empty': () => 'Le fichier est vide.',
  'import.no_rows': () => 'Le fichier a un en-tête, ou une liste, mais aucune ligne dedans.',
  'import.not_a_table': () =>
    'Le fichier ne contient pas de table de stations\u00a0: c’est une image, une page ou un autre texte.',
  'import.elsewhere': () =>
    'Ses stations ne sont ni à Paris ni autour. Le lac ne contient que Vélib’, rien n’en a donc été pris.',
  'import.not_json': () => 'Le fichier commence comme du JSON, mais n’est pas du JSON valide.',
  'import.cut': () => 'Le fichier s’arrête au milieu. Rien n’en a été pris, téléchargez-le à nouveau.',
  'import.too_wide': () =>
    'Le fichier a plus de colonnes que toute table de stations, il n’a donc pas été lu.',
  'import.long_line': ({ limit }) =>
    `Le fichier a une ligne${limit === undefined ? ' trop longue' : ` de plus de ${limit}`}, ou un guillemet jamais refermé, il n’a donc pas été lu.`,
  'import.too_deep': () => 'Le fichier a trop de niveaux imbriqués, il n’a donc pas été lu.',
  'import.too_large': ({ bytes, limit }) =>
    `Le fichier est trop grand pour être lu d’un coup${bytes === undefined ? '' : `\u00a0: ${bytes}`}${limit === undefined ? '' : ` (${limit} au plus)`}. Le CSV n’a pas cette limite.`,
  'import.bomb': () =>
    'L’archive se décompresse en bien plus que sa taille, elle n’a donc pas été décompressée.',
  'import.damaged': () =>
    'Le fichier est endommagé, coupé, ou protégé par un mot de passe. Rien n’en a été pris, téléchargez-le à nouveau.',
  'import.unreadable': () =>
    'Le navigateur ne peut plus lire le fichier\u00a0: il a peut-être été déplacé ou modifié. Choisissez-le à nouveau.',
  'import.aborted': () => 'L’import a été annulé.',
  'backup.cut': () => 'Cette sauvegarde est coupée avant tout contenu du lac. Rien n’a changé.',
  'backup.foreign': () => 'Ce ZIP n’est pas une sauvegarde d’un lac Vélolac. Rien n’a changé.',
  'backup.no_room': ({ bytes, limit }) =>
    `Le ZIP demande ${bytes ?? 'plus de place'} à côté du lac, et il reste ${limit ?? 'moins'} dans le navigateur. Rien n’a changé. Un navigateur qui enregistre directement sur le disque, comme Chrome ou Edge, n’a pas besoin de cette place.`,
  'mirror.taken': ({ path }) =>
    `«\u202f${path ?? 'Ce dossier'}\u202f» a un dossier «\u202fvelolac\u202f» que ce navigateur n’a pas créé. Rien n’a changé\u00a0: choisissez un autre dossier, ou déplacez celui-là.`,
  'mirror.permission': () =>
    'Le navigateur veut qu’on lui redemande avant que la page écrive dans le dossier du miroir\u00a0: appuyez sur «\u202fReprendre le miroir\u202f», dans Lac.',
  'mirror.gone': () =>
    'Le dossier du miroir n’est plus là\u00a0: il a été déplacé ou supprimé, ou son disque est débranché. Le lac dans ce navigateur est entier.',
  'mirror.no_room': () =>
    'Il n’y a plus de place sur le disque du miroir. Il reprend avec le relevé suivant dès qu’il y en a. Le lac dans ce navigateur est entier.',
  'silver.schema': ({ columns }) =>
    `Le portail n’envoie plus ${columns === undefined ? 'une colonne nécessaire' : `«\u202f${columns}\u202f»`}. Le relevé attend en Bronze, rien n’est perdu.`,
  'silver.contradicted': ({ columns }) =>
    `${columns === undefined ? 'Des noms du portail contiennent' : `«\u202f${columns.replaceAll(', ', '\u202f», «\u202f')}\u202f»\u00a0: le portail garde ces noms, mais ils contiennent`} maintenant les valeurs d’autres colonnes. Le relevé attend en Bronze\u202f; rien n’est perdu.`,
  'silver.mapping': ({ columns }) =>
    columns === undefined
      ? 'Plus rien n’attend cette correspondance.'
      : `Avec cette correspondance, rien n’est encore connu comme «\u202f${columns}\u202f». Ce qui est arrivé attend toujours en Bronze.`,
  'silver.partial': () =>
    'Le dernier relevé n’est pas entier\u00a0: trop peu de ses stations sont fiables. Il est conservé, et les réponses restent celles du précédent.',
  'lake.unavailable': () => 'Ce navigateur ne donne aucun stockage à la page.',
  'lake.quota': ({ resumes }) => full(resumes),
  'lake.short_write': ({ resumes }) => full(resumes),
  'lake.missing_file': ({ path }) =>
    `${path ?? 'Un fichier du lac'} manque\u00a0: le navigateur l’a peut-être effacé.`,
  'lake.no_snapshot': () => 'Il n’y a aucun relevé dans cette période.',
  'lake.not_writer': () => 'Un autre onglet enregistre, et un seul peut écrire.',
  'lake.verify': ({ path }) =>
    `${path ?? 'Un fichier'} ne s’est pas relu tel qu’il avait été écrit, il n’a donc pas été gardé.`,
  'lake.damaged': ({ path }) =>
    `${path ?? 'Un fichier du lac'} est endommagé. «\u202fVérifier le lac\u202f», dans Lac, le refait ou le met de côté.`,
  'lake.newer': () =>
    'Ce lac a été écrit par une version plus récente de cette page. Il reste intact\u00a0: rechargez la page pour la mettre à jour.',
  'lake.no_bronze': () =>
    'Le Bronze de ce jour a été effacé, il ne peut donc pas être refait. Son Argent est comme avant.',
  'engine.start': () => 'Le moteur de requêtes n’a pas démarré. Rechargez la page, le lac est intact.',
  'engine.died': () => 'Le moteur de requêtes s’est arrêté et a été relancé. Reposez la question.',
  'engine.timeout': () => 'La question prenait trop de temps et a été arrêtée.',
  'engine.aborted': () => 'La question a été annulée.',
  'engine.memory': () =>
    'Le moteur de requêtes a manqué de mémoire et a été relancé. Demandez une période plus courte.',
  'engine.trap': () => 'Le moteur de requêtes a échoué et a été relancé. Le lac est intact.',
  'engine.query': () => 'Le moteur de requêtes n’a pas su répondre à cette question.',
  'recorder.died': () => 'L’enregistreur s’est arrêté et il est relancé. Ce qui a été enregistré est gardé.',
  'sample.unreadable': () => 'L’enregistrement fourni ne se lit pas. Rechargez la page.',
  'sample.no_feed': () =>
    'Ceci est l’enregistrement d’un jour passé\u00a0: rien ne s’y ajoute. Passez au direct pour enregistrer.',
  unexpected: () => 'Quelque chose a échoué sans raison connue. Rechargez la page, les relevés sont intacts.',
};
