import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchCourtFolder } from '../../workers/court-folder.ts';
import { message } from '../court-results/message.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { waitFor } from '../support/wait-for.ts';
import { courtCase } from './court-stage.ts';
import { readCase } from './stage.ts';

const program = fileURLToPath(new URL('./court-folder-program.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

describe('a process that takes in files of the courts and is killed', () => {
  let hub: TestHub;
  let folder: string;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-04-20T16:00:00Z' });
    folder = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  });
  afterAll(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });
  const senior = () => hub.as('sr-1');
  const rows = async (urn: string) => {
    const [found] = await hub.hub.db.execute<{ remands: number; messages: number; tasks: number }>(sql`
      select (select count(*)::int from case_events e where e.case_id = c.id and e.type = 'remanded') as remands,
        (select count(*)::int from court_case_results r where r.urn = c.urn) as messages,
        (select count(*)::int from tasks t where t.case_id = c.id and t.kind = 'court-trigger') as tasks
      from cases c where c.urn = ${urn}`);
    return found;
  };
  const lying = async () => (await readdir(folder)).filter((name) => name.endsWith('.xml'));

  async function killedAt(point: 'written' | 'committed'): Promise<void> {
    const args = ['--import', 'tsx', program, JSON.stringify(hub.database.address), folder, point];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      expect(said.toString()).toBe(`${point}\n`);
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  }

  test.each<['written' | 'committed', object]>([
    ['written', { remands: 0, messages: 0, tasks: 0 }],
    ['committed', { remands: 1, messages: 1, tasks: 1 }],
  ])('when it has %s what a file says, and not moved it, loses and doubles nothing', async (point, left) => {
    const { urn } = await courtCase(senior());
    const said = { id: `K-${point}`, urn, on: '2026-04-20' };
    const remanded = { bail: 'C', offences: [{ plea: '2', results: [{ code: 4028 }] }] };
    await writeFile(join(folder, `${point}.xml`), message({ ...said, defendants: [remanded] }));
    await killedAt(point);
    await waitFor('the killed process to be gone from the database', async () => {
      const open = await hub.hub.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      );
      return open.length === 0;
    });
    expect([await lying(), await rows(urn)]).toEqual([[`${point}.xml`], left]);
    const config = { ...hub.hub.config, courtResultsFolder: folder };
    const watching = watchCourtFolder({ ...hub.hub, config }, 20);
    await waitFor('the file to be put away', async () => (await lying()).length === 0);
    await watching.close();
    expect(await rows(urn)).toEqual({ remands: 1, messages: 1, tasks: 1 });
    expect(await readdir(join(folder, 'done'))).toContain(`${point}.xml`);
    expect((await readCase(senior(), urn)).defendants[0]?.remand).toBe('custody');
  });
});
