/** `FAULTS=full` runs all there is; else as much of it as CI has time for, and that is what the README's figures are of. */
export const isFull = process.env['FAULTS'] === 'full';

/** How often, or how long, each case goes on. */
export const sizes = {
  /** Moments at which a renderer is killed. */
  kills: isFull ? 50 : 12,
  /** Moments at which a worker is ended. */
  workers: isFull ? 40 : 12,
  /** Cuts of a file's end between two visits. */
  cuts: isFull ? 30 : 8,
  /** Tabs that are open together: eight engines want the machine to themselves. */
  together: isFull ? [2, 3, 8] : [2, 3],
  /** What is done to tabs, for each number of tabs. */
  tabs: isFull ? 20 : 6,
  /** Attempts to record over a bad network. */
  ticks: isFull ? 500 : 100,
  /** Kinds of damage to each file. */
  damages: isFull ? 3 : 1,
  /** Simulated hours, a snapshot a minute. */
  hours: isFull ? 24 : 4,
};

// Workers inherit it, so that all of a run make the same choices.
process.env['FAULTS_SEED'] ??= isFull ? String(Date.now() % 1_000_000) : '1';
/** Of all random choices; another one in each run of `npm run soak`. */
export const seed = Number(process.env['FAULTS_SEED']);
