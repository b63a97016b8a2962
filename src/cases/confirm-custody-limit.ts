import type { Transaction } from '../../db/connect.ts';
import { sayDay, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import { readDeadlines, type DeadlineRow } from '../deadlines/store.ts';
import type { Failure } from '../platform/failure.ts';
import { judgementsOf, recordersOf } from '../tasks/desired-tasks.ts';
import { foldCase } from './fold.ts';
import type { OwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';
import { readEvents } from './store.ts';

/** What a second person counted: their own date, and how. Null where they only say that they count another day. */
export type SecondCount = {
  dueOn: CivilDate | null;
  method?: string | undefined;
  note?: string | undefined;
};

/** What is to be recorded of a second count: that it agrees, or that it does not. */
export type Judgement = { agrees: boolean; limit: DeadlineRow; event: OwnEvent };

/**
 * Holds a second person's count of a custody time limit against the one that stands. An independent second check is
 * what keeps a miscount from becoming an unlawful detention, or a release (s.22 Prosecution of Offences Act 1985): so
 * whoever recorded a remand cannot confirm the limit that follows from it, and another date confirms nothing.
 * @returns `conflict` where no limit runs, it is confirmed already, they are the first person, or they differed before
 */
export async function judgeCustodyLimit(
  tx: Transaction,
  row: CaseRow,
  defendantId: string,
  count: SecondCount,
  { now, actor }: Recording,
): Promise<Judgement | Failure> {
  const state = foldCase(await readEvents(tx, row.id));
  const defendant = state.defendants.find(({ id }) => id === defendantId);
  if (defendant === undefined)
    return { kind: 'not-found', detail: 'There is no such defendant in this case.' };
  const limit = earliestLimit(await readDeadlines(tx, row.id), defendantId);
  const due = limit?.legalDue;
  if (limit === undefined || due == null)
    return { kind: 'conflict', detail: 'No custody time limit is running for this defendant.' };
  if (recordersOf(defendant).includes(actor.id))
    return {
      kind: 'conflict',
      detail:
        'You recorded the remand in custody from which this limit is counted: a second person must confirm it.',
    };
  const before = judgementsOf(state, defendantId, due).at(-1);
  if (before?.type === 'custody-limit-confirmed')
    return {
      kind: 'conflict',
      detail: `The limit of ${sayDay(due)} was confirmed already, by ${String(before.data['by'])}.`,
    };
  // They were told the hub's count: giving it back is no count of their own.
  if (before?.data['by'] === actor.id)
    return {
      kind: 'conflict',
      detail: `You counted another day than ${sayDay(due)}: somebody else must settle which is right.`,
    };
  const agrees = count.dueOn === due;
  const theirs = {
    by: actor.id,
    dueOn: count.dueOn,
    ...(count.method === undefined ? {} : { method: count.method }),
    ...(count.note === undefined ? {} : { note: count.note }),
  };
  return {
    agrees,
    limit,
    event: {
      type: agrees ? 'custody-limit-confirmed' : 'custody-limit-disputed',
      on: civilDateOf(now),
      at: now,
      defendantId,
      data: {
        dueOn: due,
        by: actor.id,
        ...(agrees || count.dueOn === null ? {} : { theirs: count.dueOn }),
        figures: [{ by: 'hub', dueOn: due, rule: limit.rule, explanation: limit.explanation }, theirs],
      },
    },
  };
}

/** The custody time limit of a defendant that expires first: the one that counts. */
export function earliestLimit(
  deadlines: readonly DeadlineRow[],
  defendantId: string,
): DeadlineRow | undefined {
  return deadlines
    .filter((deadline) => deadline.defendantId === defendantId && deadline.state === 'pending')
    .filter(({ rule, legalDue }) => legalDue !== null && isCustodyLimit(rule))
    .sort((a, b) => ((a.legalDue ?? '') < (b.legalDue ?? '') ? -1 : 1))[0];
}
