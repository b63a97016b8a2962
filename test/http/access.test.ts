import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAccess } from '../../src/http/access.ts';
import { newId } from '../../src/platform/ids.ts';
import { enterWhatWasRead } from '../../src/staff/record-access.ts';
import type { StaffRole } from '../../db/schema/people.ts';
import { accessOf, everyRole } from '../../src/http/authenticate.ts';
import type { Routes } from '../../src/http/app-context.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { noteRoutes } from './note-routes.ts';

const personOf: Record<StaffRole, string> = {
  caseworker: 'cw-1',
  senior: 'sr-1',
  administrator: 'admin-1',
  auditor: 'audit-1',
  feed: 'feed-1',
};

let wasCalled = false;
/** As somebody in a hurry might add a route: without a word on who may call it. */
const hastyRoutes: Routes = (app) => {
  app.get('/api/hasty', (c) => {
    wasCalled = true;
    return c.json({ secret: true });
  });
};

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ parts: () => ({ extra: [noteRoutes, hastyRoutes] }) });
});
afterAll(() => hub.close());

test('every route that is registered says who may call it', () => {
  const { app } = hub;
  const undeclared = app.routes
    .filter(({ method }) => method !== 'ALL')
    .filter(({ method, path }) => {
      const concrete = path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'x');
      return !app.router
        .match(method, concrete)[0]
        .some(([[, route]]) => accessOf(route.handler) !== undefined);
    })
    .map(({ method, path }) => `${method} ${path}`);
  expect(undeclared).toEqual(['GET /api/hasty']);
});

test('middleware for every path is the application’s own; whatever answers more than one path says who may call it', () => {
  const wide = hub.app.routes.filter(({ method, path }) => method === 'ALL' && path !== '/*');
  const declared = wide.filter(({ path }) =>
    wide.some((other) => other.path === path && accessOf(other.handler) !== undefined),
  );
  expect(declared).toEqual(wide);
});

test('a route that does not say who may call it cannot be called, by anyone', async () => {
  for (const who of Object.values(personOf)) expect((await hub.as(who).get('/api/hasty')).status).toBe(403);
  expect((await hub.anyone.get('/api/hasty')).status).toBe(403);
  expect(wasCalled).toBe(false);
});

type Document = { paths: Record<string, Record<string, { 'x-roles'?: string[] }>> };

test('each route is open to the roles that the OpenAPI document names, and closed to the others and to strangers', async () => {
  const { body } = await hub.anyone.get<Document>('/openapi.json');
  const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-roles': roles }]) => ({ path, method, roles })),
  );
  expect(routes.length).toBeGreaterThan(15);
  for (const { path, method, roles } of routes.filter((route) => route.roles !== undefined)) {
    if (path === '/demo/clock' && method === 'post') continue;
    const concrete = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
    const call = (as: string | null) =>
      (as === null ? hub.anyone : hub.as(as)).send(concrete, { method: method.toUpperCase() });
    const isOpen = roles?.includes('anyone') === true;
    const stranger = await call(null);
    // A page asks a stranger to sign in.
    const isShut =
      stranger.status === 401 ||
      (stranger.status === 303 && stranger.headers.get('Location')?.startsWith('/sign-in') === true);
    expect(isShut, `${method} ${path} without a token`).toBe(!isOpen);
    for (const role of everyRole) {
      const mayCall = isOpen || roles?.includes(role) === true;
      // A role that may call a route can still be refused one thing of it, such as another person's queue.
      const isRefused = (await call(personOf[role])).text.includes(`This is not for the role ${role}.`);
      expect(isRefused, `${method} ${path} as ${role}`).toBe(!mayCall);
    }
  }
});

test('an auditor is told in a problem, not in a page, that a case is not theirs to make', async () => {
  const reply = await hub.as('audit-1').post('/api/test-notes', { text: 'x' });
  expect(reply).toMatchObject({ status: 403, body: { detail: 'This is not for the role auditor.' } });
});

test('who looked at which case is kept, each case of an answer once', async () => {
  const cases = [crypto.randomUUID(), crypto.randomUUID()];
  await recordAccess(hub.hub.db, {
    staff: { id: 'cw-1' },
    caseId: [...cases, ...cases],
    action: 'read',
    route: '/api/cases',
    requestId: 'request-1',
  });
  await recordAccess(hub.hub.db, { staff: 'hub', caseId: [], action: 'read', route: '/x', requestId: 'r' });
  const rows = await hub.hub.db.execute<{ case_id: string; actor: string; action: string }>(
    sql`select case_id, actor, action from case_access`,
  );
  expect(rows.map((row) => [row.case_id, row.actor, row.action]).sort()).toEqual(
    cases.map((id) => [id, 'cw-1', 'read']).sort(),
  );
});

test('what a list showed is found by case before it is entered into the index and after, and is entered once', async () => {
  const { db } = hub.hub;
  const shown = [newId(), newId()];
  const shows = {
    staff: 'cw-1',
    caseId: shown,
    action: 'read',
    route: '/queue',
    requestId: 'request-2',
  } as const;
  const whoSaw = async () =>
    db.execute(sql`select actor from access_log where case_ids @> array[${shown[1]}::uuid]`);
  await enterWhatWasRead(db);
  await recordAccess(db, shows);
  expect(await whoSaw()).toHaveLength(1);
  expect(await enterWhatWasRead(db)).toBeGreaterThan(0);
  expect(await enterWhatWasRead(db)).toBe(0);
  expect(await whoSaw()).toHaveLength(1);
});
