import type { WebhookEventType } from '../../db/schema/webhooks.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';

/** Something that other systems may want to be told of: ids, URN and dates, never a name. */
export type News = {
  /** Two of one key are told once. */
  key: string;
  type: WebhookEventType;
  /** Whether it is of a restricted case, of which few may know. */
  restricted: boolean;
  data: Record<string, unknown>;
};

/** A case that has been settled, and what that changed. */
export type SettledCase = {
  row: { id: string; urn: string; kind: string; state: string; restricted: boolean; receivedAt: string };
  state: CaseState;
  settled: {
    added: readonly DeadlineRow[];
    moved: readonly {
      deadline: DeadlineRow;
      before: { legalDue: string | null; actionDue: string | null };
    }[];
    met: readonly DeadlineRow[];
  };
  /** Whether the case has just been created. */
  isNew: boolean;
};

/** What there is to tell of a case that was settled. Pure. */
export function newsOf({ row, state, settled, isNew }: SettledCase): News[] {
  const of = { caseId: row.id, urn: row.urn };
  const news = (type: WebhookEventType, key: string, data: Record<string, unknown>): News => ({
    ...{ type, key: `${type}:${key}`, restricted: row.restricted, data: { ...of, ...data } },
  });
  const created = isNew
    ? [
        news('case.created', row.id, {
          ...{ kind: row.kind, receivedAt: row.receivedAt },
          deadlines: settled.added.map((one) => ({ deadlineId: one.id, rule: one.rule, ...datesOf(one) })),
        }),
      ]
    : [];
  const moved = settled.moved.map(({ deadline, before }) =>
    news('deadline.moved', `${deadline.id}:${deadline.version}`, {
      ...{ deadlineId: deadline.id, rule: deadline.rule, version: deadline.version },
      ...{ ...datesOf(deadline), before },
    }),
  );
  const made = settled.met
    .filter((deadline) => ruleOf(deadline).contact !== undefined)
    .map(({ id, rule, personId, metOn, metBy }) =>
      news('contact.made', `${id}:${metBy}`, { contactId: id, rule, personId, madeOn: metOn }),
    );
  const { finalised } = state;
  // The row is as it was before.
  const ended =
    finalised !== undefined && row.state === 'open'
      ? [news('case.finalised', finalised.eventId, { finalisedOn: finalised.on })]
      : [];
  return [...created, ...moved, ...made, ...ended];
}

function datesOf({ legalDue, legalDueAt, actionDue }: DeadlineRow) {
  return { legalDue: legalDueAt ?? legalDue, actionDue };
}
