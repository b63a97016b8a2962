import { afterAll, beforeAll, expect, test } from 'vitest';
import { derivedProblems } from '../invariants/derived.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import {
  all,
  create,
  defendant,
  expectStatus,
  readCase,
  record,
  theft,
  type CaseJson,
  type Page,
} from './stage.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

type Standing = {
  id: string;
  material: string;
  version: number;
  startsOn: string;
  endsOn: string | null;
  changedBy: string;
  note: string;
  versions: Standing[];
  errors?: { path: string }[];
};
const path = '/api/standing-requests';
const footage = {
  material: 'BWV',
  why: 'the case may have to be proved without the victim',
  askedBy: 'CPS magistrates’ court unit',
  scope: { kind: 'crime', features: ['domestic-abuse'] },
  dueInWorkingDays: 3,
  note: 'Agreed at the performance meeting',
};
const abuse = { defendants: [defendant({ offences: [theft({ domesticAbuse: true })] })] };
const receive = (over: Record<string, unknown> = {}) => create(hub.as('sr-1'), over);
const standing = ({ materials }: CaseJson) =>
  materials.filter(({ basis }) => basis?.kind === 'standing-request');
const read = async (id: string) => expectStatus(200, hub.as('cw-1').get<Standing>(`${path}/${id}`));
const tagOf = async (id: string) => (await hub.as('cw-1').get(`${path}/${id}`)).headers.get('ETag') ?? '';

test('what prosecutors always want is asked in new cases of the kind, with the reason and who asked', async () => {
  const before = await receive(abuse);
  const made = await hub.as('admin-1').post<Standing>(path, footage);
  expect(made.status, made.text).toBe(201);
  expect(made.headers.get('Location')).toBe(`${path}/${made.body.id}`);
  expect(made.body).toMatchObject({
    material: 'body-worn-video',
    version: 1,
    startsOn: '2026-06-02',
    endsOn: null,
  });

  const after = await receive(abuse);
  expect(standing(after)).toMatchObject([
    {
      material: 'body-worn-video',
      why: 'CPS magistrates’ court unit always asks for it in such a case: the case may have to be proved without the victim',
      basis: { kind: 'standing-request', id: made.body.id, standingVersion: 1, askedBy: footage.askedBy },
      dueOn: '2026-06-05',
      state: 'outstanding',
    },
  ]);
  expect(standing(await receive())).toEqual([]);
  expect(standing(await readCase(hub.as('sr-1'), before.urn))).toEqual([]);

  const later = await receive();
  const charged = { type: 'correction', on: '2026-06-02', data: { domesticAbuse: true } };
  const { event } = await record(hub.as('sr-1'), later.urn, charged);
  expect(standing(await readCase(hub.as('sr-1'), later.urn))).toHaveLength(1);
  await record(hub.as('sr-1'), later.urn, { type: 'correction', on: '2026-06-02', supersedes: event.id });
  const [back] = standing(await readCase(hub.as('sr-1'), later.urn));
  expect(back?.state).toBe('withdrawn');
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});

test('it is changed and ended for new cases only, by whoever read it last, and every version is kept', async () => {
  const made = await expectStatus(
    201,
    hub.as('sr-2').post<Standing>(path, { ...footage, material: 'CCTV', scope: { offences: ['TH68'] } }),
  );
  const ofThis = (one: CaseJson) =>
    standing(one).filter(({ material }) => material === 'closed-circuit-television');
  const asked = await receive();
  expect(ofThis(asked)).toHaveLength(1);

  const put = (body: object, ifMatch?: string) =>
    hub.as('sr-1').put<Standing>(`${path}/${made.id}`, body, ifMatch === undefined ? {} : { ifMatch });
  const changed = {
    ...footage,
    material: 'CCTV',
    scope: { offences: ['TH68'] },
    why: 'shops record over it',
  };
  expect((await put(changed)).status).toBe(428);
  expect((await put(changed, '"stale.v9"')).status).toBe(412);
  const first = await tagOf(made.id);
  expect(await put(changed, first)).toMatchObject({ status: 200, body: { version: 2, changedBy: 'sr-1' } });
  expect((await put(changed, first)).status).toBe(412);
  expect(ofThis(await receive())[0]?.why).toMatch(/shops record over it$/);
  expect(ofThis(await readCase(hub.as('sr-1'), asked.urn))[0]?.why).toMatch(/without the victim$/);

  const ended = await put(
    { ...changed, endsOn: '2026-06-02', note: 'The CPS has its own access' },
    await tagOf(made.id),
  );
  expect(ended).toMatchObject({ status: 200, body: { version: 3, endsOn: '2026-06-02' } });
  expect(ofThis(await receive())).toEqual([]);
  expect(ofThis(await readCase(hub.as('sr-1'), asked.urn))[0]?.state).toBe('outstanding');
  const { versions } = await read(made.id);
  expect(versions.map(({ version, changedBy, note }) => `${version} ${changedBy} ${note}`)).toEqual([
    ...['3 sr-1 The CPS has its own access', `2 sr-1 ${footage.note}`, `1 sr-2 ${footage.note}`],
  ]);
  const [history] = await hub.database.sql<{ many: number }[]>`
    select count(*)::int as many from history where entity = 'standing-request' and entity_id = ${made.id}`;
  expect(history?.many).toBe(3);
  await expect(
    hub.database.sql`update standing_requests set why = 'x' where id = ${made.id}`,
  ).rejects.toThrow(/append-only/);
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
});

test('a standing request that makes no sense is refused field by field, and leaves nothing', async () => {
  const listed = async () => (await all<Standing>(hub.as('audit-1'), path, 1)).map(({ id }) => id);
  const before = await listed();
  const refused = async (over: object) => {
    const reply = await hub.as('admin-1').post<Standing>(path, { ...footage, ...over });
    expect(reply.status, reply.text).toBe(422);
    return reply.body.errors?.map((error) => error.path);
  };
  expect(await refused({ material: '' })).toEqual(['material']);
  expect(await refused({ why: undefined, askedBy: ' ' })).toEqual(expect.arrayContaining(['why', 'askedBy']));
  expect(await refused({ scope: { features: ['youth'] } })).toEqual(['scope.features.0']);
  expect(await refused({ scope: { features: [] } })).toEqual(['scope.features']);
  expect(await refused({ scope: { offences: ['th68'] } })).toEqual(['scope.offences.0']);
  expect(await refused({ scope: { moon: 'full' } })).toEqual(['scope.moon']);
  expect(await refused({ dueInWorkingDays: 61 })).toEqual(['dueInWorkingDays']);
  expect(await refused({ startsOn: '2026-06-01' })).toEqual(['startsOn']);
  expect(await refused({ startsOn: '2026-06-03', endsOn: '2026-06-02' })).toEqual(['endsOn']);
  expect(await refused({ startsOn: '2026-02-31' })).toEqual(['startsOn']);
  expect(await refused({ version: 2 })).toEqual(['version']);
  for (const who of ['cw-1', 'audit-1', 'feed-1'])
    expect((await hub.as(who).post(path, footage)).status).toBe(403);
  expect((await hub.as('feed-1').get(path)).status).toBe(403);
  const nobody = `${path}/01900000-0000-7000-8000-000000000000`;
  expect((await hub.as('cw-1').get(nobody)).status).toBe(404);
  expect((await hub.as('admin-1').put(nobody, footage, { ifMatch: '"x"' })).status).toBe(404);
  expect((await hub.as('cw-1').get(`${path}/first`)).status).toBe(422);
  expect(await listed()).toEqual(before);
});

test('forms are told the standards, the materials and the defects', async () => {
  const get = async <T>(name: string) =>
    (await expectStatus(200, hub.as('cw-1').get<Page<T>>(`/api/${name}`))).items;
  const standards = await get<{ standard: string; version: number; items: unknown[] }>('file-standards');
  expect(standards.map(({ standard, version }) => `${standard} ${version}`)).toEqual(
    expect.arrayContaining(['guilty-plea 1', 'guilty-plea 2', 'upgrade 1', 'single-justice-procedure 2']),
  );
  expect(standards.find(({ standard }) => standard === 'custody')?.items[0]).toMatchObject({
    title: 'Remand application (MG7)',
    asked: true,
    firstHearing: null,
  });
  expect(await get('material-types')).toContainEqual({
    type: 'witness-statements',
    title: 'Witness statements',
    category: 'statements',
    aliases: ['MG11'],
  });
  expect(await get('defect-codes')).toHaveLength(36);
  for (const name of ['file-standards', 'material-types', 'defect-codes']) {
    expect((await hub.as('feed-1').get(`/api/${name}`)).status).toBe(403);
    expect((await hub.anyone.get(`/api/${name}`)).status).toBe(401);
  }
});
