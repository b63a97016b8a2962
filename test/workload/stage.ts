import { randomUUID } from 'node:crypto';
import { tasks } from '../../db/schema/index.ts';
import type { Reply } from '../support/client.ts';
import type { TestHub } from '../support/app.ts';

type Row = typeof tasks.$inferInsert;

/** Plants open tasks of no deadline: for the crime team, of a case, due on 10 June 2026 and ten minutes each. */
export async function plant(
  hub: Pick<TestHub, 'database'>,
  caseId: string | null,
  rows: readonly Partial<Row>[],
): Promise<string[]> {
  const planted = rows.map((row): Row & { id: string } => ({
    id: randomUUID(),
    kind: 'planted',
    title: 'Planted by a test',
    caseId,
    source: `planted:${randomUUID()}`,
    subject: {},
    why: ['a test planted it'],
    team: 'crime',
    assignee: null,
    consequence: 3,
    dueAt: '2026-06-10T22:59:59.999Z',
    effortMinutes: 10,
    risesAt: '2027-07-30T00:00:00.000Z',
    createdAt: '2026-06-01T08:00:00.000Z',
    ...row,
  }));
  await hub.database.db.insert(tasks).values(planted);
  return planted.map(({ id }) => id);
}

/** Reads a resource for its ETag, and puts another in its place. */
export async function replace<T = Record<string, unknown>>(
  hub: TestHub,
  path: string,
  body: unknown,
  who = 'sr-1',
): Promise<Reply<T>> {
  const read = await hub.as('sr-1').get(path);
  return hub.as(who).put<T>(path, body, { ifMatch: read.headers.get('etag') ?? '' });
}
