import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { allowAnyone } from '../authenticate.ts';
import { describePage } from './describe-page.ts';
import type { Routes } from '../app-context.ts';

type Asset = { path: string; type: string; body: Uint8Array<ArrayBuffer>; zipped: Uint8Array<ArrayBuffer> };

/** A file that pages load. Its path holds a hash of what is in it, so that browsers may keep it for good. */
function asset(name: string, type: string, file: string): Asset {
  const body = new Uint8Array(readFileSync(fileURLToPath(new URL(file, import.meta.url))));
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return {
    path: `/assets/${hash}/${name}`,
    type,
    body,
    zipped: new Uint8Array(gzipSync(body, { level: 9 })),
  };
}

export const styleSheet = asset('hub.css', 'text/css; charset=utf-8', '../assets/hub.css');
export const script = asset(
  'govuk-frontend.js',
  'text/javascript; charset=utf-8',
  '../../../node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js',
);

export const ownScript = asset('hub.js', 'text/javascript; charset=utf-8', '../assets/hub.js');

/** `GET /assets/…`: single files by name; the packages' folders are never served. */
export const assets: Routes = (app) => {
  for (const { path, type, body, zipped } of [styleSheet, script, ownScript]) {
    describePage(app, 'get', path, 'anyone', 'What pages load');
    app.get(path, allowAnyone(), (c) => {
      const isZipped = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '');
      c.header('Content-Type', type);
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      c.header('Vary', 'Accept-Encoding');
      if (isZipped) c.header('Content-Encoding', 'gzip');
      return c.body(isZipped ? zipped : body);
    });
  }
};
