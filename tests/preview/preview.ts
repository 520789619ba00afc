import { errorCodes, type ErrorDetails } from '../../src/errors.ts';
import { AppUpdate } from '../../src/offline/update.svelte.ts';
import { startPage } from '../../src/ui/start.ts';
import { fakeRecorder, type Scene } from './fake-recorder.ts';

const query = new URLSearchParams(location.search);
const code = errorCodes.find((name) => name === query.get('code')) ?? 'portal.quota';
const details: ErrorDetails = {
  host: 'opendata.paris.fr',
  ...(code === 'portal.quota' ? { until: new Date(Date.now() + 5 * 3_600_000).toISOString() } : {}),
};
const update = new AppUpdate(() => new Promise(() => undefined));
update.waiting = query.has('update');
startPage(
  fakeRecorder((query.get('state') ?? 'live') as Scene, code, details, Number(query.get('every') ?? 0)),
  update,
);
