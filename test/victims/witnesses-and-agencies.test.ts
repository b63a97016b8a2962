import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { create, expectStatus, readCase, record, victim, witness, type Contact } from '../journeys/stage.ts';

let hub: WholeHub;
beforeAll(async () => {
  // A Friday.
  hub = await startWholeHub({ backend: 'postgres', now: '2026-06-05T09:30:00+01:00' });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');
const receivedAt = '2026-06-05T09:00:00+01:00';
const patch = async (path: string, body: unknown) => {
  const { headers } = await senior().get(path);
  return expectStatus(200, senior().patch(path, body, { ifMatch: headers.get('ETag') ?? '' }));
};

test('a witness is called, warned, asked when they cannot come, told of special measures, and let go', async () => {
  const made = await create(senior(), { receivedAt, witnesses: [witness()] });
  const person = made.witnesses[0]?.id;
  type Care = Record<string, unknown>;
  const care = async () => {
    const path = `/api/cases/${made.urn}/witness-care`;
    return (await expectStatus(200, senior().get<{ items: Care[] }>(path))).items[0];
  };
  const tell = async (reason: string) => {
    const { contacts } = await readCase(senior(), made.urn);
    const owed = contacts.find((contact) => contact.reason === reason && contact.state === 'owed');
    const attempt = { channel: 'phone', result: 'reached' };
    return expectStatus(201, senior().post<Contact>(`/api/contacts/${owed?.id}/attempts`, attempt));
  };
  const deadlineOf = async (rule: string) =>
    (await readCase(senior(), made.urn)).deadlines.find((deadline) => deadline.rule === rule);
  expect(await care()).toMatchObject({ needed: 'not-said', warnedOn: null });

  await record(senior(), made.urn, { type: 'witness-required', on: '2026-06-05', person });
  expect(await deadlineOf('witness-availability')).toMatchObject({
    state: 'pending',
    legalDue: '2026-06-12',
  });
  await tell('give-evidence');
  await patch(`/api/witnesses/${person}`, { unavailable: [{ from: '2026-08-01', to: '2026-08-14' }] });
  expect(await deadlineOf('witness-availability')).toMatchObject({ state: 'met' });
  await record(senior(), made.urn, {
    type: 'special-measures-decided',
    on: '2026-06-05',
    data: { granted: true },
  });
  await tell('special-measures');
  expect(await care()).toMatchObject({
    needed: 'needed',
    neededSince: '2026-06-05',
    warnedOn: '2026-06-05',
    availabilityOn: '2026-06-05',
    unavailable: [{ from: '2026-08-01' }],
    specialMeasures: { decidedOn: '2026-06-05', granted: true, toldOn: '2026-06-05' },
    dewarnedOn: null,
  });

  await record(senior(), made.urn, { type: 'witness-not-required', on: '2026-06-05', person });
  expect(await deadlineOf('witness-dewarn')).toMatchObject({ state: 'pending', legalDue: '2026-06-08' });
  expect((await tell('not-needed')).draft).toMatch(/do not have to come/);
  expect(await care()).toMatchObject({ needed: 'not-needed', dewarnedOn: '2026-06-05' });
  expect(await hub.problems()).toEqual([]);
});

test('a person is referred to a support service only with consent, and its reply is asked for', async () => {
  type Agency = { id: string; name: string; etag: string };
  type Referral = { id: string; state: string; replies: unknown[] };
  const admin = hub.as('admin-1');
  const body = {
    name: 'Norfolk Lifeline',
    services: ['domestic abuse'],
    contact: { phone: '01632 960111', web: 'lifeline.example' },
  };
  await expectStatus(403, senior().post('/api/agencies', body));
  const agency = await expectStatus(201, admin.post<Agency>('/api/agencies', body));
  await expectStatus(409, admin.post('/api/agencies', body));
  await expectStatus(428, admin.put(`/api/agencies/${agency.id}`, body));
  const changed = await expectStatus(
    200,
    admin.put<Agency>(`/api/agencies/${agency.id}`, { ...body, area: 'Norfolk' }, { ifMatch: agency.etag }),
  );
  await expectStatus(412, admin.put(`/api/agencies/${agency.id}`, body, { ifMatch: agency.etag }));
  const found = await expectStatus(
    200,
    senior().get<{ items: Agency[] }>('/api/agencies?service=domestic%20abuse&active=true'),
  );
  expect(found.items).toEqual([changed]);

  const made = await create(senior(), { receivedAt, victims: [victim()] });
  const person = made.victims[0]?.id;
  const refer = (over: Record<string, unknown> = {}) =>
    senior().post<Referral>(`/api/people/${person}/referrals`, {
      agency: agency.id,
      why: 'asked for somebody to talk to',
      ...over,
    });
  await expectStatus(409, refer());
  await patch(`/api/victims/${person}`, { support: { consentToRefer: 'given', askedOn: '2026-06-05' } });
  await expectStatus(422, refer({ agency: person }));
  await expectStatus(422, refer({ consentOn: '2026-06-06' }));
  const referral = await expectStatus(201, refer());
  expect(referral).toMatchObject({ state: 'sent', consentOn: '2026-06-05', replies: [] });
  const after = await readCase(senior(), made.urn);
  expect(after.deadlines.find(({ rule }) => rule === 'vc-support-referral')).toMatchObject({ state: 'met' });
  const asked = after.tasks.find(({ kind }) => kind === 'referral-reply');
  expect(asked).toMatchObject({ state: 'deferred', deferredUntil: '2026-06-12T07:00:00.000Z' });

  const reply = { state: 'accepted', words: 'A worker rings on Monday' };
  const answered = await expectStatus(
    201,
    senior().post<Referral>(`/api/referrals/${referral.id}/replies`, reply),
  );
  expect(answered).toMatchObject({ state: 'accepted', replies: [reply] });
  const done = (await readCase(senior(), made.urn)).tasks.find(({ id }) => id === asked?.id);
  expect(done).toMatchObject({ state: 'done', outcome: 'recorded' });
  const kept = await expectStatus(
    200,
    senior().get<{ referrals: unknown[] }>(`/api/people/${person}/record`),
  );
  expect(kept.referrals).toMatchObject([{ agency: 'Norfolk Lifeline', replies: [{ words: reply.words }] }]);
  expect((await hub.as('cw-5').get(`/api/people/${person}/referrals`)).status).toBe(403);
  expect(await hub.problems()).toEqual([]);
});
