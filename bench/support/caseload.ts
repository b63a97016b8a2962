import type { Database } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { readNow } from '../../db/read-now.ts';
import { caseEvents, cases, people, staff } from '../../db/schema/index.ts';
import { addDays, type CivilDate } from '../../src/calendar/civil-date.ts';
import { businessDayOnOrAfter, type HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../../src/calendar/london-time.ts';
import type { CaseEvent, Registration } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { settleAll, type CaseRow } from '../../src/cases/settle.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { newId } from '../../src/platform/ids.ts';
import { hubActor } from '../../src/staff/history.ts';

const batch = 250;

/** Caseworkers beside the demo's, so that each has a hundred cases. */
export async function plantStaff(db: Database, many: number): Promise<string[]> {
  const rows = Array.from({ length: many }, (_, i) => ({
    id: `bench-${i + 1}`,
    name: `Bench ${i + 1}`,
    role: 'caseworker' as const,
    team: 'crime' as const,
    email: `bench-${i + 1}@hub.invalid`,
    active: true,
  }));
  await db.insert(staff).values(rows);
  return rows.map(({ id }) => id);
}

/** Plants live cases of every usual kind through the engine: what recording them one by one would have made. */
export async function plantCases(
  db: Database,
  many: number,
  caseworkers: readonly string[],
  calendar: HolidayCalendar,
): Promise<void> {
  for (let first = 0; first < many; first += batch)
    await db.transaction(async (tx) => {
      const now = await readNow(tx);
      const made = Array.from({ length: Math.min(batch, many - first) }, (_, i) =>
        inventCase(first + i, caseworkers, calendar, now),
      );
      await insertMany(
        tx,
        cases,
        made.map(({ row }) => row),
      );
      await insertMany(
        tx,
        people,
        made.flatMap(({ row, events }) =>
          (events[0]?.data as Registration).people.map(({ id, role, preferred }, position) => ({
            id,
            caseId: row.id,
            position,
            role,
            name: 'Zzyzx Quillfeather',
            contact: { phone: '01632 960001' },
            preferred,
          })),
        ),
      );
      await insertMany(
        tx,
        caseEvents,
        made.flatMap(({ row, events }) =>
          events.map((event) => ({ ...event, caseId: row.id, recordedAt: now })),
        ),
      );
      await settleAll(
        tx,
        made.map(({ row, events }) => ({ row, state: foldCase(events) })),
        { now, calendar, rules, actor: hubActor },
      );
    });
}

type Shape = {
  remand: Registration['defendants'][number]['remand'];
  class: 'summary-only' | 'either-way' | 'indictable-only';
  plea: boolean;
  sent: boolean;
  victims: number;
  accepted: boolean;
};

/** Before plea on bail, after plea on bail, in custody, in the Crown Court, with a victim. */
const shapes: readonly Shape[] = [
  { remand: 'conditional-bail', class: 'either-way', plea: false, sent: false, victims: 1, accepted: false },
  { remand: 'conditional-bail', class: 'summary-only', plea: true, sent: false, victims: 0, accepted: true },
  { remand: 'none', class: 'summary-only', plea: true, sent: false, victims: 0, accepted: true },
  { remand: 'custody', class: 'either-way', plea: false, sent: false, victims: 1, accepted: true },
  {
    remand: 'conditional-bail',
    class: 'indictable-only',
    plea: false,
    sent: true,
    victims: 2,
    accepted: true,
  },
  { remand: 'conditional-bail', class: 'either-way', plea: true, sent: false, victims: 1, accepted: true },
];

/** A live case of one of the usual kinds, by its place in the caseload. */
export function inventCase(
  index: number,
  caseworkers: readonly string[],
  calendar: HolidayCalendar,
  now: string,
): { row: CaseRow; events: CaseEvent[] } {
  const shape = shapes[index % shapes.length] ?? shapes[0]!;
  const today = civilDateOf(now);
  const sitting = (days: number): CivilDate => {
    const day = businessDayOnOrAfter(calendar, addDays(today, days));
    return typeof day === 'string' ? day : addDays(today, days);
  };
  const age = 3 + ((index * 7) % 40);
  const received = sitting(-age);
  const receivedAt = instantAt(received, '09:30');
  const [id, defendantId, offenceId] = [newId(), newId(), newId()];
  const registration: Registration = {
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    officer: `PC10${String(1 + (index % 20)).padStart(2, '0')}`,
    domesticAbuse: index % 5 === 0,
    hateCrime: false,
    sexualOffence: false,
    defendants: [
      {
        id: defendantId,
        dateOfBirth: '1990-05-01',
        remand: shape.remand,
        ...(shape.remand === 'custody' ? { remandedOn: addDays(received, -1) } : {}),
        offences: [
          {
            id: offenceId,
            code: 'TH68010',
            class: shape.class,
            committedOn: addDays(received, -5),
            chargedOn: addDays(received, -1),
            domesticAbuse: false,
          },
        ],
      },
    ],
    hearings: [
      {
        id: newId(),
        on: sitting(shape.plea || shape.sent ? 2 - age : 10 + (index % 20)),
        at: '10:00',
        court: 'magistrates',
        courtName: 'Norwich Magistrates’ Court',
        type: 'first-hearing',
      },
    ],
    people: Array.from({ length: shape.victims }, (_, i) => ({
      id: newId(),
      role: i === 0 ? ('victim' as const) : ('witness' as const),
      enhancedRights: index % 3 === 0,
      reasons: [],
      preferred: 'phone' as const,
    })),
  };
  const events: CaseEvent[] = [];
  const record = (type: CaseEvent['type'], on: CivilDate, data: object, more: Partial<CaseEvent> = {}) =>
    events.push({
      id: newId(),
      seq: events.length + 1,
      type,
      on,
      at: null,
      receivedAt: instantAt(on, '16:30'),
      defendantId: null,
      offenceId: null,
      hearingId: null,
      personId: null,
      data: data as Record<string, unknown>,
      recordedBy: 'bench',
      supersedes: null,
      ...more,
    });
  record('case-received', received, registration, { at: receivedAt, receivedAt });
  if (shape.accepted) record('file-checked', addDays(received, 1), { result: 'accepted', defects: [] });
  if (shape.plea) record('plea-entered', sitting(2 - age), { plea: 'not-guilty' });
  if (shape.sent) record('sent-to-crown-court', sitting(2 - age), {});
  if (shape.plea || shape.sent)
    record(
      'trial-listed',
      sitting(2 - age),
      {
        on: sitting(15 + ((index * 11) % 90)),
        at: '10:00',
        court: shape.sent ? 'crown' : 'magistrates',
        courtName: 'Norwich',
      },
      { hearingId: newId() },
    );
  const row: CaseRow = {
    id,
    urn: `29BB${String(10_000 + Math.floor(index / 2)).padStart(5, '0')}${index % 2 === 0 ? '26' : '25'}`,
    kind: 'crime',
    state: 'open',
    officer: registration.officer,
    caseworker: caseworkers[Math.floor(index / shapes.length) % caseworkers.length] ?? null,
    team: 'crime',
    restricted: false,
    visibleTo: [],
    ...{ traits: [], complexity: 'standard', skills: [], barred: [], defendantNames: [] },
    receivedAt,
    createdAt: now,
    createdBy: 'bench',
    version: 1,
  };
  return { row, events };
}
