import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAt, fill } from '../../src/http/pages/cut-text.ts';

const names = ['title', 'content'] as const;
const markOf = (name: (typeof names)[number]) => `blank-${name}-5e1f`;
const word = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...names.map(markOf), '$&', '$1'));

test('a text that was cut at its blanks says what it would with the words written into it, whatever the words are', () => {
  const piece = fc.oneof(fc.record({ text: fc.string() }), fc.record({ name: fc.constantFrom(...names) }));
  fc.assert(
    fc.property(fc.array(piece), word, word, (pieces, title, content) => {
      const words = { title, content };
      const template = pieces.map((one) => ('text' in one ? one.text : markOf(one.name))).join('');
      const written = pieces.map((one) => ('text' in one ? one.text : words[one.name])).join('');
      expect(fill(cutAt(template, names, markOf), words)).toBe(written);
    }),
  );
});
