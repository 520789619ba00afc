import type { Ware } from '../alerts/alert.ts';

/** Sentences of the alerts in English. Parameters arrive formatted. */
export const alerts = {
  title: 'Alerts',
  when: 'Tell me when there are fewer than',
  limit: 'How many',
  what: 'Of what',
  wares: {
    bikes: 'bikes',
    ebikes: 'e-bikes',
    mechanical: 'mechanical bikes',
    docks: 'free docks',
  } satisfies Record<Ware, string>,
  ask: 'Alert me',
  line: 'Looked at with every snapshot, while this page is open; told once, when it becomes true.',
  paused: (every: string, once: string) =>
    `“${every}” is off: alerts are looked at only when you press “${once}”.`,
  already: 'That is so now: you will be told the next time.',
  all: 'Alerts of this station',
  others: (n: number, count: string) =>
    n === 1 ? '1 alert of another station' : `${count} alerts of other stations`,
  fewer: {
    bikes: (n: string) => `fewer than ${n} bikes`,
    ebikes: (n: string) => `fewer than ${n} e-bikes`,
    mechanical: (n: string) => `fewer than ${n} mechanical bikes`,
    docks: (n: string) => `fewer than ${n} free docks`,
  } satisfies Record<Ware, (n: string) => string>,
  told: {
    bikes: (n: number, count: string) =>
      n === 0 ? 'No bike left.' : n === 1 ? '1 bike left.' : `${count} bikes left.`,
    ebikes: (n: number, count: string) =>
      n === 0 ? 'No e-bike left.' : n === 1 ? '1 e-bike left.' : `${count} e-bikes left.`,
    mechanical: (n: number, count: string) =>
      n === 0
        ? 'No mechanical bike left.'
        : n === 1
          ? '1 mechanical bike left.'
          : `${count} mechanical bikes left.`,
    docks: (n: number, count: string) =>
      n === 0 ? 'No free dock left.' : n === 1 ? '1 free dock left.' : `${count} free docks left.`,
  } satisfies Record<Ware, (n: number, count: string) => string>,
  set: (name: string, fewer: string) => `You will be told of ${fewer} at ${name}.`,
  remove: (name: string, fewer: string) => `Remove the alert: ${name}, ${fewer}`,
  removed: 'Alert removed.',
  refused:
    'Your browser does not let this page show notifications: alerts appear in the page alone. To see them elsewhere too, allow notifications in its settings of this site.',
  unasked:
    'Alerts appear in the page alone. To see them elsewhere too, press “Alert me” and allow notifications.',
  unsupported: 'This browser has no notifications for pages: alerts appear in the page alone.',
  close: 'Close the alert',
};
