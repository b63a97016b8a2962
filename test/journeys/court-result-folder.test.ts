import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mostBytes } from '../../src/court-results/decode-xml.ts';
import { takeFromFolder, type Looks } from '../../src/court-results/take-from-folder.ts';
import { watchCourtFolder } from '../../workers/court-folder.ts';
import { message, type MessageSaid } from '../court-results/message.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { waitFor } from '../support/wait-for.ts';
import { courtCase, post } from './court-stage.ts';
import { expectStatus, readCase } from './stage.ts';

describe('messages of the courts that are delivered as files', () => {
  let hub: TestHub;
  let folder: string;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-04-20T16:00:00Z' });
    folder = await mkdtemp(join(tmpdir(), 'hub-courts-'));
  });
  afterAll(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });
  const senior = () => hub.as('sr-1');
  const put = (name: string, body: string | Uint8Array) => writeFile(join(folder, name), body);
  const inside = async (sub: string) => (await readdir(join(folder, sub)).catch(() => [])).sort();
  const looks = (): Looks => ({ seen: new Map(), failures: new Map() });
  /** Two looks: the first only notes that a file is there, since it may still be growing. */
  const take = async (since = looks()) => {
    await takeFromFolder(hub.hub.db, folder, since);
    return takeFromFolder(hub.hub.db, folder, since);
  };
  const remands = async (urn: string) => {
    const rows = await hub.hub.db.execute(sql`
      select 1 from case_events e join cases c on c.id = e.case_id where c.urn = ${urn} and e.type = 'remanded'`);
    return rows.length;
  };
  const said = (urn: string, id: string): MessageSaid => ({
    id,
    urn,
    on: '2026-04-20',
    defendants: [{ bail: 'C' }],
  });

  test('are taken in once they no longer grow, and put away; what cannot be read is put aside with why', async () => {
    const { urn } = await courtCase(senior());
    await put('one.xml', message(said(urn, 'F-1')).slice(0, 300));
    const since = looks();
    await takeFromFolder(hub.hub.db, folder, since);
    await put('one.xml', message(said(urn, 'F-1')));
    await put('two.XML', '<!DOCTYPE x><x/>');
    await put('large.xml', new Uint8Array(mostBytes + 1));
    await put('notes.txt', 'not a message');
    expect(await takeFromFolder(hub.hub.db, folder, since)).toEqual({ recorded: 0, refused: 0, failed: [] });
    expect(await takeFromFolder(hub.hub.db, folder, since)).toEqual({ recorded: 1, refused: 2, failed: [] });
    expect((await readCase(senior(), urn)).defendants[0]?.remand).toBe('custody');
    expect(await inside('')).toEqual(['done', 'notes.txt', 'refused']);
    expect(await inside('done')).toEqual(['one.xml']);
    expect(await inside('refused')).toEqual(['large.xml', 'large.xml.why.txt', 'two.XML', 'two.XML.why.txt']);
    expect(await readFile(join(folder, 'refused', 'two.XML.why.txt'), 'utf8')).toMatch(/document type/);
  });

  test('are taken in once, however often their file comes, by whichever way, and whoever dies on the way', async () => {
    const { urn } = await courtCase(senior());
    const body = message(said(urn, 'F-2'));
    // A process that is killed between the transaction and the move leaves the file where it was.
    for (let i = 0; i < 3; i += 1) {
      await put('same.xml', body);
      await take();
    }
    await expectStatus(202, post(hub.as('feed-1'), body));
    await put('same.xml', body);
    await Promise.all([take(), take(), take()]);
    expect(await remands(urn)).toBe(1);
    expect((await inside('done')).filter((name) => name.startsWith('same'))).toHaveLength(4);
    expect(await inside('')).toEqual(['done', 'notes.txt', 'refused']);
  });

  test('are watched for by a worker, which ends with the last one taken in whole', async () => {
    const { urn } = await courtCase(senior());
    const config = { ...hub.hub.config, courtResultsFolder: folder };
    const watching = watchCourtFolder({ ...hub.hub, config }, 20);
    await put('watched.xml', message(said(urn, 'F-3')));
    await waitFor('the file to be put away', async () => (await inside('done')).includes('watched.xml'));
    await watching.close();
    expect(await remands(urn)).toBe(1);
    const without = watchCourtFolder(hub.hub);
    await without.look();
    await without.close();
  });
});
