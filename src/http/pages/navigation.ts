import type { StaffRole } from '../../../db/schema/people.ts';

export type NavigationItem = { text: string; href: string; current: boolean };

/** The roles as people call them. */
export const roleNames: Record<StaffRole, string> = {
  caseworker: 'Caseworker',
  senior: 'Senior caseworker',
  administrator: 'Administrator',
  auditor: 'Auditor',
  feed: 'Machine client',
};

const myQueue = { text: 'My queue', href: '/queue' };
const cases = { text: 'Cases', href: '/cases' };
const calculator = { text: 'Calculator', href: '/calculator' };
const workload = { text: 'Workload', href: '/workload' };
const reports = { text: 'Reports', href: '/reports' };
const administration = { text: 'Administration', href: '/admin' };

const pagesOf: Record<StaffRole, readonly { text: string; href: string }[]> = {
  caseworker: [myQueue, cases, calculator, reports],
  senior: [myQueue, workload, cases, calculator, reports],
  administrator: [myQueue, administration, calculator, reports],
  auditor: [reports, calculator],
  feed: [],
};

/** The pages that somebody is offered on every page. */
export function navigationFor(staff: { role: StaffRole }, path: string): NavigationItem[] {
  return pagesOf[staff.role].map(({ text, href }) => ({
    text,
    href,
    current: path === href || path.startsWith(`${href}/`),
  }));
}

/** The page on which somebody starts after signing in. */
export function homeOf(role: StaffRole): string {
  return pagesOf[role][0]?.href ?? '/';
}
