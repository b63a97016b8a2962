import { metData } from '../../src/cases/met-data.ts';
import type { OwnEvent } from '../../src/cases/record-event.ts';
import { civilDateOf } from '../../src/calendar/london-time.ts';
import { systemOf } from '../../src/deadlines/record-entries.ts';
import { readDeadlines, ruleOf, type DeadlineRow } from '../../src/deadlines/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { contactAttempts, eventWords } from '../schema/index.ts';
import { recordAll, type Scene } from './play-case.ts';

/** One in so many of what was due is left undone, so that the demo has overdue work but is not buried in it. */
const leftUndone = 7;

/**
 * What a hub that keeps up has done by now: deadlines of the past met in time, victims and witnesses told, records entered. Limits that
 * end a case or free someone are left to the story of each case.
 */
export async function catchUp(scene: Scene): Promise<void> {
  const { tx, row, days } = scene;
  const today = civilDateOf(days.now);
  const past = (await readDeadlines(tx, row.id)).filter((deadline) => isPast(deadline, today));
  const events: OwnEvent[] = [];
  const entered: { eventId: string; reference: string }[] = [];
  const number = Number(row.urn.slice(4, 9));
  for (const [i, deadline] of past.entries()) {
    if ((number + i) % leftUndone === 0) continue;
    const on = deadline.actionDue ?? today;
    const { contact } = ruleOf(deadline);
    const system = systemOf(deadline.rule);
    if (system !== undefined) {
      const eventId = newId();
      events.push({ id: eventId, type: 'record-entered', on, data: metData(deadline, null) });
      entered.push({ eventId, reference: `${system.toUpperCase()}/${row.urn.slice(4)}` });
      continue;
    }
    if (contact === undefined) {
      events.push({ type: 'deadline-met', on, data: metData(deadline, 'Done in time') });
      continue;
    }
    if (scene.state.people.find(({ id }) => id === deadline.personId)?.preferred === 'none') continue;
    const at = days.at(on, '17:10');
    await tx.insert(contactAttempts).values({
      id: newId(),
      contactId: deadline.id,
      channel: 'phone',
      result: 'reached',
      note: null,
      at,
      by: row.caseworker ?? 'hub',
      recordedAt: days.now,
    });
    const { rule, clockKey: clock } = deadline;
    const data = { rule, clock, contact: deadline.id, channel: 'phone', result: 'reached' };
    events.push({ type: 'contact-attempted', on, at, receivedAt: at, personId: deadline.personId, data });
  }
  await recordAll(scene, events);
  const said = { caseId: row.id, words: '', recordedAt: days.now, recordedBy: row.caseworker ?? 'sr-1' };
  if (entered.length > 0) await tx.insert(eventWords).values(entered.map((one) => ({ ...said, ...one })));
}

function isPast(deadline: DeadlineRow, today: string): boolean {
  const due = deadline.actionDue;
  return deadline.state === 'pending' && due !== null && due < today && !ruleOf(deadline).danger;
}
