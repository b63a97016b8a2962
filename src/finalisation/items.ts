import { z } from 'zod';

/** What is looked at before a case is closed, in the order in which it is shown. */
export const finalisationItems = {
  results: 'A result is recorded for every defendant and offence',
  court: 'Nothing that a court sent is left to be settled',
  hearings: 'No hearing is still to come',
  appeals: 'Every appeal that was lodged is decided',
  limits: 'No time limit that ends a case or frees someone is running',
  victims: 'Victims have been told',
  witnesses: 'Witnesses have been told',
  property: 'Exhibits and property have a day for their return or disposal',
  'appeal-window': 'The time for an appeal is in the diary',
  records: 'The results are on the other systems',
  correspondence: 'Letters and messages are answered',
  questions: 'Questions are answered',
  decisions: 'Decisions that were due for review have been reviewed',
} as const;

export type FinalisationItemId = keyof typeof finalisationItems;
export const finalisationItemIds = Object.keys(finalisationItems) as [
  FinalisationItemId,
  ...FinalisationItemId[],
];

const reason = z.string().trim().min(1).max(500);

/** By which a case is closed although something is not done: what, and why; an item may have a reason of its own. */
export const overrideField = z.strictObject({
  reason,
  items: z.array(z.enum(finalisationItemIds)).min(1).max(finalisationItemIds.length),
  reasons: z.partialRecord(z.enum(finalisationItemIds), reason).optional(),
});
export type Override = z.output<typeof overrideField>;

/** `data` of the event `finalised`. */
export const finalisedFields = z
  .strictObject({ note: reason.optional(), override: overrideField.optional() })
  .default({});

/** What became of one item. `why` and `toDo` are sentences without names. */
export type FinalisationItem = {
  id: FinalisationItemId;
  title: string;
  state: 'done' | 'not-done' | 'not-applicable';
  why: string[];
  /** What to do for it; null where there is nothing. */
  toDo: string | null;
  /** Whom or what it waits for. */
  about: Record<string, string>[];
};
