import { z } from 'zod';
import type { DeadlineRow } from '../../deadlines/store.ts';
import { deadlineDueAt } from '../../tasks/deadline-task.ts';
import type { ContactView } from '../../victims/contact-view.ts';
import { draftFor } from '../../victims/draft-words.ts';
import { readFirst } from '../../victims/read-first.ts';
import type { AttemptRow, ContactRow } from '../../victims/store.ts';
import type { PersonRow } from '../../victims/people-store.ts';
import { speakTo } from '../../victims/ways.ts';

export const attemptChannels = ['phone', 'email', 'sms', 'letter', 'in-person'] as const;
export const attemptResults = ['reached', 'no-answer', 'message-left', 'wrong-number', 'declined'] as const;

export const safeContactSchema = z.strictObject({
  note: z.string(),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
  noVoicemail: z.literal(true).optional(),
  doNotMessage: z.literal(true).optional(),
  codeWord: z.string().optional(),
});

const nextSchema = z
  .strictObject({
    step: z.enum(['try', 'letter', 'senior']),
    channel: z.enum(attemptChannels).nullable(),
    at: z.string().meta({ description: 'Not before this' }),
    why: z.array(z.string()),
  })
  .nullable()
  .meta({ description: 'What to do next; null where nothing is owed' });

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
        talkId: z.uuid().nullable().meta({ description: 'The same for all that was to be told in one talk' }),
      }),
    ),
    messages: z
      .array(
        z.strictObject({
          id: z.uuid(),
          channel: z.string(),
          state: z.string(),
          dueAt: z.string(),
          sentAt: z.string().nullable(),
        }),
      )
      .meta({ description: 'Neutral messages that asked the person to ring' }),
    readFirst: z.array(z.string()).meta({ description: 'What to know before anything else, in sentences' }),
    safeContact: safeContactSchema.nullable().meta({ description: 'Read this first' }),
    speakTo: z
      .strictObject({
        name: z.string(),
        relation: z.string().nullable().meta({ description: 'Null for the person themselves' }),
        contact: z.record(z.string(), z.string()),
      })
      .meta({ description: 'Whom to contact' }),
    draft: z.string().meta({ description: 'Words to start from' }),
    conversation: z
      .array(
        z.strictObject({
          contactId: z.uuid(),
          reason: z.string(),
          dueAt: z.string().nullable(),
          say: z.string(),
        }),
      )
      .meta({ description: 'All that the person is to be told now, in one talk' }),
    next: nextSchema,
    deadlineId: z.uuid(),
  })
  .meta({ id: 'Contact' });

export function contactJson(
  row: ContactRow & { attempts: AttemptRow[] },
  person: PersonRow,
  deadline: DeadlineRow,
  caseUrn: string,
  { words, people }: ContactView,
): z.input<typeof contactSchema> {
  const view = people.get(person.id);
  const reach = view?.reach ?? person;
  const { contact, instead } = speakTo(person);
  const isOwed = row.state === 'owed';
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
    attempts: row.attempts.map(({ id, channel, result, note, at, by, talkId }) => ({
      id,
      channel,
      result,
      note,
      at,
      by,
      talkId,
    })),
    messages: (view?.messages ?? [])
      .filter(({ contactIds }) => contactIds.includes(row.id))
      .map(({ id, channel, state, dueAt, sentAt }) => ({ id, channel, state, dueAt, sentAt })),
    readFirst: readFirst(reach),
    safeContact: reach.safeContact,
    speakTo: { name: instead?.name ?? person.name, relation: instead?.relation ?? null, contact },
    draft: draftFor(row.reason, words),
    conversation: (isOwed ? (view?.talk ?? []) : []).map(({ id, reason, dueAt }) => ({
      contactId: id,
      reason,
      dueAt,
      say: draftFor(reason, words),
    })),
    next: isOwed ? (view?.next ?? null) : null,
    deadlineId: deadline.id,
  };
}
