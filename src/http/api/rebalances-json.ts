import { z } from 'zod';
import { isHidden } from '../../cases/store.ts';
import type { MoveOfCase, RebalanceRow } from '../../workload/rebalance/store.ts';

const count = z.number().int();

const personSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  team: z.string(),
  capacityMinutes: count,
  loadMinutes: count.meta({ description: 'Also of restricted cases that you may not see' }),
  fairShareMinutes: count,
  overload: count.meta({ description: 'Above the fair share and the allowance beside it' }),
  cases: count,
});
const standingSchema = z.strictObject({
  overload: count.meta({ description: 'Minutes of all together' }),
  cost: count.meta({ description: 'Of the moves' }),
  fairness: z.number().meta({ description: 'From 0 to 1, where all have the same part of their capacity' }),
  people: z.array(personSchema),
});
const moveSchema = z
  .strictObject({
    caseUrn: z.string(),
    from: z.string(),
    to: z.string(),
    minutes: count,
    cost: count,
    reason: z.string(),
    state: z.enum(['proposed', 'applied', 'refused', 'undone']),
    why: z.string().nullable().meta({ description: 'Why it was refused' }),
  })
  .meta({ id: 'RebalanceMove' });

export const rebalanceSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['balance', 'cover', 'new-starter']),
    team: z.string().nullable(),
    reason: z.string().nullable(),
    concerns: z.string().nullable().meta({ description: 'Whose absence is covered, or who is new' }),
    from: z.string().nullable(),
    to: z.string().nullable(),
    moves: z.array(moveSchema),
    pinned: z.array(z.strictObject({ caseUrn: z.string(), caseworker: z.string(), reason: z.string() })),
    before: standingSchema,
    after: standingSchema,
    lowerBound: z.strictObject({ overload: z.number(), cost: z.number() }).meta({
      description: 'No plan has less overload, and none with as little costs less',
    }),
    gap: z.number().meta({
      description:
        'A fraction: of the overload, what is left above the bound; of the cost, what is above its bound',
    }),
    method: z.enum(['linear-programme', 'greedy']),
    methodBecause: z.string().nullable(),
    until: z.string().meta({ description: 'The last day whose work was looked at' }),
    proposedBy: z.string(),
    proposedAt: z.string(),
    expiresAt: z.string(),
    appliedAt: z.string().nullable(),
    undoUntil: z.string().nullable(),
  })
  .meta({ id: 'Rebalance' });

/** A proposal as it is shown to somebody: restricted cases that they may not know of are left out of it. */
export function rebalanceJson(
  row: RebalanceRow,
  moves: readonly MoveOfCase[],
  hidden: ReadonlySet<string>,
  viewer: string,
): z.input<typeof rebalanceSchema> {
  const { pinned, ...plan } = row.plan;
  const { id, kind, team, reason, concerns, coverFrom, coverTo, proposedBy, proposedAt } = row;
  const { expiresAt, appliedAt, undoUntil } = row;
  return {
    ...{ id, kind, team, reason, concerns, from: coverFrom, to: coverTo },
    moves: moves
      .filter((move) => !isHidden(move, viewer))
      .map(({ urn, from, to, minutes, cost, reason: because, state, why }) => ({
        ...{ caseUrn: urn, from, to, minutes, cost, reason: because, state, why },
      })),
    pinned: pinned
      .filter(({ caseId }) => !hidden.has(caseId))
      .map(({ caseUrn, caseworker, reason: because }) => ({ caseUrn, caseworker, reason: because })),
    ...plan,
    ...{ proposedBy, proposedAt, expiresAt, appliedAt, undoUntil },
  };
}
