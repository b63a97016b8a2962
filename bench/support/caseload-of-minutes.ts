import { insertMany } from '../../db/many-rows.ts';
import type { Connection } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { attendance, cases, staff, tasks } from '../../db/schema/index.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { civilDateOf, instantAt } from '../../src/calendar/london-time.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Caseload, CaseloadCase, CaseloadPerson } from '../../src/workload/rebalance/caseload.ts';

const today = '2026-06-01';
const skills = ['domestic-abuse', 'youth', 'sexual-offence'];

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A large force on a bad Monday: some have twice the cases of others, one in twenty is away, one in ten part time; a
 * sixth of the cases take a skill, some are restricted, some people have conflicts of interest.
 */
export function inventCaseload(of: { seed: number; people: number; cases: number }): Caseload {
  const next = numbersOf(of.seed);
  const chance = (share: number) => next() < share;
  const people = Array.from({ length: of.people }, (_, i): CaseloadPerson => {
    const capacity = chance(0.05) ? 0 : chance(0.1) ? 3_700 : 7_540;
    return {
      id: `bench-${String(i + 1).padStart(3, '0')}`,
      name: `Bench ${i + 1}`,
      team: 'crime',
      skills: skills.filter(() => chance(0.5)),
      absences: capacity === 0 ? [{ from: today, to: '2026-07-31' }] : [],
      capacity,
      receives: capacity > 0,
    };
  });
  const anybody = () => people[Math.floor(next() * people.length)]?.id ?? '';
  const made = Array.from({ length: of.cases }, (_, i): CaseloadCase => {
    // The first have more than the last.
    const owner = people[Math.floor(next() ** 1.4 * people.length)];
    const isRestricted = chance(0.02);
    return {
      id: newId(),
      urn: `29BM${String(i).padStart(5, '0')}26`,
      version: 1,
      team: 'crime',
      owner: owner?.id ?? '',
      isRestricted,
      visibleTo: isRestricted ? ['sr-1', owner?.id ?? '', anybody(), anybody()] : [],
      skills: owner?.skills.filter(() => chance(0.1)) ?? [],
      barred: chance(0.02) ? [anybody()] : [],
      complexity: chance(0.15) ? 'complex' : chance(0.3) ? 'simple' : 'standard',
      hasEnhancedRights: chance(0.2),
      hearingOn: chance(0.4) ? addDays(today, 1 + Math.floor(next() * 60)) : null,
      limitOn: null,
      isLimitUnconfirmed: false,
      reachedByOwner: chance(0.35) ? 1 : 0,
      changedHandsOn: chance(0.05) ? '2026-05-20' : null,
      notedAt: null,
      notedOn: chance(0.1) ? '2026-05-28' : null,
      heldBy: chance(0.005) ? (owner?.id ?? null) : null,
      pinned: chance(0.01) ? { by: 'sr-1', at: '2026-05-20T09:00:00.000Z', reason: 'asked for' } : null,
      cover: null,
    };
  });
  return {
    ...{ today, until: '2026-06-29', people, cases: made },
    work: made.map(({ id, owner }) => ({
      caseId: id,
      assignee: owner,
      minutes: 10 + Math.floor(next() * 120),
      dueOn: addDays(today, Math.floor(next() * 28)),
    })),
  };
}

/** The same people and cases as rows, with three open tasks to a case. */
export async function plantCaseload(
  { db }: Connection,
  { people, cases: made, work }: Caseload,
): Promise<void> {
  const minutes = new Map(work.map((one) => [one.caseId, one.minutes]));
  await db.transaction(async (tx) => {
    const now = await readNow(tx);
    await insertMany(
      tx,
      staff,
      people.map(({ id, name }) => ({
        ...{ id, name, role: 'caseworker' as const, team: 'crime' as const },
        ...{ email: `${id}@hub.invalid`, active: true },
      })),
    );
    await insertMany(
      tx,
      attendance,
      people.map(({ id, skills: trained }) => ({
        ...{ staffId: id, pattern: null, patternVersion: 0, skills: [...trained] },
        ...{ skillsVersion: 1, absencesVersion: 0, changedBy: 'bench', changedAt: now },
      })),
    );
    const given = made.map((one) => ({ ...one, skills: [...one.skills], barred: [...one.barred] }));
    await insertMany(
      tx,
      cases,
      given.map((one) => ({
        ...{ id: one.id, urn: one.urn, kind: 'crime' as const, state: 'open' as const, officer: 'PC1001' },
        ...{ caseworker: one.owner, team: 'crime' as const, restricted: one.isRestricted },
        ...{ visibleTo: [...one.visibleTo], traits: [], complexity: one.complexity },
        ...{ skills: one.skills, barred: one.barred },
        ...{ receivedAt: now, createdAt: now, createdBy: 'bench', version: 1 },
      })),
    );
    const rows = given.flatMap((one) =>
      [1, 2, 3].map((n) => ({
        ...{ id: newId(), kind: 'bench', title: 'Bench', caseId: one.id, source: `bench:${n}`, subject: {} },
        ...{ why: [], team: 'crime', assignee: one.owner, visibleTo: [], notFor: [] },
        ...{ skills: one.skills, barred: one.barred, custody: false, consequence: 3, danger: false },
        ...{ alwaysCritical: false, state: 'open' as const, createdAt: now, version: 1 },
        dueAt: instantAt(addDays(civilDateOf(now), n * 5), '16:00'),
        risesAt: instantAt(addDays(civilDateOf(now), 30), '16:00'),
        effortMinutes: Math.max(1, Math.round((minutes.get(one.id) ?? 30) / 3)),
      })),
    );
    for (let first = 0; first < rows.length; first += 10_000)
      await insertMany(tx, tasks, rows.slice(first, first + 10_000));
  });
}
