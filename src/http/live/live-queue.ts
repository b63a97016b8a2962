import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { z } from 'zod';
import { instantField } from '../../deadlines/facts.ts';
import { administration } from '../../cases/calendar-task.ts';
import { countNewWork } from '../../tasks/count-new-work.ts';
import { invalidField, isFailure } from '../../platform/failure.ts';
import type { Context, Routes, Staff } from '../app-context.ts';
import { allowQuietly, authenticateQuietly, staffOf } from '../authenticate.ts';
import { describePage } from '../pages/describe-page.ts';
import { workers } from '../pages/who.ts';
import { problem } from '../problem.ts';
import { createNewWorkListener, type NewWork } from './new-work-listener.ts';

/** How many pages of one person are kept up to date at once; more ask from time to time. */
export const mostStreams = 4;
/** Work comes in bursts: one case makes several tasks. */
const gatherMs = 400;
const heartbeatMs = 20_000;

const sinceQuery = z.object({ since: instantField });

/**
 * `GET /queue/live`, a stream of how much new work its person has, and `GET /queue/news`, the same asked once. Neither
 * counts as using the hub: a page that is left open does not keep its session alive, and ends its stream with it.
 */
export const liveQueue: Routes = (app, { hub }) => {
  const listener = createNewWorkListener(hub.sql, hub.logger);
  const open = new Map<string, number>();

  describePage(app, 'get', '/queue/news', workers, 'How much new work there is since a moment');
  app.get('/queue/news', allowQuietly(workers), async (c) => {
    const query = sinceQuery.safeParse(c.req.query());
    if (!query.success) return problem(c, noMoment);
    return c.json({ count: await countNewWork(hub.db, workerOf(staffOf(c)), query.data.since) });
  });

  describePage(app, 'get', '/queue/live', workers, 'A stream of how much new work there is');
  app.get('/queue/live', allowQuietly(workers), (c) => {
    const query = sinceQuery.safeParse(c.req.query());
    if (!query.success) return problem(c, noMoment);
    const { id } = staffOf(c);
    const streams = open.get(id) ?? 0;
    if (streams >= mostStreams)
      return problem(c, {
        kind: 'unavailable',
        detail: 'Too many pages are kept up to date.',
        retryAfter: 60,
      });
    open.set(id, streams + 1);
    const closed = () => {
      const left = (open.get(id) ?? 1) - 1;
      if (left > 0) open.set(id, left);
      else open.delete(id);
    };
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, (stream) =>
      tell(c, stream, query.data.since, (heard) => listener.subscribe(heard)).finally(closed),
    );
  });
};

const noMoment = invalidField('since', 'must be a moment');

/** Tells of new work until the browser leaves, the session ends, or the hub stops. */
async function tell(
  c: Context,
  stream: SSEStreamingApi,
  since: string,
  subscribe: ReturnType<typeof createNewWorkListener>['subscribe'],
): Promise<void> {
  const { db, logger } = c.get('hub');
  const who = workerOf(staffOf(c));
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let gathering: NodeJS.Timeout | undefined;
  let told = 0;
  const count = async () => {
    gathering = undefined;
    const many = await countNewWork(db, who, since);
    if (many !== told) await stream.writeSSE({ event: 'work', data: JSON.stringify({ count: many }) });
    told = many;
  };
  const failed = (error: unknown) => {
    logger.warn({ requestId: c.get('requestId'), err: error }, 'a stream of new work ended');
    end();
  };
  const unsubscribe = subscribe((news) => {
    if (isFor(news, who)) gathering ??= setTimeout(() => void count().catch(failed), gatherMs);
  });
  const heartbeat = setInterval(() => {
    void stillThere(c)
      .then((there) => (there ? stream.writeSSE({ event: 'still-there', data: '' }) : end()))
      .catch(failed);
  }, heartbeatMs);
  stream.onAbort(end);
  const forget = endWith(c.env.closing, end);
  try {
    // The answer begins at once, and what came between the page and the stream is told.
    await stream.writeSSE({ event: 'open', data: '', retry: 5_000 });
    await count();
    await ended;
  } catch (error) {
    failed(error);
  } finally {
    clearInterval(heartbeat);
    clearTimeout(gathering);
    unsubscribe();
    forget();
  }
}

/** What is to end when the server stops, by its signal: one listener of it, however many streams there are. */
const ending = new WeakMap<AbortSignal, Set<() => void>>();

function endWith(closing: AbortSignal | undefined, end: () => void): () => void {
  if (closing === undefined) return () => undefined;
  if (closing.aborted) end();
  const known = ending.get(closing);
  const ends = known ?? new Set();
  if (known === undefined) {
    ending.set(closing, ends);
    closing.addEventListener('abort', () => ends.forEach((one) => one()), { once: true });
  }
  ends.add(end);
  return () => void ends.delete(end);
}

type Worker = { id: string; team: string };

function workerOf({ id, role, team }: Staff): Worker {
  return { id, team: role === 'administrator' ? administration : (team ?? '') };
}

function isFor(news: NewWork | 'reconnected', { id, team }: Worker): boolean {
  if (news === 'reconnected') return true;
  return news.assignee === null ? news.team === team : news.assignee === id;
}

async function stillThere(c: Context): Promise<boolean> {
  return !isFailure(await authenticateQuietly(c));
}
