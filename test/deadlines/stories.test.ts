import { describe, expect, it } from 'vitest';
import { stories } from './stories/index.ts';
import { tell, type Outcome } from './stories/run-in-memory.ts';
import type { Story } from './stories/story.ts';

const about: Record<Story['expect']['about'], (subject: Outcome['subject']) => boolean> = {
  case: (subject) => Object.keys(subject).length === 0,
  defendant: ({ defendantId, offenceId }) => defendantId !== undefined && offenceId === undefined,
  offence: ({ offenceId }) => offenceId !== undefined,
  person: ({ personId }) => personId !== undefined,
  hearing: ({ hearingId, personId }) => hearingId !== undefined && personId === undefined,
};

const pending = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter(({ state }) => state === 'pending');

/** The deadline that a story is about; the first where several of the rule have the date that it tells of. */
function deadlineOf(story: Story): Outcome {
  const standing = pending(tell(story));
  expect(standing, 'how many deadlines of the rule stand').toHaveLength(story.expect.count ?? 1);
  const found = standing.find(({ legalDue }) => legalDue === story.expect.legalDue) ?? standing[0];
  if (!found) throw new Error('no deadline of the rule stands');
  return found;
}

/** The same deadline in another telling: ids differ from one case to the next, positions do not. */
function same(outcomes: readonly Outcome[], position: number): Outcome | undefined {
  return outcomes[position];
}

describe('every rule is proved through a case', () => {
  for (const story of stories)
    describe(`${story.rule}: ${story.protects}`, () => {
      it(`stands with ${story.expect.legalDue} as its date, about the ${story.expect.about}`, () => {
        const deadline = deadlineOf(story);
        expect(deadline.legalDue).toBe(story.expect.legalDue);
        if (story.expect.actionDue !== undefined) expect(deadline.actionDue).toBe(story.expect.actionDue);
        expect(about[story.expect.about](deadline.subject), JSON.stringify(deadline.subject)).toBe(true);
      });

      const { meets, ends } = story;
      if (meets)
        it(`is met by ${'attempt' in meets ? `a contact: ${meets.attempt}` : meets.type}`, () => {
          const before = tell(story);
          const position = before.findIndex(({ state }) => state === 'pending');
          const after = same(tell(story, meets), position);
          expect(after?.state).toBe('met');
        });
      if (ends)
        it(`is withdrawn by ${ends.type}`, () => {
          const before = tell(story);
          const after = tell(story, ends);
          expect(pending(after).length).toBeLessThan(pending(before).length);
          expect(after.filter(({ state }) => state === 'met').length).toBeLessThanOrEqual(
            before.filter(({ state }) => state === 'met').length,
          );
        });
    });
});
