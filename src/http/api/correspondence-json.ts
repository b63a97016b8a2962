import { z } from 'zod';
import type { Answerable } from '../../cases/read-answerable.ts';
import { correspondents } from '../../correspondence/answer-periods.ts';
import {
  correspondenceChannels,
  correspondenceSubjects,
  type Correspondence,
} from '../../correspondence/correspondence-of.ts';

export const correspondenceStates = ['filed', 'awaiting-answer', 'answered', 'closed', 'taken-back'] as const;

/** A letter or message as the API shows it. */
export const correspondenceSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    with: z.enum(correspondents),
    who: z.string().nullable(),
    direction: z.enum(['in', 'out']),
    channel: z.enum(correspondenceChannels),
    subject: z.enum(correspondenceSubjects),
    reference: z.string().nullable(),
    hearing: z.uuid().nullable(),
    at: z.string().meta({ description: 'When it was received, or sent' }),
    summary: z.string(),
    dueOn: z.string().nullable().meta({ description: 'When its answer is due; null where it needs none' }),
    workingDays: z.number().int().nullable().meta({
      description: 'From how many the day was counted (a default, grade P); null where it was given',
    }),
    isOverdue: z.boolean(),
    state: z.enum(correspondenceStates),
    answer: z.strictObject({ summary: z.string(), at: z.string(), by: z.string() }).nullable(),
    closed: z.strictObject({ why: z.string(), at: z.string(), by: z.string() }).nullable(),
    recordedBy: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Correspondence' });

/** @param today the civil date by which it is overdue or not */
export function correspondenceJson(
  { entry, isTakenBack, said, end }: Answerable<Correspondence>,
  caseUrn: string,
  today: string,
): z.input<typeof correspondenceSchema> {
  const { closedBy, dueOn } = entry;
  const ended = { at: closedBy?.at ?? closedBy?.receivedAt ?? '', by: end?.recordedBy ?? '' };
  return {
    id: entry.id,
    caseUrn,
    with: entry.with,
    who: said?.who ?? null,
    direction: entry.direction,
    channel: entry.channel,
    subject: entry.subject,
    reference: said?.reference ?? null,
    hearing: entry.hearingId,
    at: entry.at,
    summary: said?.words ?? '',
    dueOn,
    workingDays: entry.workingDays,
    isOverdue: entry.state === 'awaiting-answer' && !isTakenBack && dueOn !== null && dueOn < today,
    state: isTakenBack ? 'taken-back' : entry.state,
    answer: entry.state === 'answered' ? { summary: end?.words ?? 'The result came', ...ended } : null,
    closed: entry.state === 'closed' ? { why: end?.words ?? '', ...ended } : null,
    recordedBy: said?.recordedBy ?? '',
    recordedAt: said?.recordedAt ?? '',
  };
}
