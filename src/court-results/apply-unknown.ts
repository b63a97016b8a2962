import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { tasks } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Recording } from '../cases/settle.ts';
import { openTasks, type Assignment } from '../tasks/store.ts';
import { closeCourtTasks } from './close-court-tasks.ts';
import { takenBack, triggerSource, triggerTask } from './court-tasks.ts';
import type { Doubt } from './doubts.ts';
import type { Effect } from './effects.ts';
import { foldResults } from './fold-results.ts';
import { saveExceptions } from './save-exceptions.ts';
import { readStandingData, readTriggers } from './standing-data.ts';
import { choicesOf, readExceptions, readResults } from './store.ts';
import { triggersOf } from './triggers.ts';

/** Two digits of the force, two characters of the unit, five digits, two of the year. */
const urnShape = /^\d{2}[0-9A-Z]{2}\d{7}$/;

/** Work of no case is in the pool of the team whose cases the offences make. */
export function noCase(team: 'crime' | 'traffic'): Assignment {
  return { caseId: null, team, assignee: null, visibleTo: [] };
}

/**
 * What results under a URN that no case has call for: somebody who creates the case, links it or rejects them, and all
 * the same the tasks of their triggers, which join the case when it is there. The caller holds the URN.
 */
export async function applyUnknown(tx: Transaction, urn: string, recording: Recording): Promise<Effect[]> {
  const { now, calendar } = recording;
  const stored = await readResults(tx, { urn });
  const exceptions = await readExceptions(tx, { urn });
  const choices = choicesOf(exceptions);
  const standing = await readStandingData(tx, stored, choices);
  const folded = foldResults(stored, choices);
  const assignment = noCase(standing.isMotoring ? 'traffic' : 'crime');
  const triggers = folded.sittings.flatMap((sitting) => triggersOf(sitting, standing));
  const before = await tx
    .select({ source: tasks.source })
    .from(tasks)
    .where(
      and(isNull(tasks.caseId), eq(tasks.kind, 'court-trigger'), sql`${tasks.subject} ->> 'urn' = ${urn}`),
    );
  const known = new Set(before.map(({ source }) => source));
  const wanted = new Set(triggers.map(triggerSource));
  const needless = [...known].filter((source) => !wanted.has(source));
  await closeCourtTasks(tx, null, needless, { state: 'cancelled', outcome: takenBack }, recording);
  const fresh = triggers.filter((trigger) => !known.has(triggerSource(trigger)));
  const about = await readTriggers(tx, [...new Set(fresh.map(({ code }) => code))]);
  const drafts = fresh.map((trigger) =>
    triggerTask(trigger, about.get(trigger.code), standing, { urn }, calendar, civilDateOf(now)),
  );
  const ids = await openTasks(
    tx,
    drafts.map((draft) => ({ assignment, draft })),
    now,
  );
  const effects = drafts.map((draft, i): Effect => ({
    ...{ kind: 'task', id: ids[i] ?? '', what: draft.kind, caseUrn: null, dueOn: civilDateOf(draft.dueAt) },
    ...(draft.subject['trigger'] === undefined ? {} : { trigger: draft.subject['trigger'] }),
  }));
  const place = { urn, caseId: null, caseUrn: null, assignment };
  const doubts = stored.length === 0 ? [] : [unknownCase(urn, folded.sittings[0]), ...folded.doubts];
  return [...effects, ...(await saveExceptions(tx, place, doubts, exceptions, recording))];
}

function unknownCase(urn: string, sitting: { on: string; court: string } | undefined): Doubt {
  const hearing = sitting === undefined ? {} : { hearingOn: sitting.on, court: sitting.court };
  return urnShape.test(urn)
    ? {
        kind: 'unknown-case',
        source: 'unknown-case',
        facts: { why: `No case here has the URN ${urn}.`, ...hearing },
      }
    : {
        kind: 'bad-urn',
        source: 'unknown-case',
        facts: { why: 'The message has no URN, or what it has is none.', ...hearing },
      };
}
