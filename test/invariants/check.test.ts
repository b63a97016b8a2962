import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  complete,
  create,
  defendant,
  expectStatus,
  pull,
  victim,
  type CaseJson,
  type Contact,
  type Material,
} from '../journeys/stage.ts';
import type { RecordedRequest } from '../support/recorded-client.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { checkInvariants } from './check.ts';
import type { Evidence } from './evidence.ts';
import { plantsOfRecord } from './plants-of-record.ts';
import { plantsOfWork } from './plants-of-work.ts';

let hub: WholeHub;

/** A story in which everything has happened once that the checker reads. */
beforeAll(async () => {
  hub = await startWholeHub({ backend: 'postgres', now: '2026-06-02T09:30:00+01:00' });
  const cw = hub.as('cw-1');
  const custody = await create(cw, {
    defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
    victims: [victim()],
  });
  const confirm = await pull(cw, 'cw-1');
  await complete(cw, confirm, 'confirmed');
  await expectStatus(200, cw.post(`/api/materials/${custody.materials[0]?.id}/received`, {}));
  await tell(cw, custody, 'no-answer');
  const statement = { material: 'witness-statements', why: 'to prove it', dueOn: '2026-06-15' };
  await expectStatus(201, cw.post<Material>(`/api/cases/${custody.urn}/materials`, statement));
  await hub.moveTo('2026-06-18', '12:00');
  const listed = {
    on: '2026-07-01',
    court: 'magistrates',
    courtName: 'Norwich Magistrates’ Court',
    type: 'other',
  };
  const bailed = await create(cw, { receivedAt: '2026-06-18T11:00:00+01:00', victims: [victim()] });
  await expectStatus(
    201,
    cw.post(`/api/cases/${bailed.urn}/events`, { type: 'hearing-listed', on: '2026-06-18', data: listed }),
  );
  await hub.moveTo('2026-07-28', '12:00');
  await pull(cw, 'cw-1');
  await expectStatus(
    201,
    cw.post(`/api/cases/${bailed.urn}/materials`, { ...statement, dueOn: '2026-08-14' }),
  );
  await expectStatus(200, cw.get(`/api/cases/${custody.urn}`));
  await hub.calm();
  await hub.stopWorkers();
});
afterAll(() => hub.close());

async function tell(cw: ReturnType<WholeHub['as']>, { contacts }: CaseJson, result: string) {
  const attempt = { channel: 'phone', result };
  await expectStatus(201, cw.post<Contact>(`/api/contacts/${contacts[0]?.id}/attempts`, attempt));
}

const evidence = (): Evidence => ({ requests: hub.requests, log: hub.log });

/** What is found of a violation that is planted in a transaction, which is undone. */
async function findPlanted(statements: readonly string[]): Promise<string[]> {
  let found: string[] = [];
  const undone = new Error('undone');
  await expect(
    hub.database.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      for (const statement of statements) await tx.execute(sql.raw(statement));
      found = await checkInvariants(tx, evidence());
      throw undone;
    }),
  ).rejects.toBe(undone);
  return found;
}

test('nothing is found in a hub that keeps its promises', async () => {
  expect(await checkInvariants(hub.database.db, evidence())).toEqual([]);
});

describe('the checker sees that', () => {
  test.each([...plantsOfWork, ...plantsOfRecord])('$name', async ({ statements, finds }) => {
    const found = await findPlanted(statements);
    expect(
      found.some((sentence) => finds.test(sentence)),
      found.slice(0, 5).join('\n'),
    ).toBe(true);
  });

  const request = (over: Partial<RecordedRequest>): RecordedRequest => ({
    who: 'cw-1',
    method: 'GET',
    path: '/api/cases',
    key: undefined,
    status: 200,
    text: '{}',
    body: {},
    requestId: 'r',
    ...over,
  });

  test.each<[string, RegExp, Evidence]>([
    [
      'one key had two answers',
      /^2: POST/,
      {
        requests: [
          request({ method: 'POST', key: 'k', text: 'one', status: 201 }),
          request({ method: 'POST', key: 'k', text: 'two', status: 201 }),
        ],
      },
    ],
    ['a request failed for no reason', /^20: GET .* answered 500/, { requests: [request({ status: 500 })] }],
    [
      'a name stands in a URL',
      /^19: .* in URLs/,
      { requests: [request({ path: '/api/cases?q=Squibbleworth' })] },
    ],
    [
      'a name stands in an error',
      /^19: .* in bodies of errors/,
      { requests: [request({ status: 422, text: 'Squibbleworth is wrong' })] },
    ],
    ['a name stands in the log', /^19: .* in the log/, { log: ['{"msg":"Wigglethrope"}'] }],
    ['the log complains', /^20: the log complains/, { log: ['{"level":"error","msg":"failed"}'] }],
  ])('%s', async (_name, finds, planted) => {
    const found = await checkInvariants(hub.database.db, planted);
    expect(
      found.some((sentence) => finds.test(sentence)),
      found.join('\n'),
    ).toBe(true);
  });

  test('a job of the queue says more than when', async () => {
    const { messages } = hub.queues.queues;
    await messages.add('wake', { at: 'now', name: 'Squibbleworth' } as never, { delay: 100_000 });
    const found = await checkInvariants(hub.database.db, evidence());
    expect(found).toContain('19: a job of the queue says at,name');
    expect(found).toContain('19: squibbleworth stands in the queue');
    await messages.obliterate({ force: true });
  });
});
