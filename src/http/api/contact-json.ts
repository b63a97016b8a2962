import { z } from 'zod';
import type { DeadlineRow } from '../../deadlines/store.ts';
import { deadlineDueAt } from '../../tasks/deadline-task.ts';
import { draftFor } from '../../victims/draft-words.ts';
import type { AttemptRow, ContactRow } from '../../victims/store.ts';
import type { PersonRow } from '../../victims/people-store.ts';

export const attemptChannels = ['phone', 'email', 'sms', 'letter', 'in-person'] as const;
export const attemptResults = ['reached', 'no-answer', 'message-left', 'wrong-number', 'declined'] as const;

export const safeContactSchema = z.strictObject({
  note: z.string(),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
  noVoicemail: z.literal(true).optional(),
});

/** A contact as the API shows it. */
export const contactSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    person: z.strictObject({
      id: z.uuid(),
      role: z.enum(['victim', 'witness']),
      name: z.string(),
      contact: z.record(z.string(), z.string()),
      preferred: z.string(),
    }),
    reason: z.string(),
    dueAt: z.string().nullable(),
    entitlement: z.enum(['standard', 'enhanced']),
    state: z.enum(['owed', 'made', 'stopped', 'withdrawn', 'not-made']),
    stoppedWhy: z.string().nullable(),
    attempts: z.array(
      z.strictObject({
        id: z.uuid(),
        channel: z.string(),
        result: z.enum(attemptResults),
        note: z.string().nullable(),
        at: z.string(),
        by: z.string(),
      }),
    ),
    safeContact: safeContactSchema.nullable().meta({ description: 'Read this first' }),
    draft: z.string().meta({ description: 'Words to start from' }),
    deadlineId: z.uuid(),
  })
  .meta({ id: 'Contact' });

export function contactJson(
  row: ContactRow & { attempts: AttemptRow[] },
  person: PersonRow,
  deadline: DeadlineRow,
  caseUrn: string,
): z.input<typeof contactSchema> {
  return {
    id: row.id,
    caseUrn,
    person: {
      id: person.id,
      role: person.role,
      name: person.name,
      contact: person.contact,
      preferred: person.preferred,
    },
    reason: row.reason,
    dueAt: deadlineDueAt(deadline),
    entitlement: row.entitlement,
    state: row.state,
    stoppedWhy: row.stoppedWhy,
    attempts: row.attempts.map(({ id, channel, result, note, at, by }) => ({
      id,
      channel,
      result,
      note,
      at,
      by,
    })),
    safeContact: person.safeContact,
    draft: draftFor(row.reason),
    deadlineId: deadline.id,
  };
}
