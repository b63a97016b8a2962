import { expect } from 'vitest';
import type { TestBrowser, Visit } from '../support/browser.ts';

/** How each journey is walked: at a desk, and on a phone without scripts. */
export const cameras = [
  { width: 1280, withoutScripts: false },
  { width: 360, withoutScripts: true },
] as const;

/** Milliseconds for a journey over many pages: far more than it takes, for a machine that is busy with others. */
export const journeyTimeout = 300_000;

export type Camera = { width: number; withoutScripts?: boolean };

export type SignedIn = Visit & {
  /** That axe-core finds nothing; where scripts are off it cannot run, and the width alone is looked at. */
  isFine(): Promise<void>;
  /** Ends the visit, in which nothing went wrong. */
  leave(): Promise<void>;
};

/** A browser in which one of the demo's people has signed in. */
export async function signedIn(browser: TestBrowser, who: string, how: Camera): Promise<SignedIn> {
  const visit = await browser.visit(how);
  await visit.page.goto('/');
  await visit.page.click(`button[value="${who}"]`);
  return {
    ...visit,
    isFine: async () => {
      if (how.withoutScripts !== true) expect(await visit.faults()).toEqual([]);
    },
    leave: async () => {
      expect(visit.trouble).toEqual([]);
      await visit.close();
    },
  };
}

/** Types a day of 2026 into the three fields of a date. */
export async function fillDay(page: Visit['page'], path: string, day: string, month: string) {
  await page.fill(`[name="${path}-day"]`, day);
  await page.fill(`[name="${path}-month"]`, month);
  await page.fill(`[name="${path}-year"]`, '2026');
}
