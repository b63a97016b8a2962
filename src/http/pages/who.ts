import type { StaffRole } from '../../../db/schema/people.ts';

/** Who works tasks. */
export const workers: readonly StaffRole[] = ['caseworker', 'senior', 'administrator'];
/** Who sees cases. */
export const caseReaders: readonly StaffRole[] = ['caseworker', 'senior'];
/** Everyone who signs in to the pages. */
export const everyone: readonly StaffRole[] = ['caseworker', 'senior', 'administrator', 'auditor'];
