import { addDays, sayDate } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';

/** How long before a reassessment is due there is a task for it: a default of the hub. */
const noticeDays = 7;

/** The reassessments of needs that are to come, as tasks: Victims' Code, Right 4. Pure. */
export function needsTasks(state: CaseState): TaskDraft[] {
  if (state.finalised !== undefined) return [];
  return state.people.flatMap(({ id, reassessOn, role }) =>
    reassessOn === undefined || reassessOn === null
      ? []
      : [
          {
            kind: 'reassess-needs',
            title: `Assess the needs of the ${role} again`,
            source: `reassess-needs:${id}:${reassessOn}`,
            subject: { personId: id },
            why: [
              `Their needs are to be assessed again by ${sayDate(reassessOn)}`,
              'Victims’ Code, Right 4. Record the new assessment on the person, which completes this',
            ],
            consequence: 'victim',
            danger: false,
            alwaysCritical: false,
            dueAt: lastMomentOf(reassessOn),
            notBefore: instantAt(addDays(reassessOn, -noticeDays), '08:00'),
            effortMinutes: 30,
          },
        ],
  );
}

/** Whether a reassessment that a task was for has been made: the person was assessed, and the date is another. */
export function isReassessed(source: string, state: CaseState): boolean {
  const [, personId, on] = source.split(':');
  const person = state.people.find(({ id }) => id === personId);
  return person?.assessed === true && person.reassessOn !== on;
}
