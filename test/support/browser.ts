import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function findChromium(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  return undefined;
}

const executablePath = findChromium();

/**
 * Whether pages can be tested in a browser here. Without one a CI run fails; anywhere else the tests that need it are
 * left out, which is said loudly.
 */
export const hasBrowser: boolean = executablePath !== undefined;
if (!hasBrowser) {
  if (process.env['CI'] === 'true') throw new Error('chromium is not installed, and CI must test with it');
  process.stderr.write('\n!!! chromium is not installed: EVERY TEST IN A BROWSER IS LEFT OUT !!!\n\n');
}

/** The browsers that can be tested here. */
export const browsers: readonly string[] = hasBrowser ? ['Chromium'] : [];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Far longer than anything takes: only what hangs is to meet it, not what shares a busy machine. */
const patienceMs = 100_000;

/** A page in a browser, with what went wrong in it. */
export type Visit = {
  page: Page;
  /** Refused by the content security policy, thrown, or not loaded; addresses of other origins that were asked. */
  trouble: string[];
  /** What axe-core finds wrong with the page as it stands, and whether it has to be scrolled sideways. */
  faults(): Promise<string[]>;
  /** Whether it has to be scrolled sideways, which can be asked where scripts are off too. */
  sideways(): Promise<string[]>;
  close(): Promise<void>;
};

export type TestBrowser = {
  visit(options?: { width?: number; withoutScripts?: boolean }): Promise<Visit>;
  close(): Promise<void>;
};

/** Starts headless Chromium. */
export async function startBrowser(origin: string): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    visit: async ({ width = 1280, withoutScripts = false } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        javaScriptEnabled: !withoutScripts,
        baseURL: origin,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      const trouble: string[] = [];
      page.on('console', (line) => {
        if (line.type() === 'error' && !line.text().includes('the server responded with a status'))
          trouble.push(line.text());
      });
      page.on('pageerror', (error) => trouble.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
          trouble.push(`asked for ${request.url()}`);
      });
      return {
        page,
        trouble,
        faults: () => faultsOf(page),
        sideways: () => sidewaysOf(page),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

type Violations = { violations: { id: string; nodes: { html: string }[] }[] };

/** What axe-core finds wrong with the page as it stands, and whether it has to be scrolled sideways. */
async function faultsOf(page: Page): Promise<string[]> {
  if (await page.evaluate<boolean>('window.axe === undefined')) await page.evaluate(`(() => { ${axe}; })()`);
  const options = { runOnly: wcag, resultTypes: ['violations'], preload: false, iframes: false };
  const { violations } = await page.evaluate<Violations>(`axe.run(document, ${JSON.stringify(options)})`);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ...(await sidewaysOf(page)),
  ];
}

async function sidewaysOf(page: Page): Promise<string[]> {
  const over = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return over > 0 ? [`scrolls sideways by ${over} pixels`] : [];
}
