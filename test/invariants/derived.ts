import {
  alerts,
  caseEvents,
  cases,
  contacts,
  deadlines,
  defendants,
  hearings,
  materialRequests,
} from '../../db/schema/index.ts';
import { readNow } from '../../db/read-now.ts';
import type { CaseEvent } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { alertTimes } from '../../src/deadlines/alert-times.ts';
import type { CaseState } from '../../src/deadlines/case-state.ts';
import { computeDeadlines } from '../../src/deadlines/compute.ts';
import { compareDeadlines } from '../../src/deadlines/compare.ts';
import { ruleOf, type DeadlineRow } from '../../src/deadlines/store.ts';
import { loadCalendar } from '../../src/deadlines/store-calendar.ts';
import { loadRules } from '../../src/deadlines/store-settings.ts';
import { desiredRequests, type DesiredRequest } from '../../src/materials/checklist.ts';
import { optedOut } from '../../src/victims/store.ts';
import type { Asked } from './evidence.ts';

type Row = typeof cases.$inferSelect;

/**
 * Invariant 14: all that stands for a case is what its events give when they are read anew: deadlines and their steps
 * to come, contacts, material requests, hearings, and what a list shows of it.
 */
export async function derivedProblems(db: Asked): Promise<string[]> {
  const calendar = await loadCalendar(db);
  const rules = await loadRules(db);
  const isSwitchedOff = (id: string) => !rules.some((rule) => rule.id === id);
  const now = await readNow(db);
  const stored = await readStored(db);
  const problems: string[] = [];
  for (const row of await db.select().from(cases)) {
    const state = foldCase(stored.events(row.id) as CaseEvent[]);
    const standing = stored.deadlines(row.id);
    const say = (what: string) => problems.push(`14: case ${row.urn}: ${what}`);
    const computed = computeDeadlines(state, rules, calendar);
    for (const change of compareDeadlines(standing, computed, now, isSwitchedOff)) {
      const { rule, subjectKey } = change.computed ?? change.standing ?? { rule: '', subjectKey: '' };
      say(`${rule} of ${subjectKey} would be ${change.kind} when worked out again`);
    }
    checkSteps(stored, standing, now, say);
    checkContacts(stored.contacts(row.id), standing, state, say);
    checkRequests(stored.requests(row.id), desiredRequests(state, calendar, computed), state, say);
    checkColumns(stored.hearings(row.id), row, state, say);
    if (
      row.defendantNames.join() !==
      stored
        .defendants(row.id)
        .map(({ name }) => name)
        .join()
    )
      say('the names that lists show are not those of its defendants');
  }
  return problems;
}

type Say = (what: string) => void;
type Stored = Awaited<ReturnType<typeof readStored>>;

/** What is stored, by the case that it belongs to; alerts by their obligation. */
async function readStored(db: Asked) {
  return {
    events: by(await db.select().from(caseEvents).orderBy(caseEvents.seq), ({ caseId }) => caseId),
    deadlines: by(await db.select().from(deadlines), ({ caseId }) => caseId),
    alerts: by(await db.select().from(alerts), ({ obligationId }) => obligationId),
    contacts: by(await db.select().from(contacts), ({ caseId }) => caseId),
    requests: by(await db.select().from(materialRequests), ({ caseId }) => caseId),
    hearings: by(await db.select().from(hearings), ({ caseId }) => caseId),
    defendants: by(await db.select().from(defendants).orderBy(defendants.position), ({ caseId }) => caseId),
  };
}

function by<Row>(rows: readonly Row[], keyOf: (row: Row) => string): (key: string) => Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return (key) => groups.get(key) ?? [];
}

/** Each step that is still to come of a deadline that is pending waits in its version, at its time. */
function checkSteps(stored: Stored, standing: readonly DeadlineRow[], now: string, say: Say) {
  for (const deadline of standing.filter(({ state }) => state === 'pending')) {
    const steps = stored.alerts(deadline.id);
    const legalDue = deadline.legalDueAt ?? deadline.legalDue;
    for (const { step, fireAt } of alertTimes(ruleOf(deadline), {
      legalDue,
      actionDue: deadline.actionDue,
    })) {
      if (fireAt <= now) continue;
      const waiting = steps.find((alert) => alert.version === deadline.version && alert.step === step);
      if (waiting?.state !== 'pending' || waiting.fireAt !== fireAt)
        say(`step ${step} of ${deadline.rule} at ${fireAt} is ${waiting?.state ?? 'not there'}`);
    }
  }
}

const stateOfContact = { met: ['made'], withdrawn: ['withdrawn', 'made'] } as const;

function checkContacts(
  stored: ReturnType<Stored['contacts']>,
  standing: readonly DeadlineRow[],
  state: CaseState,
  say: Say,
) {
  for (const deadline of standing.filter((one) => ruleOf(one).contact !== undefined)) {
    const contact = stored.find(({ id }) => id === deadline.id);
    const person = state.people.find(({ id }) => id === deadline.personId);
    const isOpen = deadline.state === 'pending' || deadline.state === 'missed';
    // A senior may give up whoever cannot be reached.
    const asked = [person?.preferred === 'none' ? 'stopped' : 'owed', 'not-made'];
    const allowed: readonly string[] = isOpen
      ? asked
      : stateOfContact[deadline.state === 'met' ? 'met' : 'withdrawn'];
    if (contact === undefined) say(`${deadline.rule} is owed to a person and has no contact`);
    else if (!allowed.includes(contact.state))
      say(`the contact of ${deadline.rule}, which is ${deadline.state}, is ${contact.state}`);
    else if (contact.state === 'stopped' && contact.stoppedWhy !== optedOut)
      say(`the contact of ${deadline.rule} is stopped without a reason`);
  }
}

function checkRequests(
  stored: ReturnType<Stored['requests']>,
  desired: readonly DesiredRequest[],
  state: CaseState,
  say: Say,
) {
  for (const request of desired) {
    const found = stored.find(({ key }) => key === request.key);
    if (!found) say(`the request ${request.key} is not there`);
    else if (found.state !== request.state)
      say(`the request ${request.key} is ${found.state} and not ${request.state}`);
    else if (
      request.state === 'outstanding' &&
      (found.dueOn !== request.dueOn ||
        found.answer !== request.answer ||
        found.rejections !== request.rejections ||
        found.officer !== state.officer)
    )
      say(`the request ${request.key} is not as its events have it`);
  }
  for (const { key, state: is } of stored)
    if (is !== 'withdrawn' && !desired.some((request) => request.key === key))
      say(`the request ${key} is ${is} although nothing asks for it`);
}

function checkColumns(stored: ReturnType<Stored['hearings']>, row: Row, state: CaseState, say: Say) {
  if (row.officer !== state.officer) say('its officer is not that of its events');
  if ((row.state === 'finalised') !== (state.finalised !== undefined))
    say(`it is ${row.state}, and its events say otherwise`);
  const line = (one: { id: string; on: string; state: string; type: string }) =>
    `${one.id} ${one.on} ${one.state} ${one.type}`;
  if (stored.map(line).sort().join() !== state.hearings.map(line).sort().join())
    say('its hearings are not those of its events');
}
