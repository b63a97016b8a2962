import { expect, test } from 'vitest';
import { rules } from '../../src/deadlines/rules/register.ts';
import {
  defaultWords,
  draftFor,
  neutralKeys,
  tellingWords,
  wordsKeys,
} from '../../src/victims/draft-words.ts';

test('there are words for every reason for which a rule owes a contact', () => {
  const reasons = [...new Set(rules.flatMap(({ contact }) => contact?.reason ?? []))];
  expect(reasons.filter((reason) => !(reason in defaultWords))).toEqual([]);
});

test('what anybody may come to read says nothing of what it is about', () => {
  for (const key of wordsKeys.filter((one) => neutralKeys.includes(one)))
    expect(tellingWords(draftFor(key)), key).toEqual([]);
  expect(tellingWords('The Police ring about your Prosecution')).toEqual(['police', 'prosecution']);
});
