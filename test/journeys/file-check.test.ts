import { afterAll, beforeAll, expect, test } from 'vitest';
import { derivedProblems } from '../invariants/derived.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import {
  all,
  create,
  defendant,
  expectStatus,
  magistratesHearing,
  ofRule,
  readCase,
  record,
  theft,
  victim,
  type CaseJson,
  type Material,
  type Settled,
} from './stage.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');
type Checked = Settled & { materials: Material[] };
type Problem = { errors?: { path: string; message: string }[] };
const check = (urn: string, body: Record<string, unknown>) =>
  expectStatus(201, senior().post<Checked>(`/api/cases/${urn}/file-checks`, body));
const say = (request: Material, verb: string, body: object = {}) =>
  expectStatus(200, senior().post<Material>(`/api/materials/${request.id}/${verb}`, body));
const materialsOf = async ({ urn }: CaseJson) => (await readCase(senior(), urn)).materials;
const under = (materials: readonly Material[], standard: string) =>
  materials.filter(({ basis }) => basis?.kind === 'file-standard' && basis.standard === standard);
const titles = async ({ urn }: CaseJson) =>
  (await all<{ title: string }>(senior(), `/api/cases/${urn}/timeline`)).map(({ title }) => title);
const missing = { material: 'MG11', code: 'No/missing MG11s', note: 'The second witness' };

test('a new case is asked for its file by the standard of its day, and events add to it', async () => {
  const made = await create(senior(), { victims: [victim()] });
  const file = under(made.materials, 'not-guilty');
  expect(file.length).toBe(made.materials.length);
  expect(file.find(({ material }) => material === 'witness-statements')).toMatchObject({
    title: 'Witness statements (MG11)',
    why: 'the prosecutor must have it for the first hearing (CrimPR 2025 r.8.3)',
    basis: { version: 2, grade: 'C', inForceFrom: '2025-10-06' },
    dueOn: '2026-06-08',
    dueWhy: expect.stringContaining('grade P') as unknown,
    rejections: 0,
  });

  await record(senior(), made.urn, { type: 'remanded', on: '2026-06-02' });
  const held = under(await materialsOf(made), 'custody');
  expect(held.map(({ material, dueOn, urgent }) => `${material} ${dueOn} ${urgent}`)).toEqual([
    'remand-application 2026-06-03 true',
  ]);

  const charged = { type: 'correction', on: '2026-06-02', data: { domesticAbuse: true } };
  await record(senior(), made.urn, charged);
  expect(under(await materialsOf(made), 'domestic-abuse').map(({ material }) => material)).toEqual(
    expect.arrayContaining(['charging-report', 'risk-checklist']),
  );
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});

test('the file of a case is listed with what a court must have first, and says what was not asked for', async () => {
  type Listed = {
    material: string;
    atFirstHearing: boolean;
    state: string;
    request: string | null;
    standard: string;
  };
  const listOf = async ({ urn }: CaseJson) =>
    (await expectStatus(200, senior().get<{ items: Listed[] }>(`/api/cases/${urn}/file`))).items;
  const bailed = await create(senior(), { anticipatedPlea: 'guilty' });
  const list = await listOf(bailed);
  const first = (one: Listed[]) =>
    one.filter(({ atFirstHearing }) => atFirstHearing).map(({ material }) => material);
  expect(first(list)).toEqual(list.slice(0, first(list).length).map(({ material }) => material));
  expect(first(list)).toEqual([
    ...['charges', 'case-summary', 'previous-convictions'],
    ...['witness-statements', 'exhibits-and-media', 'victim-personal-statement'],
  ]);
  expect(list.find(({ material }) => material === 'charges')).toMatchObject({
    standard: 'guilty-plea',
    standardVersion: 2,
    state: 'outstanding',
    request: bailed.materials.find(({ material }) => material === 'charges')?.id,
  });
  expect(list.find(({ material }) => material === 'bad-character')).toMatchObject({
    state: 'not-asked',
    request: null,
    when: 'only where a caseworker finds that the case needs it',
  });
  const held = await create(senior(), {
    defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
  });
  expect(first(await listOf(held))).toEqual(['charges', 'case-summary', 'previous-convictions']);
  expect((await hub.as('cw-1').get('/api/cases/21AB9999926/file')).status).toBe(404);
});

test('a denial asks for the upgrade file; what was recorded wrongly withdraws what has not come yet', async () => {
  const made = await create(senior(), { hearings: [magistratesHearing('2026-06-02', 'first-hearing')] });
  const plea = { type: 'plea-entered', on: '2026-06-02' };
  const denied = await record(senior(), made.urn, { ...plea, data: { plea: 'not-guilty' } });
  const upgrade = under(await materialsOf(made), 'upgrade');
  expect(new Set(upgrade.map(({ dueOn }) => dueOn))).toEqual(
    new Set([ofRule(denied.added, 'upgrade-file').actionDue]),
  );
  const came = upgrade.find(({ material }) => material === 'witness-availability');
  if (!came) throw new Error('nobody asks for the availability of witnesses');
  await say(came, 'received');

  await record(senior(), made.urn, { ...plea, data: { plea: 'guilty' }, supersedes: denied.event.id });
  const after = (await materialsOf(made)).filter(({ id }) => upgrade.some((one) => one.id === id));
  expect(after.map(({ material, state }) => `${material} ${state}`).sort()).toEqual(
    upgrade.map(({ id, material }) => `${material} ${id === came.id ? 'received' : 'withdrawn'}`).sort(),
  );
  const told = await titles(made);
  expect(told).toContain(`Material: ${upgrade.length - 1} withdrawn`);
  expect(told).toContain('Material: 1 received');
  expect(told).toContain(`Material: ${upgrade.length} asked for`);
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});

test('what a check rejects is asked for by itself, and again when it comes no better', async () => {
  const made = await create(senior());
  const [asked] = (
    await check(made.urn, { result: 'rejected', accepted: ['MG5', 'MG6'], defects: [missing] })
  ).materials;
  if (!asked) throw new Error('the defect asks for nothing');
  expect(asked).toMatchObject({
    material: 'witness-statements',
    state: 'outstanding',
    officer: 'PC1001',
    why: 'it was rejected: one or more witness statements are missing; what the witnesses saw can be proved only by them',
    note: 'The second witness',
    defect: { code: 'triage-no-missing-mg11s', title: 'No/missing MG11s' },
    dueOn: '2026-06-09',
    dueWhy: 'five working days after it was rejected (default of the hub, grade P)',
    basis: { kind: 'file-check' },
    rejections: 1,
    version: 1,
  });
  const states = new Map(
    (await materialsOf(made)).map(({ id, material, state }) => [id, { material, state }]),
  );
  const stateOf = (material: string) =>
    [...states.values()].filter((one) => one.material === material).map(({ state }) => state);
  expect([stateOf('case-summary'), stateOf('case-information'), stateOf('charges')]).toEqual([
    ...[['received'], ['received'], ['outstanding']],
  ]);
  expect(stateOf('witness-statements').sort()).toEqual(['outstanding', 'withdrawn']);

  await say(asked, 'received');
  const fileTask = async () =>
    (await readCase(senior(), made.urn)).tasks.filter(
      ({ kind, state }) => kind === 'check-file' && state === 'open',
    );
  expect(await fileTask()).toHaveLength(1);
  const [again] = (
    await check(made.urn, { result: 'rejected', defects: [{ ...missing, note: 'It is not signed' }] })
  ).materials;
  expect(again).toMatchObject({ id: asked.id, version: 2, rejections: 2, note: 'It is not signed' });
  expect(again).toMatchObject({ state: 'outstanding', defect: { code: 'triage-no-missing-mg11s' } });
  expect(await fileTask()).toHaveLength(0);

  const once = await say(asked, 'received');
  expect(once.state).toBe('received');
  const [thrice] = (await check(made.urn, { result: 'rejected', defects: [missing] })).materials;
  expect(thrice).toMatchObject({ id: asked.id, version: 3, rejections: 3 });
  await check(made.urn, { result: 'accepted' });
  expect((await materialsOf(made)).filter(({ state }) => state === 'outstanding')).toEqual([]);
  expect((await titles(made)).filter((title) => title.includes('asked for again'))).toHaveLength(3);
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});

test('a request that is rejected by itself is the one that the same defect opens again', async () => {
  const made = await create(senior());
  const [summary] = made.materials.filter(({ material }) => material === 'case-summary');
  if (!summary) throw new Error('nobody asks for a summary');
  await say(summary, 'received');
  const rejected = await say(summary, 'rejected', { code: 'No summary of interview' });
  expect(rejected).toMatchObject({ state: 'outstanding', rejections: 1, basis: { standard: 'not-guilty' } });
  await say(summary, 'received');
  const defects = [{ material: 'case-summary', code: 'triage-no-summary-of-interview' }];
  const { materials } = await check(made.urn, { result: 'rejected', defects });
  expect(materials).toMatchObject([{ id: summary.id, rejections: 2, version: rejected.version + 1 }]);
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});

test('a check that contradicts the file is refused field by field', async () => {
  const made = await create(senior(), {
    anticipatedPlea: 'guilty',
    defendants: [defendant({ offences: [theft()] })],
  });
  const refused = async (body: Record<string, unknown>) => {
    const reply = await senior().post<Problem>(`/api/cases/${made.urn}/file-checks`, body);
    expect(reply.status, reply.text).toBe(422);
    return reply.body.errors?.map(({ path }) => path);
  };
  const rejected = (...defects: object[]) => ({ result: 'rejected', defects });
  expect(await refused({ result: 'rejected' })).toEqual(['defects']);
  expect(await refused({ result: 'accepted', defects: [missing], accepted: ['MG5'] })).toEqual([
    'defects',
    'accepted',
  ]);
  expect(await refused(rejected(missing, { ...missing, material: 'collision-report' }))).toEqual([
    'defects.1.material',
  ]);
  expect(await refused(rejected({ ...missing, material: 'The letter of the vicar' }))).toEqual([
    'defects.0.material',
  ]);
  expect(await refused(rejected({ ...missing, code: 'eaten' }))).toEqual(['defects.0.code']);
  expect(await refused(rejected(missing, missing))).toEqual(['defects.1']);
  expect(await refused({ ...rejected(missing), accepted: ['MG11', 'sketch-plan'] })).toEqual([
    'accepted.0',
    'accepted.1',
  ]);
  expect(await refused({ ...rejected(missing), of: 'upgrade' })).toEqual(['of']);
  expect(await refused({ ...rejected(missing), of: 'second' })).toEqual(['of']);
  expect(await refused({ ...rejected(missing), of: 'first', why: 'x' })).toEqual(['why']);
  expect((await materialsOf(made)).every(({ rejections }) => rejections === 0)).toBe(true);
  // What a defect is usually about can be rejected wherever it is: no standard names the supervisor's comments.
  const supervisor = { material: 'supervisor-comments', code: 'triage-no-incomplete-supervisors-comments' };
  expect((await check(made.urn, rejected(supervisor))).materials).toHaveLength(1);
});

test('the deadline of an action plan follows what is left of it, item by item', async () => {
  const made = await create(senior());
  const items = [
    { material: 'MG11', why: 'Statement of the guard', dueOn: '2026-06-12' },
    { material: 'MG21', why: 'Submission of the knife', dueOn: '2026-06-26' },
  ];
  const plan = { type: 'action-plan-received', on: '2026-06-02' };
  const first = await record(senior(), made.urn, { ...plan, data: { items } });
  expect(ofRule(first.added, 'action-plan-response').legalDue).toBe('2026-06-12');
  const planned = async () => (await materialsOf(made)).filter(({ basis }) => basis?.kind === 'action-plan');
  expect((await planned()).map(({ why, dueOn }) => `${why} ${dueOn}`)).toEqual([
    ...['Statement of the guard 2026-06-12', 'Submission of the knife 2026-06-26'],
  ]);
  const response = async () =>
    (await readCase(senior(), made.urn)).deadlines
      .filter(({ rule, state }) => rule === 'action-plan-response' && state !== 'withdrawn')
      .map(({ legalDue, state }) => `${legalDue} ${state}`);
  const [statement, knife] = await planned();
  if (!statement || !knife) throw new Error('the plan asks for too little');
  await say(statement, 'received');
  expect(await response()).toEqual(['2026-06-26 pending']);
  await say(statement, 'rejected', { code: 'Evidential failure - Statement(s)' });
  expect(await response()).toEqual(['2026-06-12 pending']);
  await say(statement, 'received');
  expect(await response()).toEqual(['2026-06-26 pending']);
  const defects = [{ material: 'MG11', code: 'evidential-statement-s' }];
  const [opened] = (await check(made.urn, { result: 'rejected', defects })).materials;
  expect(opened).toMatchObject({ id: statement.id, rejections: 2, basis: { kind: 'action-plan' } });
  expect(await response()).toEqual(['2026-06-12 pending']);
  await say(statement, 'received');
  await say(knife, 'not-required', { note: 'The knife is admitted' });
  expect(await response()).toEqual(['2026-06-26 met']);

  const again = await record(senior(), made.urn, { ...plan, data: { items }, supersedes: first.event.id });
  const after = await planned();
  expect(after.map(({ state }) => state).sort()).toEqual([
    ...['outstanding', 'outstanding', 'received', 'withdrawn'],
  ]);
  expect(await response()).toEqual(['2026-06-12 pending']);
  const back = { type: 'correction', on: '2026-06-02', supersedes: again.event.id };
  await record(senior(), made.urn, back);
  expect((await planned()).some(({ state }) => state === 'outstanding')).toBe(false);
  expect(await response()).toEqual([]);

  const late = { ...plan, data: { items: [items[0], { ...items[0], dueOn: '2026-06-01' }] } };
  const refused = await senior().post<Problem>(`/api/cases/${made.urn}/events`, late);
  expect(refused.status).toBe(422);
  expect(refused.body.errors?.map(({ path }) => path)).toEqual(['data.items.1.dueOn']);
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});
