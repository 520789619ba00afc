import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { shiftTo, toExport, toPortalJson } from './body.ts';
import { datasetId, datasetMetadata } from './catalog.ts';
import { apiError, faultyAnswer, textAnswer, type Answer, type Script } from './faults.ts';
import { Quota } from './quota.ts';
import { loadRecording, type Poll, type PortalRecord } from './recording.ts';

export interface ReplicaOptions {
  /** What it answers, poll after poll; one day of the real series (or the fixture) unless told. */
  readonly polls?: readonly Poll[];
  /** Moves every `duedate` as if the poll were taken now; true unless told. */
  readonly shift?: boolean;
  /** Calls a day; 5 000 unless told. */
  readonly quota?: number;
  /** When the quota starts again, milliseconds since the epoch; the next midnight of UTC unless told. */
  readonly resetAt?: number;
  /** The replica's clock. */
  readonly now?: () => number;
  /** Whether `served` remembers the requests; true unless told: a long run keeps a record of its own. */
  readonly keep?: boolean;
  /** Told of each request once its connection is done with it; `whole` when all of the answer was sent. */
  readonly onServed?: (served: Served, whole: boolean) => void;
}

/** One request and what was answered to it. `body` is null where it was larger than 4 MB or never sent. */
export interface Served {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly fault: Script['fault'];
  readonly status: number | null;
  readonly bytes: number;
  readonly body: Buffer | null;
  /** The records before any fault, where the request was for them. */
  readonly records: readonly PortalRecord[];
  /** Which poll it was. */
  readonly poll: number;
}

const api = '/api/explore/v2.1/catalog/datasets';
const keptBody = 4 * 1024 * 1024;

/**
 * An HTTP server that behaves as the Paris portal's Explore API does, for one dataset. Each export answers the
 * next poll of a real recording and starts anew after the last; `next` and `always` script faults.
 */
export class Replica {
  /** Every request, in the order in which it was answered. */
  readonly served: Served[] = [];
  /** Index of the poll that the next export answers; may be set. */
  poll = 0;
  /** How many polls an export goes forward: 0 answers the same snapshot again and again. */
  step = 1;
  quota: Quota;

  private readonly scripts: Script[] = [];
  private standing: Script = { fault: 'none' };
  private readonly now: () => number;
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  private constructor(
    readonly polls: readonly Poll[],
    private readonly options: ReplicaOptions,
  ) {
    this.now = options.now ?? Date.now;
    this.quota = new Quota(options.quota ?? 5000, this.now, options.resetAt);
  }

  static async start(options: ReplicaOptions = {}): Promise<Replica> {
    const replica = new Replica(options.polls ?? (await loadRecording()), options);
    await new Promise<void>((done) => replica.server.listen(0, '127.0.0.1', done));
    return replica;
  }

  /** Base address, without a slash at the end: what `?portal=` takes. */
  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Exports and pages of records answered so far, faults included. */
  get snapshots(): readonly Served[] {
    return this.served.filter((served) => served.records.length > 0);
  }

  /** Scripts the next requests for records, one each, before anything `always` said. */
  next(...scripts: Script[]): void {
    this.scripts.push(...scripts);
  }

  /** Scripts every request for records from now on; `{ fault: 'none' }` ends it. */
  always(script: Script): void {
    this.standing = script;
  }

  /** Resolves once so many requests for records were answered. */
  async until(snapshots: number, timeout = 60_000): Promise<void> {
    const deadline = Date.now() + timeout;
    while (this.snapshots.length < snapshots) {
      if (Date.now() > deadline)
        throw new Error(`the replica answered ${this.snapshots.length} of ${snapshots} snapshots`);
      await sleep(20);
    }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    const { records, answer } = this.route(url);
    const script = records ? (this.scripts.shift() ?? this.standing) : ({ fault: 'none' } as const);
    const poll = this.poll;
    if (records && url.pathname.includes('/exports/'))
      this.poll = (this.poll + this.step) % this.polls.length;
    if (script.delay) await sleep(script.delay);

    const counted = this.quota.take();
    const sent =
      !counted || script.fault === 'quota'
        ? textAnswer(429, toPortalJson(this.quota.body()))
        : script.fault === 'none'
          ? answer
          : faultyAnswer(script, records ?? [], this.quota);
    const served: Served = {
      at: this.now(),
      method: request.method ?? '',
      path: url.pathname + url.search,
      fault: script.fault,
      status: sent?.status ?? null,
      bytes: sent?.body.length ?? 0,
      body: sent && sent.body.length <= keptBody ? sent.body : null,
      records: records ?? [],
      poll,
    };
    if (this.options.keep !== false) this.served.push(served);
    response.once('close', () => this.options.onServed?.(served, response.writableFinished));
    if (sent) this.send(response, sent, script.cors ?? true);
  }

  private route(url: URL): { records?: PortalRecord[]; answer: Answer } {
    const path = decodeURIComponent(url.pathname);
    if (!path.startsWith(`${api}/`)) return { answer: textAnswer(404, 'Not Found', 'text/html') };
    const [id, kind, format] = path.slice(api.length + 1).split('/');
    if (id !== datasetId)
      return { answer: apiError(404, 'UnknownDatasetError', `Unknown dataset: ${id ?? ''}`) };
    const records = this.current();
    if (kind === undefined)
      return { answer: textAnswer(200, toPortalJson(datasetMetadata(records.length, this.now()))) };
    if (kind === 'records') return { records, answer: page(records, url.searchParams) };
    if (kind === 'exports' && format === 'json')
      return { records, answer: textAnswer(200, toExport(records)) };
    return { answer: apiError(400, 'InvalidRESTParameterError', `Unknown export format: ${format ?? ''}`) };
  }

  private current(): PortalRecord[] {
    const poll = this.polls[this.poll];
    if (!poll) throw new Error(`there is no poll ${this.poll} in a recording of ${this.polls.length}`);
    return this.options.shift === false ? [...poll.records] : shiftTo(poll, this.now());
  }

  private send(response: ServerResponse, answer: Answer, cors: boolean): void {
    const quota = this.quota.headers();
    const headers = {
      'Content-Type': answer.type,
      'Content-Length': answer.body.length,
      'Cache-Control': 'no-store',
      ...quota,
      ...(cors && {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': Object.keys(quota).join(', '),
      }),
    };
    if (answer.breakAfter === undefined) {
      response.writeHead(answer.status, headers).end(answer.body);
      return;
    }
    const reset = () => response.socket?.resetAndDestroy();
    if (answer.breakAfter === 0) reset();
    else response.writeHead(answer.status, headers).write(answer.body.subarray(0, answer.breakAfter), reset);
  }
}

function page(records: readonly PortalRecord[], query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? 10);
  const offset = Number(query.get('offset') ?? 0);
  const invalid = (name: string, value: number, range: string) =>
    apiError(
      400,
      'InvalidRESTParameterError',
      `Invalid value for ${name} API parameter: ${value} was found but ${range} is expected.`,
    );
  if (!(limit >= -1 && limit <= 100)) return invalid('limit', limit, '-1 <= limit <= 100');
  if (!(offset >= 0 && offset + limit < 10_000))
    return invalid('offset', offset, '0 <= offset + limit < 10000');
  const size = limit === -1 ? 100 : limit;
  const results = records.slice(offset, offset + size);
  return textAnswer(200, toPortalJson({ total_count: records.length, results }));
}
