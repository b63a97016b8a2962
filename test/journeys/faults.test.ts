import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { instantAt } from '../../src/calendar/london-time.ts';
import { jobOptions } from '../../src/alerts/hub-queues.ts';
import { hasRedis } from '../support/redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { backends, startWholeHub, type WholeHub, type WholeHubOptions } from '../support/whole-hub.ts';
import {
  create,
  defendant,
  expectStatus,
  messagesTo,
  ofRule,
  readCase,
  victim,
  type CaseJson,
} from './stage.ts';

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: WholeHubOptions): Promise<WholeHub> {
  const hub = await startWholeHub(options);
  closers.push(() => hub.close());
  return hub;
}

/** A case in custody whose limit of 56 days is over on Tuesday 28 July 2026, and whose file is in order. */
async function inCustody(hub: WholeHub): Promise<CaseJson> {
  const made = await create(hub.as('sr-1'), {
    defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
    victims: [victim()],
  });
  const accepted = { result: 'accepted' };
  await expectStatus(201, hub.as('sr-1').post(`/api/cases/${made.urn}/file-checks`, accepted));
  return made;
}
const limitOf = (made: CaseJson) => ofRule(made.deadlines, 'ctl-eitherway-56');

/** How often the step of the day on which the limit falls due was carried out, and what followed. */
async function dueStep(hub: WholeHub, made: CaseJson) {
  const [row] = await hub.database.sql<{ fired: number; letters: number; tasks: number }[]>`
    select count(*) filter (where a.state = 'fired')::int as fired,
      (select count(*)::int from messages m where m.facts->>'alertId' = any(array_agg(a.id::text))) as letters,
      (select count(*)::int from tasks t where t.deadline_id = ${limitOf(made).id} and t.state = 'open') as tasks
    from alerts a where a.obligation_id = ${limitOf(made).id} and a.step = 'due'`;
  return row;
}
const carriedOutOnce = { fired: 1, letters: 2, tasks: 1 };
const isDueFired = (hub: WholeHub, made: CaseJson) =>
  waitFor('the limit to be announced', async () => (await dueStep(hub, made))?.fired === 1, 30_000);

/** Sets the clock to a moment before 08:00 on the day on which the limit falls due, with all before it carried out. */
async function toTheMorning(hub: WholeHub, secondsBefore: number): Promise<void> {
  await hub.moveTo('2026-07-28', '07:30');
  await hub.calm();
  const at = Date.parse(instantAt('2026-07-28', '08:00')) - secondsBefore * 1_000;
  await hub.moveTo('2026-07-28', new Date(at + 3_600_000).toISOString().slice(11, 19));
}

describe.each(backends)('a real case, on %s', (backend) => {
  test('keeps its promises when the worker that carries out its alert is killed in the middle', async () => {
    const hub = await start({ backend, now: '2026-06-02T10:00:00+01:00' });
    const made = await inCustody(hub);
    await hub.moveTo('2026-07-28', '07:30');
    await hub.calm();
    await hub.stopWorkers();
    await hub.setClock(instantAt('2026-07-28', '08:00:01'));

    const program = fileURLToPath(new URL('./worker-that-hangs.ts', import.meta.url));
    const where = [JSON.stringify(hub.database.address), ...(hub.redis ? [hub.redis.url] : [])];
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...where], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    closers.push(() => void child.kill('SIGKILL'));
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/^firing \d+\n/);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(await dueStep(hub, made)).toEqual({ fired: 0, letters: 0, tasks: 1 });

    hub.startWorkers();
    await isDueFired(hub, made);
    expect(await hub.problems()).toEqual([]);
    expect(await dueStep(hub, made)).toEqual(carriedOutOnce);
    expect(
      (await messagesTo(hub.as('sr-1'), 'sr-1')).filter(({ subject }) => /^Due today/.test(subject)),
    ).toHaveLength(1);
  });

  test('is told of by its wake-up, once, though that comes three times and early as well', async () => {
    // Nobody sweeps: what fires was woken.
    const seldom = { sweepSeconds: 3_600, armSeconds: 3_600 };
    const hub = await start({ backend, now: '2026-06-02T10:00:00+01:00', ...seldom });
    const made = await inCustody(hub);
    await toTheMorning(hub, 4);
    const { deadlines: queue } = hub.queues.queues;
    const wake = (jobId: string, delay: number, at: string) =>
      queue.add('wake', { at }, { ...jobOptions, jobId, delay });
    const due = instantAt('2026-07-28', '08:00');
    await wake('early', 1, due);
    await waitFor('the early wake-up to be heard', async () => (await queue.getJob('early')) === undefined);
    expect(await dueStep(hub, made)).toMatchObject({ fired: 0 });
    for (const copy of ['one', 'two', 'three']) await wake(copy, 4_100, due);
    await isDueFired(hub, made);
    await waitFor('the copies to be heard', async () => {
      const left = await Promise.all(['one', 'two', 'three'].map((copy) => queue.getJob(copy)));
      return left.every((job) => job === undefined);
    });
    expect(await dueStep(hub, made)).toEqual(carriedOutOnce);
    expect(await hub.problems()).toEqual([]);
  });
});

describe.each(hasRedis ? ['Redis'] : [])('%s', () => {
  test('is gone for a whole story: nothing is lost, doubled or early', async () => {
    const hub = await start({ backend: 'redis', now: '2026-06-02T10:00:00+01:00' });
    await hub.redis?.stop();
    await waitFor('it to be missed', () => !hub.queues.isReady());
    const made = await inCustody(hub);
    const statement = { material: 'witness-statements', why: 'to prove it', dueOn: '2026-06-15' };
    await expectStatus(201, hub.as('sr-1').post(`/api/cases/${made.urn}/materials`, statement));
    await toTheMorning(hub, 1);
    await isDueFired(hub, made);
    expect(await dueStep(hub, made)).toEqual(carriedOutOnce);
    expect((await messagesTo(hub.as('sr-1'), 'PC1001')).length).toBeGreaterThan(1);
    await hub.calm();
    await hub.redis?.start();
    await waitFor('it to be back', () => hub.queues.isReady());
    expect(await hub.problems({ outage: true })).toEqual([]);
  });

  test('loses all that was armed: it is armed again, and fires on its wake-up', async () => {
    const hub = await start({
      backend: 'redis',
      now: '2026-06-02T10:00:00+01:00',
      sweepSeconds: 3_600,
      armSeconds: 1,
    });
    const made = await inCustody(hub);
    await toTheMorning(hub, 3);
    const due = Date.parse(instantAt('2026-07-28', '08:00'));
    const isArmed = async () =>
      (await hub.queues.queues.deadlines.getJob(`due-deadlines-${due}-0`)) !== undefined;
    await waitFor('the wake-up to be armed', isArmed);
    await hub.redis?.flush();
    await isDueFired(hub, made);
    expect(await dueStep(hub, made)).toEqual(carriedOutOnce);
    expect((await readCase(hub.as('sr-1'), made.urn)).state).toBe('open');
    expect(await hub.problems()).toEqual([]);
  });
});
