import { z } from 'zod';
import { toLondonOffset } from '../../calendar/london-time.ts';
import { ruleOf, type DeadlineRow } from '../../deadlines/store.ts';

/** A deadline as the API shows it. */
export const deadlineSchema = z
  .strictObject({
    id: z.uuid(),
    rule: z.string(),
    ruleVersion: z.number().int(),
    title: z.string(),
    owner: z.string(),
    legalDue: z
      .string()
      .nullable()
      .meta({ description: 'A date, or an instant where the rule counts hours' }),
    actionDue: z.string().nullable(),
    state: z.enum(['pending', 'met', 'missed', 'withdrawn']),
    subject: z.strictObject({
      defendantId: z.uuid().optional(),
      offenceId: z.uuid().optional(),
      personId: z.uuid().optional(),
      hearingId: z.uuid().optional(),
    }),
    startedBy: z.uuid().meta({ description: 'The event that started it' }),
    metOn: z.string().nullable(),
    metBy: z.uuid().nullable().meta({ description: 'The event that met it' }),
    endedBy: z.uuid().nullable(),
    endedWhy: z.string().nullable(),
    explanation: z.array(z.string()),
    authority: z.strictObject({
      instrument: z.string(),
      provision: z.string(),
      grade: z.enum(['A', 'B', 'C', 'P']),
    }),
    checkWithForce: z
      .boolean()
      .meta({ description: 'Grade C or P: no verified figure; check with your force' }),
    facts: z.record(z.string(), z.unknown()),
    calendarVersion: z.string(),
    ifMissed: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'Deadline' });

export type DeadlineJson = z.input<typeof deadlineSchema>;

export function deadlineJson(row: DeadlineRow): DeadlineJson {
  const rule = ruleOf(row);
  const { defendantId, offenceId, personId, hearingId } = row;
  return {
    id: row.id,
    rule: row.rule,
    ruleVersion: row.ruleVersion,
    title: rule.title,
    owner: rule.owner,
    legalDue: row.legalDueAt === null ? row.legalDue : toLondonOffset(row.legalDueAt),
    actionDue: row.actionDue,
    state: row.state,
    subject: {
      ...(defendantId === null ? {} : { defendantId }),
      ...(offenceId === null ? {} : { offenceId }),
      ...(personId === null ? {} : { personId }),
      ...(hearingId === null ? {} : { hearingId }),
    },
    startedBy: row.startedBy,
    metOn: row.metOn,
    metBy: row.metBy,
    endedBy: row.endedBy,
    endedWhy: row.endedWhy,
    explanation: row.explanation,
    authority: rule.authority,
    checkWithForce: rule.authority.grade === 'C' || rule.authority.grade === 'P',
    facts: row.facts,
    calendarVersion: row.calendarVersion,
    ifMissed: rule.ifMissed,
    version: row.version,
  };
}
