import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  create,
  expectStatus,
  pullKind,
  readCase,
  record,
  victim,
  type CaseJson,
  type Contact,
} from '../journeys/stage.ts';

let hub: WholeHub;
beforeAll(async () => {
  // A Friday.
  hub = await startWholeHub({ backend: 'postgres', now: '2026-06-05T09:30:00+01:00' });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');
const tell = (id: string | undefined, result: string) =>
  senior().post<Contact>(`/api/contacts/${id}/attempts`, { channel: 'phone', result, note: 'rang twice' });

type Row = { rule: string; month: string; team: string; duties: number } & Record<string, unknown>;
type Duty = { caseUrn: string; rule: string; outcome: string; why: string | null; tries: number };

test('each duty is counted by what became of it, and a complaint finds every try', async () => {
  const receive = (over: Record<string, unknown> = {}) =>
    create(senior(), { receivedAt: '2026-06-05T09:00:00+01:00', victims: [victim()], ...over });
  const noAddress = victim({ contact: { phone: '07700 900419' } });
  const cases: CaseJson[] = [];
  for (const over of [{}, {}, {}, {}, { victims: [victim({ preferred: 'none' })] }, { victims: [noAddress] }])
    cases.push(await receive(over));
  const [inTime, late, tried, withdrawn, stopped, unreached] = cases;
  const hidden = await receive({ restricted: true, visibleTo: ['sr-2'] });
  const { event } = await record(senior(), withdrawn?.urn ?? '', {
    type: 'warrant-issued',
    on: '2026-06-05',
  });
  await record(senior(), withdrawn?.urn ?? '', {
    type: 'correction',
    on: '2026-06-05',
    supersedes: event.id,
  });
  await expectStatus(201, tell(inTime?.contacts[0]?.id, 'reached'));
  await expectStatus(201, tell(tried?.contacts[0]?.id, 'no-answer'));
  for (let i = 0; i < 3; i++) await expectStatus(201, tell(unreached?.contacts[0]?.id, 'no-answer'));
  const decide = await pullKind(senior(), 'sr-1', 'contact-failed', unreached?.urn);
  const decided = { claim: decide.claim?.token, outcome: 'cannot', note: 'moved abroad, nobody knows where' };
  const complete = (body: object) => senior().post(`/api/tasks/${decide.id}/complete`, body);
  await expectStatus(422, complete({ ...decided, note: undefined }));
  await expectStatus(200, complete(decided));
  const givenUp = await readCase(senior(), unreached?.urn ?? '');
  expect(givenUp.contacts).toMatchObject([{ state: 'not-made', stoppedWhy: decided.note }]);
  expect(
    givenUp.tasks.filter(({ kind, state }) => kind === 'victim-contact' && state !== 'cancelled'),
  ).toEqual([]);
  await expectStatus(409, tell(unreached?.contacts[0]?.id, 'no-answer'));
  await hub.moveTo('2026-06-15');
  await expectStatus(201, tell(late?.contacts[0]?.id, 'reached'));

  const scope = 'from=2026-06-01&to=2026-06-30';
  const { items } = await expectStatus(
    200,
    hub.as('audit-1').get<{ items: Row[] }>(`/api/reports/victims-code?${scope}`),
  );
  const charge = items.find(({ rule }) => rule === 'vc-charge');
  expect(charge).toMatchObject({
    team: 'crime',
    month: '2026-06',
    entitlement: 'standard',
    duties: 6,
    inTime: 1,
    late: 1,
    notDone: 4,
    stopped: 1,
    withdrawn: 0,
    percentInTime: 16.7,
  });
  expect(items.find(({ rule }) => rule === 'vc-warrant')).toMatchObject({ duties: 0, withdrawn: 1 });

  const duties = async (more: string) => {
    const path = `/api/reports/victims-code/duties?${scope}&rule=vc-charge&${more}`;
    return (await expectStatus(200, senior().get<{ items: Duty[] }>(path))).items;
  };
  const notDone = await duties('outcome=not-done');
  expect(notDone.map(({ why }) => why).sort()).toEqual([
    '1 try reached nobody, the last: no-answer',
    'moved abroad, nobody knows where',
    'nobody tried',
  ]);
  expect(notDone.map(({ caseUrn }) => caseUrn)).not.toContain(hidden.urn);
  expect(await duties('outcome=stopped')).toMatchObject([
    { caseUrn: stopped?.urn, why: 'the person asked not to be contacted' },
  ]);
  const all = await duties('limit=100');
  const first = await expectStatus(
    200,
    senior().get<{ items: Duty[]; next: string }>(
      `/api/reports/victims-code/duties?${scope}&rule=vc-charge&limit=2`,
    ),
  );
  const second = await duties(`limit=100&cursor=${first.next}`);
  expect([...first.items, ...second]).toEqual(all);

  const csv = await senior().get(`/api/reports/victims-code?${scope}&format=csv`);
  expect(csv.headers.get('Content-Type')).toMatch(/text\/csv/);
  expect(csv.text.split('\r\n')[0]).toMatch(/team,month,rule,title,entitlement,duties,inTime,late,notDone/);
  expect(csv.text).toContain('crime,2026-06,vc-charge');

  const path = `/api/people/${late?.victims[0]?.id}/record`;
  const kept = await expectStatus(200, senior().get<{ duties: Record<string, unknown>[] }>(path));
  expect(kept.duties.find(({ rule }) => rule === 'vc-charge')).toMatchObject({
    outcome: 'late',
    due: '2026-06-12',
    doneOn: '2026-06-15',
    because: 'Case received',
    attempts: [{ channel: 'phone', result: 'reached', by: 'sr-1', note: 'rang twice' }],
  });
  const page = await senior().get(path, { headers: { Accept: 'text/html' } });
  expect(page.text).toContain('DONE LATE');
  expect(page.text).toContain('rang twice');
  expect((await senior().get(`/api/people/${hidden.victims[0]?.id}/record`)).status).toBe(404);
  expect((await hub.as('admin-1').get(path)).status).toBe(403);
  // They ring of themselves.
  const rang = await expectStatus(201, tell(unreached?.contacts[0]?.id, 'reached'));
  expect(rang).toMatchObject({ state: 'made', stoppedWhy: null });
  expect(await hub.problems()).toEqual([]);
});
