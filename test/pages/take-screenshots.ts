/**
 * Takes the pictures of the README, in `docs/screenshots`, of a demo of its own with the invented force: `npm run
 * screenshots`; or of a demo that runs already, whose address `DEMO_URL` is. Needs Chromium.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser, type Visit } from '../support/browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs', 'screenshots');
type Page = Visit['page'];

/** Each picture: who looks, how wide, and how to get there. */
const pictures: readonly {
  name: string;
  who: string;
  width: number;
  open: (page: Page) => Promise<unknown>;
}[] = [
  { name: 'queue', who: 'cw-1', width: 1280, open: (page) => page.goto('/queue') },
  {
    name: 'task',
    who: 'cw-1',
    width: 1280,
    open: async (page) => {
      await page.goto('/queue');
      await page.click('main button:has-text("next task"), main button:has-text("your task")');
    },
  },
  {
    name: 'case',
    who: 'cw-1',
    width: 1280,
    open: async (page) => {
      await page.goto('/queue');
      await page.click('tbody a[href^="/cases/"]');
      await page.locator('summary:has-text("How was this worked out?")').first().click();
    },
  },
  {
    name: 'calculator',
    who: 'cw-1',
    width: 1280,
    open: (page) =>
      page.goto(
        '/calculator?rule=ctl-summary-56&facts.custody.0.from-day=10&facts.custody.0.from-month=1&facts.custody.0.from-year=2026&go=yes',
      ),
  },
  { name: 'workload', who: 'sr-1', width: 1280, open: (page) => page.goto('/workload') },
  { name: 'queue-phone', who: 'cw-1', width: 360, open: (page) => page.goto('/queue') },
];

const running = process.env['DEMO_URL'];
if (running !== undefined) await takeAll(running);
else {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-screenshots-'));
  const demo = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, DATABASE_URL: undefined, REDIS_URL: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  try {
    await takeAll(await addressOf(demo.stdout));
  } finally {
    demo.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function takeAll(url: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await startBrowser(url);
  for (const { name, who, width, open } of pictures) {
    const visit = await browser.visit({ width });
    const { page } = visit;
    await page.goto('/');
    await page.click(`button[value="${who}"]`);
    await open(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await visit.close();
    process.stdout.write(`docs/screenshots/${name}.png\n`);
  }
  await browser.close();
}

/** Waits until the demo says where it answers. */
async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  for await (const piece of output) {
    said += String(piece);
    const url = /is ready after .*: (http:\S+)/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the demo did not start:\n${said}`);
}
