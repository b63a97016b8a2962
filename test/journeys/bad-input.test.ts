import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { badRequests, eventsOf } from './bad-requests.ts';
import {
  create,
  crimeCase,
  defendant,
  expectStatus,
  finaliseAsItIs,
  newUrn,
  record,
  victim,
  type CaseJson,
} from './stage.ts';

type Problem = { type: string; errors?: { path: string; message: string }[] };

describe.each(backends)('what is refused leaves nothing behind, on %s', (backend) => {
  let hub: WholeHub;
  let made: CaseJson;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-02T10:00:00+01:00' });
    made = await create(hub.as('sr-1'), {
      defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
      victims: [victim()],
    });
    await hub.calm();
  });
  afterAll(() => hub.close());

  /** How many rows each table has; canaries and seals come by themselves. */
  async function counts(): Promise<Record<string, number>> {
    const tables = await hub.database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('canaries', 'history_seals')`;
    const counting = tables.map(({ name }) => `select '${name}' as name, count(*)::int as many from ${name}`);
    const rows = await hub.database.sql.unsafe<{ name: string; many: number }[]>(
      counting.join(' union all '),
    );
    return Object.fromEntries(rows.map(({ name, many }) => [name, many]));
  }

  test.each(badRequests)('%s', async (_name, path, body, status, fields) => {
    const before = await counts();
    const refused = await hub.as('sr-1').post<Problem>(path(made), body, { key: newUrn() });
    expect(refused.status, refused.text).toBe(status);
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
    expect(refused.body.errors?.map((error) => error.path) ?? []).toEqual(expect.arrayContaining(fields));
    expect(refused.text.length).toBeLessThan(4_000);
    expect(await counts()).toEqual(before);
  });

  test('a second case with a URN, whatever its letters', async () => {
    const before = await counts();
    const refused = await hub
      .as('feed-1')
      .post<Problem>('/api/cases', crimeCase({ urn: made.urn.toLowerCase() }));
    expect(refused.status).toBe(409);
    expect(refused.body.errors?.map(({ path }) => path)).toEqual(['urn']);
    expect(await counts()).toEqual(before);
  });

  test('a second remand before the release that it follows', async () => {
    const over = await create(hub.as('sr-1'), {
      defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-01' })],
    });
    await record(hub.as('sr-1'), over.urn, { type: 'bailed', on: '2026-06-02' });
    const refused = await hub
      .as('sr-1')
      .post<Problem>(eventsOf(over), { type: 'remanded', on: '2026-06-01' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors?.map(({ path }) => path)).toEqual(['on']);
  });

  test('anything on a finalised case', async () => {
    const over = await create(hub.as('sr-1'));
    await finaliseAsItIs(hub.as('sr-1'), over.urn, '2026-06-02');
    const before = await counts();
    for (const [path, body] of [
      ['events', { type: 'warrant-issued', on: '2026-06-02' }],
      ['file-checks', { result: 'accepted' }],
      ['materials', { material: 'charges', why: 'x', dueOn: '2026-06-09' }],
    ] as const)
      await expectStatus(409, hub.as('sr-1').post(`/api/cases/${over.urn}/${path}`, body));
    expect(await counts()).toEqual(before);
  });

  test('nothing that was refused shows anywhere, and the promises are kept', async () => {
    expect(await hub.problems()).toEqual([]);
  });
});
