import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLadder } from '../../src/chasers/check-ladder.ts';
import { defaultLadder, type LadderStep } from '../../src/chasers/ladder.ts';
import { ladder } from './ladder-days.ts';

const step = (over: Partial<LadderStep> = {}): LadderStep => ({
  step: 'ask',
  level: 'officer',
  businessDays: 0,
  ...over,
});
const decide = step({ step: 'decide', level: 'caseworker', businessDays: 5 });
const wrong = (...compressed: LadderStep[]) =>
  checkLadder({ ordinary: defaultLadder.ordinary, compressed }).map(({ path }) => path);

test('the ladder of the hub, and any whose steps are in order, may be set', () => {
  expect(checkLadder(defaultLadder)).toEqual([]);
  fc.assert(
    fc.property(ladder, (one) => {
      expect(checkLadder(one)).toEqual([]);
    }),
  );
});

test.each<[string, LadderStep[], string[]]>([
  [
    'steps that go back in time',
    [step({ businessDays: 2 }), step({ step: 'b', businessDays: 1 }), decide],
    ['compressed.1.businessDays'],
  ],
  ['two steps of one name', [step(), step(), decide], ['compressed.1.step']],
  ['a step of a name that the hub keeps', [step({ step: 'critical' }), decide], ['compressed.0.step']],
  ['a ladder that begins above the officer', [step({ level: 'sergeant' }), decide], ['compressed.0.level']],
  ['a ladder that ends with an officer', [step(), step({ step: 'b' })], ['compressed.1.level']],
  [
    'a level below the one before',
    [step(), step({ step: 'b', level: 'inspector' }), step({ step: 'c', level: 'sergeant' }), decide],
    ['compressed.2.level'],
  ],
  [
    'an escalation before it is due',
    [step({ businessDays: -3 }), step({ step: 'b', level: 'sergeant', businessDays: -1 }), decide],
    ['compressed.1.businessDays'],
  ],
  [
    'a decision in the middle',
    [step(), step({ step: 'b', level: 'caseworker' }), decide],
    ['compressed.1.level'],
  ],
])('a ladder is refused, with the field that is wrong, for %s', (_, steps, paths) => {
  expect(wrong(...steps)).toEqual(paths);
});
