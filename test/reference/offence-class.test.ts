import { describe, expect, it } from 'vitest';
import { offenceClass } from '../../src/reference/offence-class.ts';

describe('the class of an offence', () => {
  it.each([
    ['CS', 'summary-only'],
    ['CM', 'summary-only'],
    ['CE', 'either-way'],
    ['CI', 'indictable-only'],
  ])('follows from category %s: %s', (category, expected) => {
    expect(offenceClass(category)).toBe(expected);
  });

  it.each(['B7', 'CB', 'CR', 'VP', 'VA', 'EF', 'LM', '', 'constructor'])(
    'is left to the case for category "%s", which says nothing about it',
    (category) => {
      expect(offenceClass(category)).toBeNull();
    },
  );
});
