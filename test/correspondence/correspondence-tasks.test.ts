import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES as calendar } from '../../src/calendar/bank-holidays-data.ts';
import { civilDateOf } from '../../src/calendar/london-time.ts';
import { correspondents, correspondentTitles } from '../../src/correspondence/answer-periods.ts';
import { correspondenceOf } from '../../src/correspondence/correspondence-of.ts';
import { correspondenceTasks } from '../../src/correspondence/correspondence-tasks.ts';

const letters = fc.record({
  at: fc
    .date({ min: new Date('2024-01-01'), max: new Date('2027-11-30'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  with: fc.constantFrom(...correspondents),
  direction: fc.constantFrom('in', 'out'),
  needsAnswer: fc.boolean(),
});

const stateOf = ({ at, ...data }: { at: string }) => ({
  decisions: [
    {
      eventId: 'l',
      on: civilDateOf(at),
      at,
      receivedAt: at,
      type: 'correspondence-logged',
      data: { ...data },
    },
  ],
});

test('a letter is work where it needs an answer, by the day on which that is due, and names nobody', () => {
  fc.assert(
    fc.property(letters, (letter) => {
      const state = stateOf(letter);
      const dueOn = correspondenceOf(state, calendar)[0]?.dueOn ?? null;
      const [task, ...more] = correspondenceTasks(state, calendar);
      expect(more).toEqual([]);
      expect(task !== undefined).toBe(letter.needsAnswer);
      expect(dueOn !== null).toBe(letter.needsAnswer);
      if (task === undefined || dueOn === null) return;
      expect(task.title).toContain(correspondentTitles[letter.with]);
      expect(dueOn > civilDateOf(letter.at)).toBe(true);
      const due = civilDateOf(task.dueAt);
      if (letter.direction === 'in') expect([due, task.notBefore]).toEqual([dueOn, undefined]);
      else {
        expect(due > dueOn).toBe(true);
        expect(civilDateOf(task.notBefore ?? '')).toBe(dueOn);
      }
    }),
  );
});
