import { refused, type Refusal } from './court-message.ts';

/** Deeper than any message of a court, which has about fifteen. */
const deepest = 40;
/** A message with a hundred offences of ten results each has about 20,000. */
const mostElements = 200_000;

const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u;
const reference = /&(?:(?:amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));|&/gi;
const name = /[\p{L}_:][\p{L}\p{N}_:.-]*/uy;
const attributes = /^(?:\s+[\p{L}_:][\p{L}\p{N}_:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*$/u;

const notWellFormed = (what: string) => refused('malformed', `The message is not well-formed XML: ${what}.`);

/**
 * Goes once over a message before a parser sees it: well formed, no document type and so no entities but XML's own
 * five, not nested too deeply.
 * @returns the same document without comments and processing instructions, its CDATA sections as plain text
 */
export function checkXml(text: string): { kind: 'plain'; plain: string } | Refusal {
  if (illegal.test(text)) return notWellFormed('it has a character that XML does not allow');
  const plain: string[] = [];
  const open: string[] = [];
  let elements = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const words = text.slice(at, next === -1 ? text.length : next);
    if (open.length === 0 && words.trim() !== '') return notWellFormed('it has text outside its element');
    const trouble = checkReferences(words);
    if (trouble !== null) return trouble;
    plain.push(words);
    if (next === -1) break;
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4);
      if (end === -1) return notWellFormed('a comment does not end');
      at = end + 3;
    } else if (text.startsWith('<![CDATA[', next)) {
      const end = text.indexOf(']]>', next + 9);
      if (end === -1 || open.length === 0)
        return notWellFormed('a CDATA section does not end, or is outside');
      plain.push(escapeText(text.slice(next + 9, end)));
      at = end + 3;
    } else if (text.startsWith('<?', next)) {
      const end = text.indexOf('?>', next + 2);
      if (end === -1) return notWellFormed('an instruction does not end');
      at = end + 2;
    } else if (text.startsWith('<!', next)) {
      return refused('malformed', 'The message has a document type declaration, which is not read here.');
    } else {
      const tag = readTag(text, next);
      if ('kind' in tag) return tag;
      if (tag.isEnd) {
        if (open.pop() !== tag.name) return notWellFormed('an element ends that did not begin');
      } else {
        if (open.length === 0 && elements > 0)
          return notWellFormed('it has more than one element at the top');
        elements += 1;
        if (!tag.isEmpty) open.push(tag.name);
        if (open.length > deepest)
          return refused('malformed', `The message is nested deeper than ${deepest}.`);
        if (elements > mostElements) return refused('too-large', 'The message has too many elements.');
      }
      plain.push(text.slice(next, tag.end));
      at = tag.end;
    }
  }
  if (elements === 0) return notWellFormed('it has no element');
  if (open.length > 0) return notWellFormed('it ends before its element does');
  return { kind: 'plain', plain: plain.join('') };
}

/** XML's own entities and numbers of characters alone. */
function checkReferences(words: string): Refusal | null {
  if (!words.includes('&')) return null;
  for (const [whole, decimal, hex] of words.matchAll(reference)) {
    if (whole === '&') return refused('malformed', 'The message names an entity, which is not read here.');
    const point = decimal === undefined ? (hex === undefined ? 32 : parseInt(hex, 16)) : Number(decimal);
    if (point > 0x10ffff || illegal.test(String.fromCodePoint(point)))
      return notWellFormed('it has a character that XML does not allow');
  }
  return null;
}

type Tag = { name: string; isEnd: boolean; isEmpty: boolean; end: number };

function readTag(text: string, start: number): Tag | Refusal {
  const isEnd = text[start + 1] === '/';
  name.lastIndex = start + (isEnd ? 2 : 1);
  const found = name.exec(text)?.[0];
  if (found === undefined) return notWellFormed('a < does not begin an element');
  const close = endOfTag(text, name.lastIndex);
  if (close === -1) return notWellFormed('an element does not end');
  const isEmpty = !isEnd && text[close - 1] === '/';
  const inside = text.slice(name.lastIndex, isEmpty ? close - 1 : close);
  if (isEnd ? inside.trim() !== '' : !attributes.test(inside))
    return notWellFormed('the attributes of an element cannot be read');
  return checkReferences(inside) ?? { name: found, isEnd, isEmpty, end: close + 1 };
}

/** A > in quotation marks is part of an attribute. */
function endOfTag(text: string, from: number): number {
  const close = text.indexOf('>', from);
  const inside = close === -1 ? '' : text.slice(from, close);
  if (!/["']/.test(inside)) return close;
  let quote = '';
  for (let i = from; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quote === '' && character === '>') return i;
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return -1;
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
