import { XMLParser } from 'fast-xml-parser';
import { checkXml } from './check-xml.ts';
import { refused, type Refusal } from './court-message.ts';

/** An element as the parser gives it: its text, or its children by name without prefix. */
export type XmlNode = string | { [child: string]: XmlNode | XmlNode[] | undefined };

/** Entities and document types are off, and have been refused before; numbers and dates stay text. */
const parser = new XMLParser({
  processEntities: false,
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  maxNestedTags: 60,
});

/** The tree of a document, or why it is refused. Pure. */
export function readTree(text: string): { kind: 'tree'; root: XmlNode } | Refusal {
  const checked = checkXml(text);
  if (checked.kind === 'refused') return checked;
  try {
    return { kind: 'tree', root: parser.parse(checked.plain) as XmlNode };
  } catch {
    return refused('malformed', 'The message is not well-formed XML.');
  }
}

/** The first child of a name. */
export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return children(node, name)[0];
}

/** Every child of a name. */
export function children(node: XmlNode | undefined, name: string): XmlNode[] {
  if (node === undefined || typeof node === 'string' || !Object.hasOwn(node, name)) return [];
  const found = node[name];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

/** The element down a path of names. */
export function down(node: XmlNode | undefined, ...path: string[]): XmlNode | undefined {
  return path.reduce((at, name) => child(at, name), node);
}

/** The text of a child, or of what a path leads to; empty where there is none. White space is made single. */
export function textAt(node: XmlNode | undefined, ...path: string[]): string {
  const found = down(node, ...path);
  return typeof found === 'string' ? decode(found).replace(/\s+/g, ' ').trim() : '';
}

/** The text of an element as it stands, such as a document within the document. */
export function rawTextAt(node: XmlNode | undefined, ...path: string[]): string {
  const found = down(node, ...path);
  return typeof found === 'string' ? decode(found) : '';
}

const own: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([0-9a-f]+));/gi, (_all, entity, decimal, hex) => {
    if (typeof entity === 'string') return own[entity.toLowerCase()] ?? '';
    return String.fromCodePoint(typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16));
  });
}
