import type { alerts as english } from './en.alerts.ts';

/** Sentences of the alerts in French. */
export const alerts: typeof english = {
  title: 'Alertes',
  when: 'Me prévenir s’il reste moins de',
  limit: 'Combien',
  what: 'De quoi',
  wares: {
    bikes: 'vélos',
    ebikes: 'vélos électriques',
    mechanical: 'vélos mécaniques',
    docks: 'bornes libres',
  },
  ask: 'M’alerter',
  line: 'Vérifié à chaque relevé, tant que cette page est ouverte\u202f; dit une fois, quand cela devient vrai.',
  paused: (every, once) =>
    `«\u202f${every}\u202f» est désactivé\u00a0: les alertes ne sont vérifiées que lorsque vous appuyez sur «\u202f${once}\u202f».`,
  already: 'C’est le cas maintenant\u00a0: vous serez prévenu la prochaine fois.',
  all: 'Alertes de cette station',
  others: (n, count) => (n < 2 ? '1 alerte d’une autre station' : `${count} alertes d’autres stations`),
  fewer: {
    bikes: (n) => `moins de ${n} vélos`,
    ebikes: (n) => `moins de ${n} vélos électriques`,
    mechanical: (n) => `moins de ${n} vélos mécaniques`,
    docks: (n) => `moins de ${n} bornes libres`,
  },
  told: {
    bikes: (n, count) => (n === 0 ? 'Plus de vélo.' : n === 1 ? 'Reste 1 vélo.' : `Restent ${count} vélos.`),
    ebikes: (n, count) =>
      n === 0
        ? 'Plus de vélo électrique.'
        : n === 1
          ? 'Reste 1 vélo électrique.'
          : `Restent ${count} vélos électriques.`,
    mechanical: (n, count) =>
      n === 0
        ? 'Plus de vélo mécanique.'
        : n === 1
          ? 'Reste 1 vélo mécanique.'
          : `Restent ${count} vélos mécaniques.`,
    docks: (n, count) =>
      n === 0 ? 'Plus de borne libre.' : n === 1 ? 'Reste 1 borne libre.' : `Restent ${count} bornes libres.`,
  },
  set: (name, fewer) => `Vous serez prévenu\u00a0: ${name}, ${fewer}.`,
  remove: (name, fewer) => `Supprimer l’alerte\u00a0: ${name}, ${fewer}`,
  removed: 'Alerte supprimée.',
  refused:
    'Votre navigateur ne laisse pas cette page montrer de notifications\u00a0: les alertes n’apparaissent que dans la page. Pour les voir ailleurs aussi, autorisez les notifications dans ses réglages pour ce site.',
  unasked:
    'Les alertes n’apparaissent que dans la page. Pour les voir ailleurs aussi, appuyez sur «\u202fM’alerter\u202f» et autorisez les notifications.',
  unsupported:
    'Ce navigateur n’a pas de notifications pour les pages\u00a0: les alertes n’apparaissent que dans la page.',
  close: 'Fermer l’alerte',
};
