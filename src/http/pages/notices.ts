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
  decided: 'The decision is recorded.',
  entered: 'The entry is recorded.',
  logged: 'It is logged.',
  met: 'The deadline is met.',
  referred: 'The referral is recorded.',
  added: 'They are added, and what they are owed with them.',
  answered: 'The answer is recorded.',
  settled: 'It is settled: the results took effect anew.',
  confirmed: 'The cases are being created.',
  discarded: 'The file is thrown away, with all that it said.',
  pinged: 'A test is on its way. Load the page again to see what came of it.',
  retried: 'It is sent again. Load the page again to see what came of it.',
  paused: 'It is paused: what there is to tell waits, for 30 days.',
  resumed: 'It goes on, with what has waited.',
  saved: 'It is saved.',
  removed: 'It is taken away.',
  closed: 'It is closed without an answer.',
  'task-done': 'The task is done.',
  'put-off': 'The task is put off. It comes back to your queue on the day that you chose.',
  'put-off-less':
    'The task is put off until 8am on the day on which it is due, and no longer: after that day it would be late.',
  'taken-up': 'The task is back in your queue.',
  'given-back': 'The task is given back, undone. Somebody else may get it now.',
  noted: 'The note is kept with the task.',
  attempt: 'The attempt is recorded. They still have to be told.',
  told: 'The attempt is recorded, and that they were told.',
  contacted: 'The contact is recorded.',
  messaged: 'The message that asks them to ring is on its way.',
  'limit-confirmed': 'The custody time limit is confirmed: you and the hub count the same day.',
  'count-differs': 'Your different count is recorded. A senior settles it; until then take the earlier date.',
  'limit-settled': 'The date stands, and the custody time limit is confirmed.',
  'limit-doubted':
    'What you decided is kept with the task. Correct what is recorded of the remand, the charge or the extension in the case: the limit is then counted anew. Until then take the earlier date.',
  absences: 'The absences are saved.',
};

/** What was just done, where the page was come to from doing it. */
export function noticeOf(c: Context): string | undefined {
  const done = c.req.query('done') ?? '';
  return Object.hasOwn(notices, done) ? notices[done] : undefined;
}
