import { z } from 'zod';
import { civilDateOf } from '../calendar/london-time.ts';
import { civilDateField, instantField } from '../deadlines/facts.ts';
import type { FieldError } from '../platform/failure.ts';
import { recordableEvents, recordableTypes, type RecordableType } from './event-types.ts';

const id = z.uuid('must be an id that this case gave');

/** What every event of `POST /api/cases/:urn/events` has besides its type and data. */
export const eventFields = {
  on: civilDateField.optional(),
  at: instantField.optional(),
  receivedAt: instantField.optional(),
  defendant: id.optional(),
  offence: id.optional(),
  hearing: id.optional(),
  person: id.optional(),
  supersedes: id.optional(),
};

/** Body of `POST /api/cases/:urn/events`, its `data` still to be read by the schema of its type. */
export const eventBody = z.strictObject({
  type: z.enum(recordableTypes as [RecordableType, ...RecordableType[]]),
  ...eventFields,
  data: z.unknown().optional(),
});
export type EventBody = z.output<typeof eventBody>;

export type ReadEvent = Omit<EventBody, 'data' | 'on'> & { on: string; data: Record<string, unknown> };

/** Reads the part of an event that depends on its type. Every error names its field. */
export function readEvent(
  body: EventBody,
): { kind: 'event'; event: ReadEvent } | { kind: 'errors'; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const dayOfAt = body.at === undefined ? undefined : civilDateOf(body.at);
  const on = body.on ?? dayOfAt;
  if (on === undefined) errors.push({ path: 'on', message: 'is needed: on, a day, or at, a moment' });
  if (body.on !== undefined && dayOfAt !== undefined && body.on !== dayOfAt)
    errors.push({ path: 'at', message: 'is on another day in London than on' });
  const data = recordableEvents[body.type].data.safeParse(body.data);
  if (!data.success) for (const issue of data.error.issues) errors.push(...issueErrors(issue));
  if (errors.length > 0 || on === undefined) return { kind: 'errors', errors };
  return { kind: 'event', event: { ...body, on, data: data.data ?? {} } };
}

function issueErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = ['data', ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: 'is not a field that is known here',
    }));
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [{ path: path.join('.'), message: missing ? 'is needed' : issue.message }];
}
