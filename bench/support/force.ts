import type { Connection } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { alerts, cases, hearings, materialRequests, officers } from '../../db/schema/index.ts';
import { addDays, type CivilDate } from '../../src/calendar/civil-date.ts';
import type { HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import { morningOf, onBusinessDays } from '../../src/chasers/business-hours.ts';
import { defaultLadder } from '../../src/chasers/ladder.ts';
import { planSteps, writePlan } from '../../src/chasers/plan-steps.ts';
import { chaserAlert, type RequestRow } from '../../src/materials/compare-requests.ts';
import { newId } from '../../src/platform/ids.ts';

export type Force = { officers: number; items: number };

const batch = 1_000;
const materials = ['witness-statements', 'exhibit-list', 'case-information', 'interview-record'];

/** Twenty constables to a sergeant, ten sergeants to an inspector. */
const line = (i: number) => ({
  constable: `BC${10_000 + i}`,
  sergeant: `BS${1_000 + Math.floor(i / 20)}`,
  inspector: `BI${100 + Math.floor(i / 200)}`,
});

/** Officers of a force, with their line. */
export async function plantOfficers({ db }: Connection, many: number): Promise<void> {
  const rows = new Map<string, typeof officers.$inferInsert>();
  const add = (collar: string, rank: 'constable' | 'sergeant' | 'inspector', supervisor: string | null) => {
    const name = 'Zzyzx Quillfeather';
    rows.set(collar, { collar, name, rank, email: `${collar}@force.invalid`, station: 'Bench', supervisor });
  };
  for (let i = 0; i < many; i++) {
    const { constable, sergeant, inspector } = line(i);
    add(inspector, 'inspector', null);
    add(sergeant, 'sergeant', inspector);
    add(constable, 'constable', sergeant);
  }
  await db.transaction((tx) => insertMany(tx, officers, [...rows.values()]));
}

/** Days, from the one on which something is due, on which a step of the ladder falls: mostly the officer's own. */
const stepOf = (i: number): number => {
  const place = i % 50;
  if (place < 20) return -5;
  if (place < 32) return -2;
  if (place < 42) return 0;
  if (place < 47) return 2;
  return place < 49 ? 5 : 8;
};

/** Outstanding items, five to an officer in cases of four, each of which steps at 08:00 on a day. */
export async function plantItems(
  { db }: Connection,
  force: Force,
  day: CivilDate,
  calendar: HolidayCalendar,
): Promise<void> {
  const at = morningOf(addDays(day, -30));
  const perCase = materials.length;
  for (let first = 0; first < force.items / perCase; first += batch) {
    const ofCases = Array.from(
      { length: Math.min(batch, force.items / perCase - first) },
      (_, i) => first + i,
    ).map((n) => ({ n, id: newId(), officer: line(n % force.officers).constable }));
    const requests = ofCases.flatMap(({ n, id, officer }) =>
      materials.map((material, m) => requestOf(id, officer, material, n * perCase + m, day, at, calendar)),
    );
    await db.transaction(async (tx) => {
      await insertMany(
        tx,
        cases,
        ofCases.map(({ n, id, officer }) => caseOf(n, id, officer, at)),
      );
      await insertMany(
        tx,
        hearings,
        ofCases.filter(({ n }) => n % 3 === 0).map(({ id }) => hearingOf(id, day)),
      );
      await insertMany(tx, materialRequests, requests);
      await insertMany(
        tx,
        alerts,
        requests.flatMap((request, i) => {
          const n = first * perCase + i;
          const step =
            defaultLadder.ordinary.find(({ businessDays }) => businessDays === stepOf(n))?.step ?? '';
          return [chaserAlert(request, { step, fireAt: morningOf(day) }, at)];
        }),
      );
    });
  }
}

function requestOf(
  caseId: string,
  officer: string,
  material: string,
  n: number,
  day: CivilDate,
  at: string,
  calendar: HolidayCalendar,
): RequestRow {
  const dueOn = onBusinessDays(calendar, day, -stepOf(n));
  const context = { inCustody: false, custodyLimit: null, timeLimit: null, nextHearing: null };
  const plan = planSteps(dueOn, context, defaultLadder, calendar);
  return {
    id: newId(),
    caseId,
    key: `file:${material}`,
    material,
    why: 'the prosecutor must have it for the first hearing',
    note: null,
    dueOn,
    dueWhy: null,
    basis: { kind: 'file-standard', standard: 'not-guilty', version: 1 },
    rejections: 0,
    officer,
    state: 'outstanding',
    defectCode: null,
    requestedBy: caseId,
    closedBy: null,
    answer: null,
    urgent: false,
    plan: writePlan(plan),
    heldUntil: null,
    heldWhy: null,
    failedAt: null,
    version: 1,
    createdAt: at,
    changedAt: at,
  };
}

function caseOf(n: number, id: string, officer: string, at: string) {
  const urn = `29BN${String(n + 1).padStart(5, '0')}26`;
  const caseworker = `cw-${1 + (n % 4)}`;
  return {
    ...{
      id,
      urn,
      officer,
      caseworker,
      kind: 'crime' as const,
      state: 'open' as const,
      team: 'crime' as const,
    },
    ...{ restricted: false, visibleTo: [], receivedAt: at, createdAt: at, createdBy: 'bench', version: 1 },
  };
}

function hearingOf(caseId: string, day: CivilDate) {
  const [on, court] = [addDays(day, 12), 'magistrates'];
  return {
    ...{ id: newId(), caseId, on, time: '10:00', court },
    ...{ courtName: 'Norwich Magistrates’ Court', type: 'trial', state: 'listed' as const },
  };
}
