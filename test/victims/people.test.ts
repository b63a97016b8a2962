import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { personSchema } from '../../src/http/api/person-json.ts';
import { create, expectStatus, readCase, victim, witness } from '../journeys/stage.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';

type Person = z.input<typeof personSchema>;

let hub: WholeHub;
beforeAll(async () => {
  // A Friday.
  hub = await startWholeHub({ backend: 'postgres', now: '2026-06-05T09:30:00+01:00' });
});
afterAll(() => hub.close());

const receivedAt = '2026-06-05T09:00:00+01:00';
const senior = () => hub.as('sr-1');
async function patch(path: string, body: unknown) {
  const { headers } = await senior().get(path);
  return senior().patch<Person>(path, body, { ifMatch: headers.get('ETag') ?? '' });
}

test('all that keeps a person safe and heard is kept, given with the case or later', async () => {
  const safe = {
    note: 'Lives with the defendant’s brother',
    notBefore: '10:00',
    notAfter: '15:00',
    noVoicemail: true,
    doNotMessage: true,
    codeWord: 'marigold',
  };
  const mother = { name: 'Winnow Squibbleworth', contact: { phone: '07700 900418' } };
  const made = await create(senior(), {
    receivedAt,
    victims: [
      victim({
        dateOfBirth: '2012-01-01',
        safeContact: safe,
        language: 'Polish',
        interpreter: 'Polish, a woman',
        relation: 'complainant',
        representative: { ...mother, relation: 'parent', instead: true },
        refused: ['letter'],
      }),
    ],
  });
  const path = `/api/victims/${made.victims[0]?.id}`;
  const before = (await senior().get<Person>(path)).body;
  expect(before).toMatchObject({
    safeContact: safe,
    language: 'Polish',
    relation: 'complainant',
    representative: { relation: 'parent', instead: true },
    refused: ['letter'],
    agreed: [],
    entitlement: 'enhanced',
    entitlementBecause: ['under 18, until assessed'],
    support: null,
    cases: [{ caseUrn: made.urn, role: 'victim' }],
  });
  const changed = await patch(path, {
    support: { agency: 'Victim Support', consentToRefer: 'given', askedOn: '2026-06-05' },
    grounds: ['persistently-targeted'],
    enhancedRights: true,
    language: null,
  });
  expect(changed.status, changed.text).toBe(200);
  expect(changed.body).toMatchObject({
    support: { consentToRefer: 'given' },
    entitlementBecause: ['persistently targeted'],
    language: null,
    relation: 'complainant',
    version: 2,
  });
  const refused = await patch(path, { agreed: ['sms'], preferred: 'letter' });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({
    errors: [{ path: 'preferred' }, { path: 'agreed.0' }] as unknown,
  });
});

test('a ground of the Code gives enhanced rights by itself, and cannot stand beside their refusal', async () => {
  const made = await create(senior(), {
    receivedAt,
    victims: [victim({ grounds: ['most-serious-crime'] }), victim()],
  });
  const [given, later] = made.victims;
  expect(given).toMatchObject({
    enhancedRights: true,
    entitlement: 'enhanced',
    entitlementBecause: ['victim of the most serious crime'],
  });
  const due = (one: typeof made, id: string | undefined) =>
    one.deadlines.find(({ rule, subject }) => rule === 'vc-charge' && subject.personId === id)?.legalDue;
  expect([due(made, given?.id), due(made, later?.id)]).toEqual(['2026-06-08', '2026-06-12']);
  const path = `/api/victims/${later?.id}`;
  expect((await patch(path, { grounds: ['intimidated'] })).body).toMatchObject({ entitlement: 'enhanced' });
  expect(due(await readCase(senior(), made.urn), later?.id)).toBe('2026-06-08');
  expect((await patch(path, { relation: 'complainant' })).status).toBe(200);
  const contradiction = await patch(path, { enhancedRights: false });
  expect(contradiction.body).toMatchObject({ errors: [{ path: 'enhancedRights' }] as unknown });
  const assessed = {
    enhancedRights: false,
    grounds: [],
    needsAssessment: { on: '2026-06-05', note: 'Feels safe' },
  };
  expect((await patch(path, assessed)).body).toMatchObject({
    entitlement: 'standard',
    entitlementBecause: [],
  });
});

test('what is personal stays out of events, history and tasks', async () => {
  const made = await create(senior(), { receivedAt, victims: [victim()] });
  await patch(`/api/victims/${made.victims[0]?.id}`, {
    safeContact: { note: 'Wrackspurt', codeWord: 'Wrackspurt' },
    representative: {
      name: 'Wrackspurt',
      relation: 'carer',
      contact: { phone: '07700 900777' },
      instead: false,
    },
    relation: 'Wrackspurt',
    optOut: { on: '2026-06-05', why: 'Wrackspurt' },
  });
  const { db } = hub.hub;
  for (const table of ['case_events', 'history', 'tasks', 'alerts', 'contacts', 'deadlines']) {
    const rows = await db.execute(sql`select 1 from ${sql.identifier(table)} t where t::text ~ 'Wrackspurt'`);
    expect(rows.length, table).toBe(0);
  }
});

test('who asks to be told nothing is not, and what they preferred comes back when they want to hear again', async () => {
  const made = await create(senior(), { receivedAt, victims: [victim({ preferred: 'email' })] });
  const path = `/api/victims/${made.victims[0]?.id}`;
  const silent = await patch(path, { optOut: { on: '2026-06-04', why: 'wants to forget it' } });
  expect(silent.body).toMatchObject({ preferred: 'none', optOut: { on: '2026-06-04' } });
  expect((await readCase(senior(), made.urn)).contacts.map(({ state }) => state)).toEqual(['stopped']);
  const again = await patch(path, { optOut: null });
  expect(again.body).toMatchObject({ preferred: 'email', optOut: null });
  expect((await readCase(senior(), made.urn)).contacts.map(({ state }) => state)).toEqual(['owed']);
});

test('a reassessment of needs is a task a week before, which the new assessment completes', async () => {
  const made = await create(senior(), { receivedAt, victims: [victim()] });
  const path = `/api/victims/${made.victims[0]?.id}`;
  const assess = (on: string, reassessOn?: string) =>
    patch(path, { needsAssessment: { on, note: 'hard of hearing', reassessOn } });
  const tasks = async () =>
    (await readCase(senior(), made.urn)).tasks.filter(({ kind }) => kind === 'reassess-needs');
  await assess('2026-06-01', '2026-07-01');
  expect(await tasks()).toMatchObject([
    { state: 'deferred', deferredUntil: '2026-06-24T07:00:00.000Z', dueAt: '2026-07-01T22:59:59.999Z' },
  ]);
  await assess('2026-06-05', '2026-09-01');
  expect((await tasks()).map(({ state, outcome }) => `${state} ${outcome}`).sort()).toEqual([
    'deferred null',
    'done recorded',
  ]);
});

test('one human being in two cases is linked, and only who may see a case hears of it', async () => {
  const one = await create(hub.as('cw-1'), { receivedAt, victims: [victim()] });
  const other = await create(senior(), {
    receivedAt,
    restricted: true,
    visibleTo: ['sr-1'],
    witnesses: [witness()],
  });
  const [mine, theirs] = [one.victims[0]?.id ?? '', other.witnesses[0]?.id ?? ''];
  const link = (from: string, to: string, as = senior(), ifMatch = '*') =>
    as.put<Person>(`/api/people/${from}/same-person`, { person: to }, { ifMatch });
  expect((await link(mine, theirs, hub.as('cw-1'))).status).toBe(404);
  expect((await senior().put(`/api/people/${mine}/same-person`, { person: theirs })).status).toBe(428);
  expect((await link(mine, theirs, senior(), `"${mine}.v9"`)).status).toBe(412);
  const linked = await expectStatus(200, link(mine, theirs));
  expect(linked.cases?.map(({ caseUrn }) => caseUrn)).toEqual([one.urn, other.urn]);
  const seen = await hub.as('cw-1').get<Person>(`/api/victims/${mine}`);
  expect(seen.body.cases?.map(({ caseUrn }) => caseUrn)).toEqual([one.urn]);
  const alone = await senior().delete<Person>(`/api/people/${theirs}/same-person`, { ifMatch: '*' });
  expect(alone.body.cases?.map(({ caseUrn }) => caseUrn)).toEqual([other.urn]);
  const twice = await create(senior(), { receivedAt, victims: [victim(), victim()] });
  const [a, b] = twice.victims.map(({ id }) => id);
  await expectStatus(422, link(a ?? '', b ?? ''));
  expect(await hub.problems()).toEqual([]);
});
