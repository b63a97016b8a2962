import type { Failure } from '../platform/failure.ts';
import type { Staff } from '../staff/store.ts';
import type { CaseRow } from './case-row.ts';
import { isHidden } from './store.ts';

const noCase: Failure = { kind: 'not-found', detail: 'There is no such case.' };

/**
 * Whether a person may see and work a case: caseworkers those of their team, seniors all, a restricted one only those
 * who are named. A restricted case that they may not know of is not there.
 */
export function mayOpen(row: CaseRow | undefined, staff: Staff): CaseRow | Failure {
  if (row === undefined || isHidden(row, staff.id)) return noCase;
  if (staff.role === 'caseworker' && row.team !== staff.team && !row.restricted)
    return { kind: 'not-allowed', detail: 'The case belongs to another team.' };
  return row;
}
