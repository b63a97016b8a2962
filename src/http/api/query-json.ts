import { z } from 'zod';
import type { Answerable } from '../../cases/read-answerable.ts';
import { answerPeriods, askers, matters } from '../../queries/answer-periods.ts';
import { queryChannels, type Query } from '../../queries/queries-of.ts';
import { authoritySchema, isToBeChecked } from '../authority-schema.ts';

export const queryStates = ['open', 'answered', 'withdrawn', 'taken-back'] as const;

const periodSchema = z.strictObject({
  workingDays: z.number().int(),
  authority: authoritySchema,
  checkWithForce: z.boolean(),
});

/** A question as the API shows it. */
export const querySchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    from: z.strictObject({
      kind: z.enum(askers),
      officer: z.string().nullable(),
      person: z.uuid().nullable(),
      defendant: z.uuid().nullable(),
      who: z.string().nullable().meta({ description: 'The agency, or whoever asks for them' }),
    }),
    about: z.enum(matters),
    how: z.enum(queryChannels),
    askedAt: z.string(),
    question: z.string(),
    dueOn: z.string(),
    period: periodSchema
      .nullable()
      .meta({ description: 'From what the day was counted; null where it was given' }),
    isOverdue: z.boolean(),
    state: z.enum(queryStates),
    answer: z
      .strictObject({ answer: z.string(), how: z.enum(queryChannels), at: z.string(), by: z.string() })
      .nullable(),
    withdrawn: z.strictObject({ why: z.string(), at: z.string(), by: z.string() }).nullable(),
    recordedBy: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Query' });

/** @param today the civil date by which it is overdue or not */
export function queryJson(
  { entry, isTakenBack, said, end }: Answerable<Query>,
  caseUrn: string,
  today: string,
): z.input<typeof querySchema> {
  const { closedBy, period } = entry;
  const closed = { at: closedBy?.at ?? closedBy?.receivedAt ?? '', by: end?.recordedBy ?? '' };
  return {
    id: entry.id,
    caseUrn,
    from: {
      kind: entry.asker,
      officer: entry.officer ?? null,
      person: entry.personId,
      defendant: entry.defendantId,
      who: said?.who ?? null,
    },
    about: entry.about,
    how: entry.how,
    askedAt: entry.askedAt,
    question: said?.words ?? '',
    dueOn: entry.dueOn,
    period:
      period === null
        ? null
        : {
            workingDays: period.workingDays,
            authority: period.from.authority,
            checkWithForce: isToBeChecked(period.from.authority),
          },
    isOverdue: entry.state === 'open' && !isTakenBack && entry.dueOn < today,
    state: isTakenBack ? 'taken-back' : entry.state,
    answer:
      entry.state === 'answered'
        ? { answer: end?.words ?? '', how: closedBy?.data['how'] as Query['how'], ...closed }
        : null,
    withdrawn: entry.state === 'withdrawn' ? { why: end?.words ?? '', ...closed } : null,
    recordedBy: said?.recordedBy ?? '',
    recordedAt: said?.recordedAt ?? '',
  };
}

export const periodsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      asker: z.enum(askers),
      about: z.enum(matters),
      workingDays: z.number().int(),
      enhancedDays: z.number().int().nullable(),
      authority: authoritySchema,
      checkWithForce: z.boolean(),
    }),
  ),
  next: z.null(),
});

export function periodsJson(): z.input<typeof periodsSchema> {
  const items = answerPeriods.map(({ enhancedDays, ...period }) => ({
    ...period,
    enhancedDays: enhancedDays ?? null,
    checkWithForce: isToBeChecked(period.authority),
  }));
  return { items, next: null };
}
