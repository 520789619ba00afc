import type { PaceStatus } from '../../pipeline/protocol.ts';

/** Sentences of the recorder's settings in English. Parameters arrive formatted. */
export const recorder = {
  title: 'Recorder',
  /** What is told of the pace beside the setting itself. */
  pace: {
    setting: (_: string, every: string) => `Snapshots are taken ${every}, on the clock.`,
    quota: (until: string, every: string) =>
      `Now ${every}, until ${until}: the portal’s quota would not last otherwise.`,
    save_data: (_: string, every: string) => `Now ${every}, to save data.`,
    back_off: (until: string) => `The last attempt failed. The next one is at ${until}.`,
    offline: () => 'You are offline: the next attempt comes with the connection.',
  } satisfies Record<PaceStatus['reason'], (until: string, every: string) => string>,
  spent: (until: string) => `The portal’s quota is used up. The next attempt is at ${until}.`,
  off: 'Recording is off.',
  every: (n: number, minutes: string) => (n === 1 ? 'every minute' : `every ${minutes} minutes`),
  recorded: (every: string) => `Recorded ${every}`,
  interval: 'Time between snapshots',
  minutes: (minutes: string) => `${minutes}\u00a0min`,
  data: (snapshot: string, day: string) => `${snapshot} a snapshot, ${day} a day at this pace`,
  about: (size: string) => `about ${size}`,
  unknown: 'What a snapshot takes of the connection is known after the first one.',
  sparse: (minutes: string, share: string) =>
    `A snapshot speaks for ${minutes} minutes at most: at this pace ${share} of the time counts as observed.`,
  metered: 'Same pace on metered data',
  meteredLine: 'Else every 15 minutes on a mobile connection, and where the device asks to save data.',
  awake: 'Keep the screen on while it records',
  awakeLine: 'A device that sleeps records nothing. Works while the page is in view.',
  refused: 'The browser does not allow it now, perhaps to save the battery.',
};
