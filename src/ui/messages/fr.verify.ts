import type { verify as english } from './en.verify.ts';

/** Les phrases sur la vérification du lac en français. */
export const verify: typeof english = {
  title: 'Vérifier le lac',
  line: 'Relit chaque fichier et le journal avec leurs sommes de contrôle. L’Argent et l’Or endommagés sont refaits depuis le Bronze\u202f; le Bronze endommagé est mis de côté et listé, jamais perdu en silence.',
  start: 'Vérifier maintenant',
  idle: 'Pas pendant cette visite',
  well: 'Tout est comme écrit',
  damaged: (n, files) => (n < 2 ? `${files} endommagé` : `${files} endommagés`),
  reader: 'Un autre onglet enregistre, et un seul peut écrire\u00a0: vérifiez là-bas, ou fermez-le.',
  stopped: 'Arrêté. Ce qui n’a pas été relu n’est pas vérifié.',
  sound: (files, bytes, at) => `Vérifié ${at}\u00a0: ${files}, ${bytes}, tout est comme écrit.`,
  found: (files, bytes, at, damaged) => `Vérifié ${at}\u00a0: ${files}, ${bytes}. ${damaged}.`,
  strays: (n, count) =>
    n === 1
      ? '1 fichier n’appartient à rien\u202f; le prochain onglet qui enregistre s’en occupe.'
      : `${count} fichiers n’appartiennent à rien\u202f; le prochain onglet qui enregistre s’en occupe.`,
  known: (n, count) =>
    n === 1 ? '1 fichier a déjà été trouvé endommagé.' : `${count} fichiers ont déjà été trouvés endommagés.`,
  lost: (n, count) => (n === 1 ? '1 relevé est perdu.' : `${count} relevés sont perdus.`),
  list: 'Fichiers endommagés',
  file: 'Fichier',
  problem: 'Ce qui a été trouvé',
  done: 'Ce qui a été fait',
  problems: {
    missing: 'absent',
    size: 'une autre longueur',
    content: 'un autre contenu',
    journal: 'des lignes illisibles',
  },
  outcomes: {
    rebuilt: 'refait',
    partly: 'refait, sauf ce qui est perdu',
    dropped: 'enlevé, il se refait de lui-même',
    set_aside: 'mis de côté dans damaged/',
    noted: 'noté\u00a0: ce qu’il disait est connu',
    lost: 'perdu',
  },
};
