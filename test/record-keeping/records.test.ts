import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { recordSchema } from '../../src/http/api/record-json.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import {
  all,
  create,
  defendant,
  expectStatus,
  magistratesHearing,
  newUrn,
  pullKind,
  readCase,
  record,
  theft,
  victim,
  witness,
  type CaseJson,
  type Page,
} from '../journeys/stage.ts';

type Entry = z.input<typeof recordSchema>;
type Entries = Page<Entry> & { references: { system: string; reference: string; on: string; by: string }[] };

describe('what has to be entered in police systems', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-06-10T10:00:00+01:00' });
  });
  afterAll(() => hub.close());
  const senior = () => hub.as('sr-1');
  const on = '2026-06-10';
  const read = (urn: string, query = ''): Promise<Entries> =>
    expectStatus(200, senior().get<Entries>(`/api/cases/${urn}/records${query}`));
  const owed = async (urn: string) => (await read(urn, '?state=owed')).items;
  const enter = (urn: string, entry: Entry | undefined, body: Record<string, unknown> = {}) =>
    senior().post<Entry>(`/api/cases/${urn}/records/${entry?.id}/entered`, body);
  const bail = { type: 'bailed', on, data: { conditional: true } };
  const openTasks = async (urn: string) =>
    (await readCase(senior(), urn)).tasks.filter(
      ({ kind, state }) => kind === 'enter-record' && state === 'open',
    );

  test('is a task for each system with its limit, and one list shows what was entered where, by whom', async () => {
    const { urn } = await create(senior());
    expect(await owed(urn)).toEqual([]);
    const { event } = await record(senior(), urn, bail);
    const entries = await owed(urn);
    expect(entries.map(({ system, dueOn }) => [system, dueOn]).sort()).toEqual([
      ['pnc', '2026-06-11'],
      ['pronto', '2026-06-11'],
      ['storm', '2026-06-11'],
    ]);
    const pnc = entries.find(({ system }) => system === 'pnc');
    expect(pnc).toMatchObject({
      ...{
        entry: 'Enter in the Police National Computer (PNC): the remand, or the bail with its conditions',
      },
      ...{ owedBy: { event: event.id, title: 'Released on bail', on }, state: 'owed', entered: null },
      ...{ authority: { grade: 'P' }, checkWithForce: true, isLate: false },
    });
    expect((await openTasks(urn)).map(({ title }) => title)).toContain(pnc?.entry);
    const body = { reference: '26/123456K', on, note: 'with the residence condition' };
    const made = await expectStatus(200, enter(urn, pnc, body));
    expect(made).toMatchObject({
      state: 'entered',
      entered: { on, by: 'sr-1', reference: '26/123456K', note: 'with the residence condition' },
    });
    const after = await read(urn);
    expect(after.items.map(({ system, state }) => `${system} ${state}`).sort()).toEqual([
      'pnc entered',
      'pronto owed',
      'storm owed',
    ]);
    expect(after.references).toEqual([{ system: 'pnc', reference: '26/123456K', on, by: 'sr-1' }]);
    expect((await openTasks(urn)).map(({ title }) => title)).not.toContain(pnc?.entry);
    await expectStatus(409, enter(urn, pnc));
  });

  test('is done by recording the entry or by completing its task, and is not given up', async () => {
    const made = await create(senior());
    await record(senior(), made.urn, bail);
    const cw = made.caseworker ?? '';
    const task = await pullKind(hub.as(cw), cw, 'enter-record', made.urn);
    const complete = (outcome: string) =>
      hub
        .as(cw)
        .post(`/api/tasks/${task.id}/complete`, { claim: task.claim?.token, outcome, note: 'By phone' });
    await expectStatus(409, complete('not-done'));
    const before = await owed(made.urn);
    await expectStatus(200, complete('done'));
    const [entry, other] = await owed(made.urn);
    expect(before).toHaveLength(3);
    const [confirmed] = (await read(made.urn)).items.filter(({ state }) => state === 'entered');
    expect(confirmed?.entered).toMatchObject({ on, by: cw, reference: null, note: 'By phone' });
    await expectStatus(409, senior().post(`/api/deadlines/${entry?.id}/met`, { on, note: 'done' }));
    for (const day of ['2026-06-11', '2026-06-09'])
      await expectStatus(422, enter(made.urn, entry, { on: day }));
    const { urn } = await create(senior());
    await expectStatus(404, enter(urn, other));
    await expectStatus(200, enter(made.urn, entry));
    expect(await openTasks(made.urn)).toHaveLength(1);
  });

  test('is withdrawn with the event that owed it; what was entered has to be corrected', async () => {
    const { urn } = await create(senior());
    const { event } = await record(senior(), urn, bail);
    const storm = (await owed(urn)).find(({ system }) => system === 'storm');
    await expectStatus(200, enter(urn, storm, { reference: 'ST-77' }));
    await record(senior(), urn, {
      type: 'correction',
      on,
      supersedes: event.id,
      data: { why: 'of another' },
    });
    const { items, references } = await read(urn);
    expect(items.map(({ system, state }) => `${system} ${state}`).sort()).toEqual([
      'pnc withdrawn',
      'pronto withdrawn',
      'storm owed',
      'storm wrong',
    ]);
    const correction = items.find(({ state }) => state === 'owed');
    expect(correction?.entry).toBe('Correct in STORM what was entered and is wrong');
    expect(correction?.explanation.join()).toContain('the bail conditions');
    expect(items.find(({ state }) => state === 'wrong')?.entered?.reference).toBe('ST-77');
    expect(references.map(({ reference }) => reference)).toEqual(['ST-77']);
    expect(await openTasks(urn)).toHaveLength(1);
    await expectStatus(200, enter(urn, correction));
    expect(await openTasks(urn)).toEqual([]);
  });

  test('is asked for anew where another event takes the place of what was entered', async () => {
    const { urn } = await create(senior());
    const { event } = await record(senior(), urn, bail);
    const storm = (await owed(urn)).find(({ system }) => system === 'storm');
    await expectStatus(200, enter(urn, storm));
    await record(senior(), urn, {
      ...bail,
      data: { conditional: true, conditions: ['Curfew'] },
      supersedes: event.id,
    });
    const again = (await owed(urn)).filter(({ system }) => system === 'storm');
    expect(again.map(({ explanation }) => explanation[0])).toEqual([
      'What was entered before was taken back: this corrects it',
    ]);
  });

  test('that was recorded by mistake is taken back and owed again', async () => {
    const { urn } = await create(senior());
    await record(senior(), urn, { type: 'warrant-issued', on });
    const [entry] = await owed(urn);
    await expectStatus(200, enter(urn, entry));
    const { metBy } = (await readCase(senior(), urn)).deadlines.find(({ id }) => id === entry?.id) ?? {
      metBy: null,
    };
    await record(senior(), urn, { type: 'correction', on, supersedes: metBy, data: { why: 'wrong case' } });
    expect((await owed(urn)).map(({ id }) => id)).toContain(entry?.id);
    expect((await openTasks(urn)).map(({ title }) => title)).toContain(entry?.entry);
  });

  test('of all that the court decided of a defendant in one day is one entry, and what comes later another', async () => {
    const { urn, defendants } = await create(senior(), {
      defendants: [defendant({ offences: [theft(), theft({ committedOn: '2026-05-29' })] })],
    });
    const [one, two] = defendants[0]?.offences ?? [];
    const end = (offence: string | undefined) => record(senior(), urn, { type: 'discontinued', on, offence });
    await end(one?.id);
    await end(two?.id);
    const niche = async () => (await read(urn)).items.filter(({ system }) => system === 'niche');
    expect(await niche()).toHaveLength(1);
    const [entry] = await niche();
    await expectStatus(200, enter(urn, entry));
    await record(senior(), urn, { type: 'defendant-died', on });
    expect((await niche()).map(({ state }) => state).sort()).toEqual(['entered', 'owed']);
  });

  test('of a hearing is its last date, and of use until the hearing has its result', async () => {
    const { urn } = await create(senior(), { witnesses: [witness()], victims: [victim()] });
    const listed = await record(senior(), urn, {
      type: 'trial-listed',
      on,
      data: magistratesHearing('2026-06-15', 'trial'),
    });
    const systems = async () => (await owed(urn)).map(({ system }) => system).sort();
    expect(await systems()).toEqual(['niche', 'wms']);
    const niche = (await owed(urn)).find(({ system }) => system === 'niche');
    await expectStatus(200, enter(urn, niche));
    await record(senior(), urn, {
      ...{ type: 'hearing-moved', on, hearing: listed.event.hearing, data: { on: '2026-06-22' } },
    });
    // Entered before: the new date is owed. Never entered: the first date is owed no more, the new one is.
    expect(await systems()).toEqual(['niche', 'wms']);
    expect((await read(urn)).items.map(({ system, state }) => `${system} ${state}`).sort()).toEqual([
      'niche entered',
      'niche owed',
      'wms owed',
      'wms withdrawn',
    ]);
    await hub.setClock('2026-06-22T12:00:00+01:00');
    await record(senior(), urn, { type: 'trial-started', on: '2026-06-22' });
    expect(await systems()).toEqual([]);
    await hub.setClock('2026-06-10T10:00:00+01:00');
  });

  test('of a collision is owed to CRASH, and of no other case', async () => {
    const traffic = (code: string): Promise<CaseJson> =>
      create(senior(), {
        kind: 'traffic',
        defendants: [defendant({ offences: [theft({ code })] })],
      });
    const collision = await traffic('RT88218');
    expect((await owed(collision.urn)).map(({ system }) => system)).toEqual(['crash']);
    expect(await owed((await traffic('RT88191')).urn)).toEqual([]);
    await record(senior(), collision.urn, { type: 'discontinued', on });
    expect((await owed(collision.urn)).map(({ system }) => system).sort()).toEqual([
      'crash',
      'crash',
      'niche',
      'pnc',
      'pronto',
    ]);
  });

  test('is listed for the team by system, page by page; what is restricted for those named alone', async () => {
    const urn = newUrn();
    await create(senior(), { urn, restricted: true, visibleTo: ['sr-1'] });
    await record(senior(), urn, { type: 'warrant-issued', on });
    const mine = await all<Entry>(senior(), '/api/records?system=pnc', 1);
    expect(mine.map(({ caseUrn }) => caseUrn)).toContain(urn);
    expect(new Set(mine.map(({ system }) => system))).toEqual(new Set(['pnc']));
    expect(mine.map(({ dueOn }) => dueOn)).toEqual(mine.map(({ dueOn }) => dueOn).sort());
    const crime = await all<Entry>(hub.as('cw-1'), '/api/records');
    expect(crime.map(({ caseUrn }) => caseUrn)).not.toContain(urn);
    expect(crime.some(({ system }) => system === 'pronto')).toBe(true);
    const entered = await all<Entry>(senior(), '/api/records?state=entered');
    expect(entered.length).toBeGreaterThan(0);
    expect(entered.every(({ entered: how }) => how !== null)).toBe(true);
    for (const id of ['feed-1', 'admin-1', 'audit-1'])
      expect((await hub.as(id).get('/api/records')).status).toBe(403);
  });

  test('has its limit set by the force where none is published', async () => {
    const admin = hub.as('admin-1');
    const path = '/api/rule-settings/record-pnc-warrant';
    const before = await admin.get(path);
    await expectStatus(
      202,
      admin.put(
        path,
        { enabled: true, amount: 3, note: 'agreed' },
        { ifMatch: before.headers.get('ETag') ?? '' },
      ),
    );
    const { urn } = await create(senior());
    await record(senior(), urn, { type: 'warrant-issued', on });
    const [pnc] = (await owed(urn)).filter(({ system }) => system === 'pnc');
    expect(pnc?.dueOn).toBe('2026-06-15');
  });

  test('outlasts the last charge of the case', async () => {
    const { urn } = await create(senior());
    await record(senior(), urn, { type: 'discontinued', on });
    const items = await owed(urn);
    expect(items.map(({ system }) => system).sort()).toEqual(['niche', 'pnc']);
    await expectStatus(200, enter(urn, items[0], { reference: 'N-1' }));
  });
});
