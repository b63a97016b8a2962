import { z } from 'zod';
import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london-time.ts';
import type { CaseState, Occurrence } from '../deadlines/case-state.ts';
import { civilDateField } from '../deadlines/facts.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';

/** `data` of `property-dated`: until when each exhibit and piece of property is kept, and what then; or that there is none. */
export const propertyDatedFields = z
  .strictObject({
    none: z.literal(true).optional().meta({ description: 'Nothing was seized, or nothing is held any more' }),
    items: z
      .array(
        z.strictObject({
          reference: z
            .string()
            .trim()
            .regex(/^[\p{L}\d][\p{L}\d /.-]{0,39}$/u, 'must be a reference such as JB/1')
            .meta({
              description: 'Of the exhibit or in the property store; no description',
              example: 'JB/1',
            }),
          keepUntil: civilDateField,
          then: z.enum(['return', 'dispose', 'review']),
        }),
      )
      .min(1)
      .max(200)
      .optional(),
  })
  .refine(({ none, items }) => (none === undefined) !== (items === undefined), {
    path: ['items'],
    message: 'is needed, or none: true where there is no property',
  });
export type PropertyDated = z.output<typeof propertyDatedFields>;

export const propertyTaskKind = 'property-due';

/** The last word on the property of a case, or undefined. */
export function propertyDated({ decisions }: Pick<CaseState, 'decisions'>): Occurrence | undefined {
  return decisions.filter(({ type }) => type === 'property-dated').at(-1);
}

/**
 * What is to be returned or disposed of, as a task for each day on which something is. It outlasts the case, after whose
 * end the days are. Pure.
 */
export function propertyTasks(state: Pick<CaseState, 'decisions'>): TaskDraft[] {
  const dated = propertyDated(state);
  const { items = [] } = (dated?.data ?? {}) as PropertyDated;
  return [...new Set(items.map(({ keepUntil }) => keepUntil))].map((day) => {
    const due = items.filter(({ keepUntil }) => keepUntil === day);
    return {
      kind: propertyTaskKind,
      title: due.length === 1 ? 'Property is due: 1 item' : `Property is due: ${due.length} items`,
      source: `${propertyTaskKind}:${dated?.eventId ?? ''}:${day}`,
      subject: {},
      why: [
        `It was to be kept until ${sayDate(day)}`,
        ...(['return', 'dispose', 'review'] as const).flatMap((then) => sayItems(then, due)),
        'Make sure that no appeal is pending and that no sentence of custody is still being served, before anything goes',
      ],
      consequence: 'record',
      danger: false,
      alwaysCritical: false,
      notBefore: instantAt(day, '08:00'),
      dueAt: lastMomentOf(day),
      effortMinutes: 15,
    };
  });
}

const words = { return: 'To be returned', dispose: 'To be disposed of', review: 'To be looked at again' };

function sayItems(then: keyof typeof words, due: NonNullable<PropertyDated['items']>): string[] {
  const references = due.filter((one) => one.then === then).map(({ reference }) => reference);
  return references.length === 0 ? [] : [`${words[then]}: ${references.join(', ')}`];
}

/** What is wrong with the days of an event `property-dated`, each naming its field. Pure. */
export function checkPropertyDated(
  { items = [] }: PropertyDated,
  on: CivilDate,
): { path: string; message: string }[] {
  return items.flatMap(({ keepUntil }, i) =>
    keepUntil < on
      ? [{ path: `data.items.${i}.keepUntil`, message: 'is before the day on which it was set' }]
      : [],
  );
}
