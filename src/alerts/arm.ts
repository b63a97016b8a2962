import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { machineClock, type Clock } from '../platform/clock.ts';
import { isMessageQueue, jobOptions, queueNames, type HubQueues, type QueueName } from './hub-queues.ts';
import { noteArmed } from './metrics.ts';
import { ofMessageQueue } from './of-message-queue.ts';

/** How far ahead wake-ups are put in BullMQ; arming is repeated long before. */
const horizon = sql`interval '26 hours'`;
/** What fell due between the last sweep and the arming is woken for at once; anything older is left to the sweep. */
const lookBack = sql`interval '1 minute'`;
/** One wake-up for each so many that are due at one instant, so that several workers share them. */
const alertsPerWakeUp = 500;
const bulkSize = 1_000;
const bulksInFlight = 2;

type DueInstant = { at_ms: string; due: string; delay_ms: string };
type WakeUpJob = {
  name: 'wake';
  data: { at: string };
  opts: { jobId: string; delay: number } & typeof jobOptions;
};

/**
 * Puts a delayed wake-up in BullMQ for every instant of the next 26 hours at which something pending falls due, and one
 * more for each further 500 due then. Doing it again changes nothing, and puts back what a flushed Redis lost.
 * @param only the queues to arm; all of them unless given
 * @returns how many wake-ups each queue should hold
 */
export async function armHorizon(
  db: Database,
  queues: HubQueues,
  only: readonly QueueName[] = queueNames,
): Promise<Partial<Record<QueueName, number>>> {
  const armed: Partial<Record<QueueName, number>> = {};
  for (const name of only) {
    if (!queues.isReady()) break;
    const jobs = (await dueInstants(db, name)).flatMap((instant) => wakeUps(name, instant));
    await addAll(queues, name, jobs);
    noteArmed(name, jobs.length);
    armed[name] = jobs.length;
  }
  return armed;
}

/**
 * Forgets every wake-up and arms anew, after the hub's clock was moved: a wake-up waits by the machine's clock, and
 * adding it again never changes when it comes.
 */
export async function rearmHorizon(db: Database, queues: HubQueues): Promise<void> {
  for (const name of queueNames) {
    if (queues.isReady()) await queues.queues[name].drain(true);
  }
  await armHorizon(db, queues);
}

/** Puts a canary in every queue; the worker that hears it writes a row, which is the only proof that it hears. */
export async function addCanaries(queues: HubQueues, clock: Clock = machineClock): Promise<void> {
  const at = clock.now();
  for (const name of queueNames) {
    if (!queues.isReady()) return;
    await queues.queues[name].add('canary', { at }, { ...jobOptions, jobId: `canary-${Date.parse(at)}` });
  }
}

/** The hub's time is asked once a queue: what counts is how long it still is until the instant, by Postgres. */
async function dueInstants(db: Database, name: QueueName): Promise<DueInstant[]> {
  const due = isMessageQueue(name)
    ? sql`select due_at as at, count(*) as due from messages, clock
            where state = 'pending' and due_at > clock.now - ${lookBack} and due_at <= clock.now + ${horizon}
              and ${ofMessageQueue(name)} group by due_at`
    : sql`select fire_at as at, count(*) as due from alerts, clock
            where class = ${name} and state = 'pending' and fire_at > clock.now - ${lookBack} and fire_at <= clock.now + ${horizon}
            group by fire_at`;
  return db.execute<DueInstant>(sql`
    with clock as materialized (select hub_now() as now), instants as (${due})
    select (extract(epoch from at) * 1000)::bigint::text as at_ms, due::text,
           ceil(extract(epoch from at - clock.now) * 1000)::bigint::text as delay_ms
    from instants, clock order by at`);
}

function wakeUps(name: QueueName, instant: DueInstant): WakeUpJob[] {
  const at = new Date(Number(instant.at_ms)).toISOString();
  const copies = Math.ceil(Number(instant.due) / alertsPerWakeUp);
  return Array.from({ length: copies }, (_, n) => ({
    name: 'wake',
    data: { at },
    opts: {
      ...jobOptions,
      jobId: `due-${name}-${instant.at_ms}-${n}`,
      delay: Math.max(1, Number(instant.delay_ms)),
    },
  }));
}

async function addAll(queues: HubQueues, name: QueueName, jobs: WakeUpJob[]): Promise<void> {
  const bulks: WakeUpJob[][] = [];
  for (let from = 0; from < jobs.length; from += bulkSize) bulks.push(jobs.slice(from, from + bulkSize));
  const addNext = async () => {
    for (let bulk = bulks.shift(); bulk; bulk = bulks.shift()) await queues.queues[name].addBulk(bulk);
  };
  await Promise.all(Array.from({ length: bulksInFlight }, addNext));
}
