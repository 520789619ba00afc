import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface SiteOptions {
  /** Folder to serve. */
  readonly folder: string;
  /** Path under which it is served, with a slash at both ends; `/` unless told. */
  readonly base?: string;
  /** Port to listen on; any free one unless told. */
  readonly port?: number;
  /** Whether pages of other origins may read it; false unless told. */
  readonly cors?: boolean;
}

/** One request that a site answered. */
export interface SiteRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A folder served as any static host would serve it: no rewriting, no compression, no caching. */
export class Site {
  readonly requests: SiteRequest[] = [];
  private folder: string;
  private readonly base: string;
  private readonly cors: boolean;
  private port: number;
  private server = this.create();

  private constructor(options: SiteOptions) {
    this.folder = resolve(options.folder);
    this.base = options.base ?? '/';
    this.cors = options.cors ?? false;
    this.port = options.port ?? 0;
  }

  /** Starts to serve; rejects with `EADDRINUSE` where the port is taken. */
  static async start(options: SiteOptions): Promise<Site> {
    const site = new Site(options);
    await site.listen();
    return site;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Address of the page, with a slash at the end. */
  get address(): string {
    return this.origin + this.base;
  }

  /** Stops to answer, as a host that went away. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Serves another folder from now on: the next build of the same page. */
  serve(folder: string): void {
    this.folder = resolve(folder);
  }

  /** Answers again, at the same address. */
  async restart(): Promise<void> {
    this.server = this.create();
    await this.listen();
  }

  private create() {
    return createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  private async listen(): Promise<void> {
    await new Promise<void>((done, failed) => {
      this.server.once('error', failed);
      this.server.listen(this.port, '127.0.0.1', done);
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const path = new URL(request.url ?? '/', this.origin).pathname;
    const file = method === 'GET' || method === 'HEAD' ? await this.find(path) : null;
    const status = file ? 200 : method === 'GET' || method === 'HEAD' ? 404 : 405;
    this.requests.push({ method, path, status });
    response.writeHead(status, {
      'Content-Type': file ? (types[extname(file.path)] ?? 'application/octet-stream') : 'text/plain',
      'Cache-Control': 'no-cache',
      ...(file && { 'Content-Length': file.bytes }),
      ...(this.cors && { 'Access-Control-Allow-Origin': '*' }),
    });
    if (file && method === 'GET') createReadStream(file.path).pipe(response);
    else response.end();
  }

  /** The file behind a path; null where there is none, or where it lies outside the folder. */
  private async find(path: string): Promise<{ path: string; bytes: number } | null> {
    if (!path.startsWith(this.base)) return null;
    const name = decoded(path.slice(this.base.length));
    if (name === null) return null;
    const target = join(
      this.folder,
      normalize(name === '' || name.endsWith('/') ? `${name}index.html` : name),
    );
    if (!target.startsWith(this.folder + sep)) return null;
    const found = await stat(target).catch(() => null);
    return found?.isFile() ? { path: target, bytes: found.size } : null;
  }
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
