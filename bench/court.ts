import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type postgres from 'postgres';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { readMessage } from '../src/court-results/receive-message.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { message, type OffenceSaid } from '../test/court-results/message.ts';
import type { Client } from '../test/support/client.ts';
import { startApi } from './support/api-in-process.ts';
import { plantStaff } from './support/caseload.ts';
import { keepClaiming } from './support/claims.ts';
import { median, percentile, perSecond, report, type Pair } from './support/ratios.ts';

const pairsOf = 5;
const [resultsEach, bigEach, contactsEach] = [24, 8, 8];
const [inFlight, pullEveryMs, offencesOfBig] = [4, 200, 100];
/** Beside the demo's, so that nobody's queue is longer than a page. */
const caseworkers = 40;

type Case = { urn: string; caseworker: string; contacts: { id: string; state: string }[] };
type Queue = { items: { kind: string; caseUrn: string }[] };

/**
 * Results of courts that are posted while caseworkers pull: how many a second, how long one of 100 offences takes, and how
 * long until the victim's contact stands in a queue; each beside reading the same message and one insert of it.
 */
async function benchCourt(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const connection = connect(server.address, { max: 12 });
  await migrate(connection);
  await seedPeople(connection.db);
  await plantStaff(connection.db, caseworkers);
  const beside = connect(server.address, { max: inFlight });
  const bare = beside.db.$client;
  await bare.unsafe('create table bench_messages (id uuid primary key, body text not null)');
  const { clientOf: as, close } = await startApi(connection, dataDir);
  try {
    const big = Array.from({ length: offencesOfBig }, (): OffenceSaid => fined);
    const many = pairsOf + 1;
    const small = await createCases(as('feed-1'), many * resultsEach, 1);
    const large = await createCases(as('feed-1'), many * bigEach, offencesOfBig);
    const told = await createCases(as('feed-1'), many * contactsEach, 1);
    for (const one of told) await tellAll(as(one.caseworker), one);
    const claiming = keepClaiming(as, ['cw-1', 'cw-2', 'cw-3', 'cw-4'], pullEveryMs);
    const send = (one: Case, offences: OffenceSaid[]) => post(as('feed-1'), xmlOf(one, offences));
    const alone = (one: Case, offences: OffenceSaid[]) => readAndKeep(bare, xmlOf(one, offences));

    const perSecondOf = (
      cases: readonly Case[],
      work: (one: Case, offences: OffenceSaid[]) => Promise<unknown>,
    ) => perSecond(cases.length, inFlight, (i) => work(cases[i] ?? nobody, [fined]));
    const rates = await interleaved(small, resultsEach, async (cases) => ({
      ours: await perSecondOf(cases, send),
      baseline: await perSecondOf(cases, alone),
    }));
    report(
      'court-results',
      `court results posted while caseworkers pull, against ${against}`,
      'results/s',
      rates,
      {
        load: loadavg()[0],
      },
    );

    const all: number[] = [];
    const slowest = await interleaved(large, bigEach, async (cases) => {
      const [ours, baseline]: number[][] = [[], []];
      for (const one of cases) {
        ours?.push(await timed(() => send(one, big)));
        baseline?.push(await timed(() => alone(one, big)));
      }
      all.push(...(ours ?? []));
      return { ours: percentile(ours ?? [], 0.99), baseline: percentile(baseline ?? [], 0.99) };
    });
    report('court-big', `one result of ${offencesOfBig} offences, p99, against ${against}`, 'ms', slowest, {
      p50: median(all),
      p99: percentile(all, 0.99),
      load: loadavg()[0],
    });

    const waits = await interleaved(told, contactsEach, async (cases) => {
      const [ours, baseline]: number[][] = [[], []];
      for (const one of cases) {
        ours?.push(await timed(() => sendAndFind(as, one, send)));
        baseline?.push(
          await timed(async () => {
            const id = await alone(one, [fined]);
            await bare`select body from bench_messages where id = ${id}`;
          }),
        );
      }
      return { ours: median(ours ?? []), baseline: median(baseline ?? []) };
    });
    const pulls = claiming.taken();
    report(
      'court-contact',
      `from a result's arrival until the victim's contact is in a queue, against ${against} and reading it back`,
      'ms',
      waits,
      { pulls: { many: pulls.length, p50: median(pulls), p99: percentile(pulls, 0.99) }, load: loadavg()[0] },
    );
    await claiming.stop();
  } finally {
    await close();
    await beside.close();
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const against = 'reading the same message and one insert of it';
const fined: OffenceSaid = {
  plea: '1',
  finding: 'G',
  isFinal: true,
  results: [{ code: 1015, text: 'Fined' }],
};
const nobody: Case = { urn: '', caseworker: '', contacts: [] };

/** The first share of the cases warms everything up and is not counted. */
async function interleaved(
  cases: readonly Case[],
  each: number,
  pair: (cases: readonly Case[]) => Promise<Pair>,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let first = 0; first < cases.length; first += each)
    pairs.push(await pair(cases.slice(first, first + each)));
  return pairs.slice(1);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

let made = 0;
async function createCases(feed: Client, many: number, offences: number): Promise<Case[]> {
  const created: Case[] = [];
  for (let i = 0; i < many; i++) {
    const reply = await feed.post<Case>('/api/cases', caseBody(offences));
    if (reply.status !== 201) throw new Error(reply.text);
    created.push(reply.body);
  }
  return created;
}

function caseBody(offences: number) {
  const offence = { code: 'TH68006', committedOn: '2026-02-01', chargedOn: '2026-02-10' };
  return {
    ...{ urn: `29BN${String(++made).padStart(5, '0')}26`, kind: 'crime', initiation: 'charge' },
    ...{ anticipatedPlea: 'guilty', receivedAt: '2026-02-12T09:00:00Z', officer: 'PC1001' },
    defendants: [
      {
        ...{ name: 'Orsino Blenkhurst', dateOfBirth: '1990-04-12', remand: 'unconditional-bail' },
        offences: Array.from({ length: offences }, () => offence),
      },
    ],
    victims: [{ name: 'Petra Quillbarrow', contact: { phone: '07700 900123' }, preferred: 'phone' }],
  };
}

function xmlOf({ urn }: Case, offences: OffenceSaid[]): string {
  return message({ id: `${urn}-${crypto.randomUUID()}`, urn, on: '2026-03-02', defendants: [{ offences }] });
}

async function post(feed: Client, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/xml' };
  const { status, text } = await feed.send('/api/court-results', { method: 'POST', headers, body });
  if (status !== 202) throw new Error(text);
}

/** What it takes at the least: the message is read whole, and kept. */
async function readAndKeep(bare: postgres.Sql, body: string): Promise<string> {
  const read = readMessage(new TextEncoder().encode(body));
  if (read.kind !== 'read') throw new Error('the message cannot be read');
  const id = crypto.randomUUID();
  await bare`insert into bench_messages (id, body) values (${id}, ${read.body})`;
  return id;
}

/** What was owed when the case came in is told, so that the result alone makes the next contact. */
async function tellAll(client: Client, { contacts }: Case): Promise<void> {
  for (const { id, state } of contacts)
    if (state === 'owed')
      await client.post(`/api/contacts/${id}/attempts`, { channel: 'phone', result: 'reached' });
}

async function sendAndFind(
  as: (id: string) => Client,
  one: Case,
  send: (one: Case, offences: OffenceSaid[]) => Promise<void>,
): Promise<void> {
  await send(one, [fined]);
  for (;;) {
    const { body } = await as(one.caseworker).get<Queue>(
      `/api/caseworkers/${one.caseworker}/queue?limit=100`,
    );
    const isThere = ({ kind, caseUrn }: Queue['items'][number]) =>
      kind === 'victim-contact' && caseUrn === one.urn;
    if (body.items.some(isThere)) return;
  }
}

await benchCourt();
