import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Hosts that the browsers themselves ask for, whatever page they show. */
const browsersOwn = [
  'accounts.google.com',
  'clients2.google.com',
  'content-autofill.googleapis.com',
  'edgedl.me.gvt1.com',
  'optimizationguide-pa.googleapis.com',
  'redirector.gvt1.com',
  'update.googleapis.com',
  'firefox.settings.services.mozilla.com',
  'firefox-settings-attachments.cdn.mozilla.net',
];

/**
 * A proxy that lets nothing out and remembers who asked for what. A browser that is told to use it sends here
 * every request that leaves this machine: of pages, of workers of any depth, of service workers.
 */
export class Outside {
  /** Hosts that pages and workers asked for, in order, with repetitions. */
  readonly hosts: string[] = [];

  private readonly server = createServer((request, response) => {
    this.note(new URL(request.url ?? '/', 'http://unknown.invalid').hostname);
    response.writeHead(403).end();
  });

  private constructor() {
    this.server.on('connect', (request, socket: Duplex) => {
      this.note(new URL(`https://${request.url ?? 'unknown.invalid'}`).hostname);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  }

  static async start(): Promise<Outside> {
    const outside = new Outside();
    await new Promise<void>((done) => outside.server.listen(0, '127.0.0.1', done));
    return outside;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private note(host: string): void {
    if (!browsersOwn.includes(host)) this.hosts.push(host);
  }
}
