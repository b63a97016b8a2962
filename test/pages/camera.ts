import { expect } from 'vitest';
import type { TestBrowser, Visit } from '../support/browser.ts';

/** How a page is used: at a desk, and on a phone without scripts. */
export const cameras = [
  { width: 1280, withoutScripts: false },
  { width: 360, withoutScripts: true },
] as const;

/** How the main journey of each kind of person is walked. */
export const everyCamera = [
  ...cameras,
  { width: 1280, withoutScripts: true },
  { width: 360, withoutScripts: false },
] as const;

/** Milliseconds for a journey over many pages: far more than it takes, for a machine that is busy with others. */
export const journeyTimeout = 600_000;

export type Camera = { width: number; withoutScripts?: boolean };

export type SignedIn = Visit & {
  /** That nothing has to be scrolled sideways. What axe-core finds in each page is asked in every-page.test.ts. */
  isFine(): Promise<void>;
  /** That axe-core finds nothing either, in a state to which no link and no single form leads; where scripts run. */
  isFaultless(): Promise<void>;
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
    isFine: async () => expect(await visit.sideways()).toEqual([]),
    isFaultless: async () => {
      if (how.withoutScripts !== true) expect(await visit.faults()).toEqual([]);
    },
    leave: async () => {
      expect(visit.trouble).toEqual([]);
      await visit.close();
    },
  };
}

/** Goes to a page of the menu, which scripts fold away on a phone. */
export async function goByMenu(page: Visit['page'], name: string): Promise<void> {
  const menu = page.locator('nav button:has-text("Menu")');
  if (await menu.isVisible()) await menu.click();
  await page.click(`nav a:has-text("${name}")`);
}

/** Types a day of 2026 into the three fields of a date. */
export async function fillDay(page: Visit['page'], path: string, day: string, month: string) {
  await page.fill(`[name="${path}-day"]`, day);
  await page.fill(`[name="${path}-month"]`, month);
  await page.fill(`[name="${path}-year"]`, '2026');
}
