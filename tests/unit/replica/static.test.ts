import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Site } from '../../serve/static.ts';

let folder: string;
let site: Site;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  for (const name of ['index.html', 'a.wasm', 'a.webmanifest', 'a.bin', 'é b.js'])
    await writeFile(join(folder, 'dist', name), name);
  site = await Site.start({ folder: join(folder, 'dist'), base: '/some/sub/path/' });
});

afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true });
});

test.each([
  ['', 'text/html; charset=utf-8', 'index.html'],
  ['a.wasm', 'application/wasm', 'a.wasm'],
  ['a.webmanifest', 'application/manifest+json; charset=utf-8', 'a.webmanifest'],
  ['a.bin', 'application/octet-stream', 'a.bin'],
  ['é b.js', 'text/javascript; charset=utf-8', 'é b.js'],
])('“%s” is %s', async (path, type, body) => {
  const answer = await fetch(site.address + path);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.has('content-encoding')).toBe(false);
  expect(await answer.text()).toBe(body);
});

test('HEAD tells the length without the body', async () => {
  const answer = await fetch(`${site.address}a.wasm`, { method: 'HEAD' });
  expect(answer.headers.get('content-length')).toBe('6');
  expect(await answer.text()).toBe('');
});

test.each(['../secret.txt', '%2e%2e/secret.txt', '..%2fsecret.txt', '/secret.txt', '%zz'])(
  'nothing outside the folder: %s',
  async (path) => {
    const { port } = new URL(site.origin);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /some/sub/path/${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 404 /);
  },
);

test('a host that went away comes back at the same address', async () => {
  const { address } = site;
  await site.stop();
  await expect(fetch(address)).rejects.toThrow();
  await site.restart();
  expect((await fetch(address)).status).toBe(200);
});
