import type { backup as english } from './en.backup.ts';

/** Les phrases sur les sauvegardes en français. */
export const backup: typeof english = {
  title: 'Sauvegarde',
  line: 'Tout le lac en un ZIP\u00a0: les fichiers tels qu’ils sont ici, le journal, les sommes de contrôle, la licence, et comment le lire avec DuckDB, pandas ou Spark.',
  download: 'Télécharger tout le lac',
  room: 'Jusqu’à son téléchargement, le ZIP prend encore autant de place dans ce navigateur.',
  saved: (name, size) => `${name} est écrit\u00a0: ${size}.`,
  handed: (name) => `${name} est parti dans les téléchargements du navigateur.`,
  copy: 'Sa copie dans ce navigateur part à la prochaine sauvegarde, ou à la prochaine ouverture de la page.',
  sweep: 'Enlever la copie',
  swept: 'La copie est enlevée.',
  stopped: 'Arrêté. Aucune sauvegarde n’a été écrite.',
  mirror: 'Miroir dans un dossier',
  mirrorLine:
    'Copie les fichiers du lac dans un dossier «\u202fvelolac\u202f» là où vous voulez, maintenant et après chaque changement tant qu’une page est ouverte. Ce qui s’y trouve d’autre reste tel quel.',
  inStep: (folder, at) => `«\u202f${folder}/velolac\u202f» avait tout le lac le ${at}.`,
  behind: (folder, files, bytes) => `Il manque à «\u202f${folder}/velolac\u202f»\u00a0: ${files}, ${bytes}.`,
  unread: (folder) => `Lecture de ce qui est dans «\u202f${folder}/velolac\u202f».`,
  left: (n, count) =>
    n === 1
      ? '1 fichier du lac n’est pas tel qu’il fut écrit, et n’a pas été copié\u00a0: vérifiez le lac.'
      : `${count} fichiers du lac ne sont pas tels qu’ils furent écrits, et n’ont pas été copiés\u00a0: vérifiez le lac.`,
  mirrorStands: 'Le miroir attend',
  goOn: 'Reprendre le miroir',
  endMirror: 'Arrêter le miroir',
  mirrorEnded: 'Le miroir est arrêté. Ce qui fut copié reste.',
  refused: 'Le navigateur ne laisse pas la page écrire là, comme on le lui a demandé.',
  restore: 'Restaurer une sauvegarde',
  restoreLine:
    'Ce qui manque ici revient d’un ZIP\u202f; ce qui est ici reste. Les lacs de deux enregistreurs peuvent être réunis. Vous pouvez aussi déposer le ZIP sur cette page.',
  reader:
    'Un autre onglet enregistre, et un seul peut écrire\u00a0: faites-y le miroir et la restauration, ou fermez-le.',
  interrupted:
    'Arrêté. Ce qui était restauré jusque-là est dans le lac\u202f; restaurez encore pour le reste.',
  isBackup: 'La sauvegarde d’un lac\u00a0: l’importer restaure ce qui manque ici.',
  report: (name) => `Ce qu’a donné ${name}`,
  done: (n, added) => (n < 2 ? `${added} restauré.` : `${added} restaurés.`),
  added: 'Relevés restaurés',
  known: 'Déjà ici',
  notTaken: 'N’ont pu être repris',
  imports: 'Fichiers importés restaurés',
  span: (from, to) => `Du ${from} au ${to}.`,
  nothing: 'Tout son contenu était déjà ici.',
  whole: 'Tous ses fichiers sont tels qu’ils furent écrits.',
  aside: 'Fichiers endommagés remis de côté',
  withAside: (n, count) =>
    n === 1
      ? '1 fichier endommagé, mis de côté, y est aussi, dans damaged/.'
      : `${count} fichiers endommagés, mis de côté, y sont aussi, dans damaged/.`,
  lostInBackup: (n, count) =>
    n === 1
      ? '1 fichier du lac n’est pas tel qu’il fut écrit. Le ZIP l’a tel qu’il est.'
      : `${count} fichiers du lac ne sont pas tels qu’ils furent écrits. Le ZIP les a tels qu’ils sont.`,
  lost: (n, count) => (n === 1 ? '1 fichier a été laissé' : `${count} fichiers ont été laissés`),
  reasons: {
    missing: 'manquant',
    damaged: 'endommagé',
    conflict: 'un autre relevé du même instant est ici',
  },
};
