import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { personSchema } from '../../src/http/api/person-json.ts';
import {
  create,
  expectStatus,
  finaliseAsItIs,
  magistratesHearing,
  ofRule,
  readCase,
  record,
  victim,
  witness,
  type CaseJson,
} from '../journeys/stage.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';

type Person = z.input<typeof personSchema>;
type Problem = { errors?: { path: string }[] };

let hub: WholeHub;
beforeAll(async () => {
  // A Tuesday.
  hub = await startWholeHub({ backend: 'postgres', now: '2026-06-16T10:00:00+01:00' });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');
const add = ({ urn }: CaseJson, path: 'victims' | 'witnesses', body: Record<string, unknown>) =>
  senior().post<Person>(`/api/cases/${urn}/${path}`, body);
const contactsOf = async ({ urn }: CaseJson, id: string) =>
  (await readCase(senior(), urn)).contacts.filter(({ person }) => person.id === id);
/** A case of two weeks ago, of which much has happened since. */
const underWay = async () => {
  const made = await create(senior(), { hearings: [magistratesHearing('2026-06-09', 'first-hearing')] });
  for (const on of ['2026-06-03', '2026-06-05'])
    await record(senior(), made.urn, { type: 'bail-changed', on, receivedAt: `${on}T12:00:00+01:00` });
  await record(senior(), made.urn, {
    type: 'trial-listed',
    on: '2026-06-09',
    receivedAt: '2026-06-09T12:00:00+01:00',
    data: { on: '2026-07-20', court: 'magistrates', courtName: 'Norwich Magistrates’ Court' },
  });
  return made;
};

test('a victim added later is owed what stands, in one talk, counted from when the hub learned of them', async () => {
  const made = await underWay();
  const reply = await add(made, 'victims', victim({ receivedAt: '2026-06-15T15:00:00+01:00' }));
  expect(reply.status, reply.text).toBe(201);
  const { id } = reply.body;
  expect(reply.headers.get('Location')).toBe(`/api/victims/${id}`);
  expect(reply.headers.get('ETag')).toBe(`"${id}.v1"`);
  const after = await readCase(senior(), made.urn);
  expect(after.victims.map((one) => one.id)).toEqual([id]);
  const owed = (await contactsOf(made, id)).filter(({ state }) => state === 'owed');
  // Two changes of bail are one thing to tell, and nobody is told of a hearing that is over.
  expect(owed.map(({ reason }) => reason).sort()).toEqual(['charge', 'hearing-date', 'suspect']);
  expect(new Set(owed.map(({ conversation }) => conversation.length))).toEqual(new Set([3]));
  // Five working days from Monday 15 June; of the hearing one.
  const mine = after.deadlines.filter(({ subject }) => subject.personId === id);
  expect(ofRule(mine, 'vc-charge').legalDue).toBe('2026-06-22');
  expect(ofRule(mine, 'vc-suspect-events').legalDue).toBe('2026-06-22');
  expect(ofRule(mine, 'vc-hearing-date').legalDue).toBe('2026-06-16');
  expect(
    after.tasks.filter(({ subject, kind }) => kind === 'victim-contact' && subject['personId'] === id),
  ).toHaveLength(1);
  // What a case with a victim is asked for is asked of the officer now, and is not late from the start.
  const asked = after.materials.filter(({ material }) => material === 'victim-personal-statement');
  expect(asked.map(({ state }) => state)).toEqual(['outstanding']);
  expect((asked[0]?.dueOn ?? '') > '2026-06-16').toBe(true);

  await expectStatus(
    201,
    senior().post(`/api/contacts/${owed[0]?.id}/attempts`, { channel: 'phone', result: 'reached' }),
  );
  const news = await record(senior(), made.urn, { type: 'bail-changed', on: '2026-06-16' });
  expect(ofRule(news.added, 'vc-suspect-events')).toMatchObject({ subject: { personId: id } });
  expect(await hub.problems()).toEqual([]);
});

test('a witness added later is told of the trial, and who was added by mistake is owed nothing any more', async () => {
  const made = await underWay();
  const joined = await add(made, 'witnesses', witness());
  expect(joined.status, joined.text).toBe(201);
  const { id } = joined.body;
  expect((await contactsOf(made, id)).map(({ reason, state }) => [reason, state])).toEqual([
    ['hearing-date', 'owed'],
  ]);
  await record(senior(), made.urn, { type: 'witness-required', on: '2026-06-16', person: id });
  const timeline = await expectStatus(
    200,
    senior().get<{ items: { event?: { id: string; type: string } }[] }>(`/api/cases/${made.urn}/timeline`),
  );
  const added = timeline.items.find(({ event }) => event?.type === 'person-added')?.event;
  await record(senior(), made.urn, { type: 'correction', on: '2026-06-16', supersedes: added?.id });
  const after = await readCase(senior(), made.urn);
  expect(after.witnesses).toEqual([]);
  expect((await contactsOf(made, id)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
  expect(after.tasks.filter(({ kind, state }) => kind === 'victim-contact' && state === 'open')).toEqual([]);
  expect(await hub.problems()).toEqual([]);
});

test('who cannot be, or is added to a case that is closed or not one’s own, is refused, and nothing is kept', async () => {
  const made = await create(senior());
  const wrong: [Record<string, unknown>, string[]][] = [
    [victim({ receivedAt: '2026-06-17T10:00:00+01:00' }), ['receivedAt']],
    [victim({ receivedAt: '2026-06-01T10:00:00+01:00' }), ['receivedAt']],
    [victim({ dateOfBirth: '2027-01-01', enhancedRights: true }), ['dateOfBirth', 'grounds']],
    [victim({ agreed: ['sms'], refused: ['sms'] }), ['agreed.0']],
  ];
  for (const [body, paths] of wrong) {
    const reply = await add(made, 'victims', body);
    expect(reply.status, reply.text).toBe(422);
    expect((reply.body as Problem).errors?.map(({ path }) => path)).toEqual(paths);
  }
  expect((await hub.as('cw-5').post(`/api/cases/${made.urn}/victims`, victim())).status).toBe(403);
  await finaliseAsItIs(senior(), made.urn, '2026-06-16');
  expect((await add(made, 'witnesses', witness())).status).toBe(409);
  const { victims, witnesses } = await readCase(senior(), made.urn);
  expect([...victims, ...witnesses]).toEqual([]);
  expect(await hub.problems()).toEqual([]);
});
