import { expect, test } from 'vitest';
import type { CaseState, ContactAttempted, Occurrence } from '../../src/deadlines/case-state.ts';
import { contactPerson } from '../../src/deadlines/rules/contact-person.ts';

const receivedAt = (day: number) => `2026-06-${String(day).padStart(2, '0')}T09:00:00.000Z`;

const gives = (day: number, from: string | null, to: string | null) =>
  ({
    ...{ type: 'caseworker-changed', eventId: `given on ${day}`, on: receivedAt(day).slice(0, 10) },
    ...{ receivedAt: receivedAt(day), data: { from, to } },
  }) as Occurrence;
const tells = (clock: Occurrence) =>
  ({
    ...{ rule: 'vc-contact-person', personId: 'victim', result: 'reached', clock: clock.eventId },
  }) as ContactAttempted;

/** The changes of which news is or was owed, each with the day since when. */
function news(decisions: Occurrence[], ...told: Occurrence[]): string[] {
  const people = [{ id: 'victim', role: 'victim', enhanced: false }];
  const state = { decisions, people, attempts: told.map(tells) } as unknown as CaseState;
  return contactPerson.flatMap(({ starts }) =>
    starts
      .find(state)
      .map(({ clock, facts }) => `${clock}: since ${String(facts['receivedAt']).slice(8, 10)}`),
  );
}

const [toSecond, toThird] = [gives(1, 'cw-1', 'cw-2'), gives(4, 'cw-2', 'cw-3')];

test('a case that goes on to a third caseworker does not make its victim wait longer to be told', () => {
  expect(news([toSecond, toThird])).toEqual(['given on 4: since 01']);
});

test('a move that is taken back leaves the time by which a move before it has to be told', () => {
  expect(news([toSecond, toThird, gives(5, 'cw-3', 'cw-2')])).toEqual(['given on 5: since 01']);
});

test('a case that went and came back before anybody rang is no news, and when it goes again the time begins anew', () => {
  const back = gives(2, 'cw-2', 'cw-1');
  expect(news([toSecond, back])).toEqual([]);
  expect(news([toSecond, back, gives(8, 'cw-1', 'cw-3')])).toEqual(['given on 8: since 08']);
});

test('once the victim was told, the next move is owed from when it was made, also one back', () => {
  expect(news([toSecond, toThird], toSecond)).toEqual(['given on 1: since 01', 'given on 4: since 04']);
  expect(news([toSecond, gives(5, 'cw-2', 'cw-1')], toSecond)).toEqual([
    'given on 1: since 01',
    'given on 5: since 05',
  ]);
});

test('of a case that nobody has nothing can be told, and the time before counts when somebody has it', () => {
  const toNobody = gives(2, 'cw-2', null);
  expect(news([toSecond, toNobody])).toEqual([]);
  expect(news([toSecond, toNobody, gives(3, null, 'cw-3')])).toEqual(['given on 3: since 01']);
});
