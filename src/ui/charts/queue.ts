type Job = () => void;

const waiting = new Map<object, Job>();
let running = false;

/**
 * Runs each job in a task of its own, in order, so that no redraw adds up to a long task. A newer job with
 * the same key takes the place of one that still waits.
 */
export function enqueue(key: object, job: Job): void {
  waiting.set(key, job);
  if (!running) void run();
}

/** Forgets the job that waits under a key. */
export function withdraw(key: object): void {
  waiting.delete(key);
}

async function run(): Promise<void> {
  running = true;
  for (let next = await take(); next !== undefined; next = await take()) {
    try {
      next();
    } catch (thrown) {
      reportError(thrown);
    }
  }
  running = false;
}

async function take(): Promise<Job | undefined> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const [first] = waiting;
  if (first === undefined) return undefined;
  waiting.delete(first[0]);
  return first[1];
}
