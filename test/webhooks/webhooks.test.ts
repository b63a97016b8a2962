import { spawn } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  create,
  expectStatus,
  finaliseAsItIs,
  magistratesHearing,
  readCase,
  record,
  victim,
} from '../journeys/stage.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Got } from './receiver.ts';
import { arrived, linkSecret, open, quick, startStage, type Made, type Stage } from './stage.ts';

describe('a webhook', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await startStage()));
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('is told, signed, of what it chose: cases created and finalised, deadlines moved, contacts made; of no name', async () => {
    const [all, some] = [await stage.receiver(), await stage.receiver()];
    const every = await stage.make(all, {
      events: ['case.created', 'case.finalised', 'deadline.moved', 'contact.made'],
    });
    const few = await stage.make(some, { events: ['case.finalised'] });
    const made = await create(stage.senior(), {
      victims: [victim()],
      hearings: [magistratesHearing('2026-06-20', 'first-hearing')],
    });
    const owed = made.contacts[0];
    await expectStatus(
      201,
      stage.senior().post(`/api/contacts/${owed?.id}/attempts`, { channel: 'phone', result: 'reached' }),
    );
    const settled = await record(stage.senior(), made.urn, {
      ...{
        type: 'hearing-moved',
        on: '2026-06-02',
        hearing: made.hearings[0]?.id,
        data: { on: '2026-06-27' },
      },
    });
    expect(settled.moved.length).toBeGreaterThan(0);
    await finaliseAsItIs(stage.senior(), made.urn, '2026-06-02');
    await arrived(some, 1);
    const told = (await stage.allOf(every, all)).map((got) => open(every, got));
    const finalised = told.find(({ type }) => type === 'case.finalised');
    const inOrder = told.toSorted((a, b) => a.sequence - b.sequence);
    expect(inOrder[0]).toMatchObject({
      type: 'case.created',
      data: {
        urn: made.urn,
        deadlines: expect.arrayContaining([
          expect.objectContaining({ rule: made.deadlines[0]?.rule }),
        ]) as unknown,
      },
    });
    const [before] = settled.moved;
    expect(
      inOrder.find(({ data }) => data['deadlineId'] === before?.id && data['version'] !== 1),
    ).toMatchObject({
      type: 'deadline.moved',
      data: { urn: made.urn, rule: before?.rule, legalDue: before?.legalDue, before: before?.before },
    });
    expect(inOrder.find(({ type }) => type === 'contact.made')?.data).toMatchObject({
      contactId: owed?.id,
      personId: owed?.person.id,
    });
    // The same news has the same id for everybody, and nobody is told what they did not choose.
    expect(some.got.map((got) => open(few, got))).toEqual([
      { ...finalised, sequence: expect.any(Number) as number },
    ]);
    expect(() => open(few, all.got[0] as Got)).toThrow();
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    expect(JSON.stringify([all.got, some.got, stage.log])).not.toMatch(/Squibbleworth|Wigglethrope/);
    expect(JSON.stringify(await stage.deliveries(every))).not.toContain(made.urn);
  });

  test('is told nothing of what came to nothing, and of restricted cases only where it is to know of them', async () => {
    const [open_, closed] = [await stage.receiver(), await stage.receiver()];
    const trusted = await stage.make(closed, { restrictedCases: true });
    const other = await stage.make(open_);
    const restricted = await create(stage.senior(), { restricted: true, visibleTo: ['sr-1'] });
    await expectStatus(409, stage.senior().post('/api/cases', { ...(await readBody(restricted.urn)) }));
    await create(stage.senior());
    await arrived(open_, 1);
    await arrived(closed, 2);
    expect((await stage.deliveries(other)).length).toBe(1);
    expect((await stage.deliveries(trusted)).length).toBe(2);
  });
  const readBody = async (urn: string) => ({
    ...{
      urn,
      kind: 'crime',
      initiation: 'charge',
      anticipatedPlea: 'guilty',
      receivedAt: '2026-06-02T09:00:00Z',
    },
    officer: (await readCase(stage.senior(), urn)).officer,
    defendants: [{ name: 'Sam', remand: 'none', offences: [{ code: 'TH68006', committedOn: '2026-05-30' }] }],
  });

  test('that fails is tried again under the same id, is given up in the end, and an administrator sends it again', async () => {
    const at = await stage.receiver();
    at.answer({ status: 500 });
    const webhook = await stage.make(at);
    await create(stage.senior());
    const failed = await stage.delivery(webhook, 'given up', ({ state }) => state === 'failed');
    expect(failed).toMatchObject({
      attempts: quick.plan.length + 1,
      lastStatus: 500,
      lastError: 'answered 500',
    });
    expect(at.got).toHaveLength(quick.plan.length + 1);
    const asked = await stage.db.execute(sql`
      select 1 from tasks where kind = 'webhook-failed' and team = 'administration' and subject ->> 'webhookId' = ${webhook.id}`);
    expect(asked).toHaveLength(1);
    at.answer({ status: 200 });
    const retry = `/api/webhooks/${webhook.id}/deliveries/${failed.id}/retry`;
    expect((await stage.admin().post(retry)).status).toBe(202);
    await stage.delivery(webhook, 'delivered', ({ state }) => state === 'delivered');
    expect(new Set(at.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await stage.admin().post(retry)).status).toBe(409);
  });

  test('follows no redirect, and is paused where its receiver is gone', async () => {
    const [at, elsewhere] = [await stage.receiver(), await stage.receiver()];
    at.answer({ status: 307, headers: { Location: elsewhere.url } });
    const webhook = await stage.make(at);
    await create(stage.senior());
    expect(await stage.delivery(webhook, 'given up', ({ state }) => state === 'failed')).toMatchObject({
      lastError: 'answered with a redirect, which is not followed',
    });
    expect(elsewhere.got).toEqual([]);
    at.answer({ status: 410 });
    await create(stage.senior());
    await waitFor(
      'it to be paused',
      async () => (await stage.admin().get<Made>(`/api/webhooks/${webhook.id}`)).body.paused,
    );
  });

  test('that is paused is told of it all when it goes on, and tested in the meantime', async () => {
    const at = await stage.receiver();
    const webhook = await stage.make(at, { paused: true });
    await create(stage.senior());
    await expectStatus(202, stage.admin().post(`/api/webhooks/${webhook.id}/ping`));
    await arrived(at, 1);
    expect(at.got.map((got) => open(webhook, got).type)).toEqual(['ping']);
    // It is written down after it has arrived.
    await waitFor('the ping to be delivered and nothing else', async () => {
      const states = (await stage.deliveries(webhook)).map(({ state }) => state);
      return states.join() === 'delivered,pending';
    });
    await stage.change(webhook, { paused: false });
    await arrived(at, 2);
    expect(at.got.map((got) => open(webhook, got).type)).toEqual(['ping', 'case.created']);
  });

  test('that never answers keeps nobody else waiting', async () => {
    const [slow, fast] = [await stage.receiver(), await stage.receiver()];
    slow.answer('never');
    const hung = await stage.make(slow);
    const other = await stage.make(fast);
    for (let i = 0; i < 4; i++) await create(stage.senior());
    await arrived(slow, 1);
    await arrived(fast, 4);
    expect((await stage.deliveries(hung)).filter(({ state }) => state === 'pending')).toHaveLength(4);
    await stage.allOf(other, fast);
  });

  test('whose sender was killed with -9 in the middle is told by another, under the same id', async () => {
    const at = await stage.receiver();
    at.answer('never');
    await stage.stopSending();
    const webhook = await stage.make(at);
    await create(stage.senior());
    const program = [
      '--import',
      'tsx',
      'test/webhooks/webhook-worker.ts',
      JSON.stringify(stage.hub.database.address),
      linkSecret,
    ];
    const worker = spawn(process.execPath, program, { stdio: 'ignore' });
    const ended = new Promise((resolve) => worker.once('close', resolve));
    await arrived(at, 1);
    worker.kill('SIGKILL');
    await ended;
    at.answer({ status: 200 });
    stage.startSending();
    // Nobody else takes it for a minute, in which its sender could still tell: that minute is over.
    await stage.db.execute(
      sql`update webhook_deliveries set due_at = clock_timestamp() where state = 'pending'`,
    );
    expect(await stage.delivery(webhook, 'delivered', ({ state }) => state === 'delivered')).toMatchObject({
      attempts: 2,
    });
    expect(at.got[0]?.headers['webhook-id']).toBe(at.got[1]?.headers['webhook-id']);
  });
});
