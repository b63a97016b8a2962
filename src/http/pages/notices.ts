import type { Context } from '../app-context.ts';

/** What a page says was done, by the word that a redirect carries. Words of nobody's own are shown. */
const notices: Record<string, string> = {
  created: 'The case is created, with the dates below.',
  received: 'The material is marked as received. Chasing has stopped.',
  rejected: 'The material is rejected, and asked for again.',
  'not-required': 'The material is marked as not required. Chasing has stopped.',
  hold: 'The chasing is held.',
  release: 'The material is chased for again.',
  asked: 'The officer is asked for it.',
};

/** What was just done, where the page was come to from doing it. */
export function noticeOf(c: Context): string | undefined {
  const done = c.req.query('done') ?? '';
  return Object.hasOwn(notices, done) ? notices[done] : undefined;
}
