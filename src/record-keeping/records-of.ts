import type { CaseEvent } from '../cases/events.ts';
import type { EventWords } from '../correspondence/store.ts';
import { systemOf, type PoliceSystem } from '../deadlines/record-entries.ts';
import type { DeadlineRow } from '../deadlines/store.ts';

/** `wrong` was entered, and what it says was taken back since; `withdrawn` was never entered and is owed no more. */
export const recordStates = ['owed', 'entered', 'wrong', 'withdrawn'] as const;
export type RecordState = (typeof recordStates)[number];

/** One entry in a police system, owed or made. The id is that of its deadline. */
export type PoliceRecord = {
  deadline: DeadlineRow;
  system: PoliceSystem;
  state: RecordState;
  owedBy: Pick<CaseEvent, 'id' | 'type' | 'on'>;
  /** Who entered it, or told that it is entered, and under which reference of the system. */
  entered: {
    on: string;
    by: string;
    recordedAt: string;
    reference: string | null;
    note: string | null;
  } | null;
};

/** An event as it is stored. */
export type RecordedEvent = Pick<
  CaseEvent,
  'id' | 'type' | 'on' | 'receivedAt' | 'recordedBy' | 'data' | 'supersedes'
> & { recordedAt: string };

/**
 * What has been entered where, and what is owed, of deadlines with the events that they name.
 * @param events those of the same case
 */
export function recordsOf(
  deadlines: readonly DeadlineRow[],
  events: readonly RecordedEvent[],
  words: ReadonlyMap<string, EventWords>,
): PoliceRecord[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return deadlines.flatMap((deadline): PoliceRecord[] => {
    const system = systemOf(deadline.rule);
    const owedBy = byId.get(deadline.startedBy);
    if (system === undefined || owedBy === undefined) return [];
    const entered = byId.get(deadline.metBy ?? '') ?? lastEntry(deadline, events);
    const said = entered === undefined ? undefined : words.get(entered.id);
    return [
      {
        ...{ deadline, system, state: stateOf(deadline, entered), owedBy },
        entered:
          entered === undefined
            ? null
            : {
                ...{ on: entered.on, by: entered.recordedBy, recordedAt: entered.recordedAt },
                ...{ reference: said?.reference ?? null, note: said?.words || null },
              },
      },
    ];
  });
}

/** The references by which the systems know a case: of each the last that was given, with who gave it. */
export function referencesOf(records: readonly PoliceRecord[]) {
  const found = new Map<PoliceSystem, { reference: string; on: string; by: string; recordedAt: string }>();
  for (const { system, entered } of records) {
    if (entered?.reference == null) continue;
    const before = found.get(system);
    if (before === undefined || before.recordedAt < entered.recordedAt)
      found.set(system, { ...entered, reference: entered.reference });
  }
  return [...found].map(([system, { reference, on, by }]) => ({ system, reference, on, by }));
}

/** An entry of a deadline that stands no more: made, and not recorded by mistake. */
function lastEntry(deadline: DeadlineRow, events: readonly RecordedEvent[]): RecordedEvent | undefined {
  if (deadline.state !== 'withdrawn') return undefined;
  const superseded = new Set(events.map(({ supersedes }) => supersedes));
  return events.findLast(
    ({ id, type, data }) =>
      type === 'record-entered' &&
      !superseded.has(id) &&
      data['rule'] === deadline.rule &&
      data['subject'] === deadline.subjectKey &&
      data['clock'] === deadline.clockKey,
  );
}

function stateOf({ state }: DeadlineRow, entered: RecordedEvent | undefined): RecordState {
  if (state === 'met') return 'entered';
  if (state === 'withdrawn') return entered === undefined ? 'withdrawn' : 'wrong';
  return 'owed';
}
