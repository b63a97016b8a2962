import { recordTaskKind } from '../deadlines/record-entries.ts';
import type { Failure } from '../platform/failure.ts';

/** Work to enter something in a police system: completing it says that it is entered, as recording the entry does. */
export function isRecordWork({ kind }: { kind: string }): boolean {
  return kind === recordTaskKind;
}

/** What is owed to a police system is not given up: it is entered, put off, or no longer owed when what it says is taken back. */
export const notEntered: Failure = {
  kind: 'conflict',
  detail: 'It is still owed: put the task off until it can be entered, or correct what it would say.',
};
