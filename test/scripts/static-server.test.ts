import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFolder, type StaticServer } from '../../scripts/lib/static-server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stanzascope-'));
let server: StaticServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'web', 'index.html'), '<p>hello</p>');
  writeFileSync(join(folder, 'web', 'assets', 'a b.js'), 'export {}');
  server = await serveFolder(join(folder, 'web'), { prefix: '/deep/' });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Sends the path as it stands; fetch would tidy it up first. */
function get(path: string, method = 'GET'): Promise<{ status: number | undefined; type: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, method }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], body }));
    })
      .on('error', reject)
      .end();
  });
}

test('serves the page below its prefix, scripts as scripts', async () => {
  expect(await get('/deep/?x=1')).toEqual({ status: 200, type: 'text/html; charset=utf-8', body: '<p>hello</p>' });
  expect(await get('/deep/assets/a%20b.js')).toEqual({ status: 200, type: 'text/javascript; charset=utf-8', body: 'export {}' });
  expect(await get('/deep/', 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test.each([
  '/',
  '/deep',
  '/deep/assets',
  '/deep/../secret.txt',
  '/deep/%2e%2e/secret.txt',
  '/deep/..%2fsecret.txt',
  '/deep/%00',
  '/deep/%zz',
])('answers %s with 404', async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, body: 'Not found.' });
});

test('answers nothing but GET and HEAD', async () => {
  expect(await get('/deep/', 'POST')).toMatchObject({ status: 405 });
});
