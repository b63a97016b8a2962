import type { StaffRole } from '../../../../db/schema/people.ts';

/** Whose pages these are, and the page from which each is reached. */
export const administrators: readonly StaffRole[] = ['administrator'];
export const administrationLink = { text: 'Administration', href: '/admin' };
