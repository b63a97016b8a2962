import { refused, type Refusal } from './court-message.ts';

/** The most that a message may have: one with a hundred offences of long texts has a tenth of it. */
export const mostBytes = 8_388_608;

/** What is read besides UTF-8 and UTF-16, by the names that XML has for them. */
const singleByte = ['us-ascii', 'iso-8859-1', 'windows-1252'];

/**
 * The text of a message. The encoding is that of the byte order mark, else of the media type, else of the XML
 * declaration, else UTF-8 (RFC 7303); bytes that are none of it are refused rather than replaced.
 * @param charset of the media type, where it has one
 */
export function decodeXml(bytes: Uint8Array, charset?: string): { kind: 'text'; text: string } | Refusal {
  if (bytes.byteLength > mostBytes) return refused('too-large', `The message may have ${mostBytes} bytes.`);
  const encoding = (markOf(bytes) ?? charset ?? declared(bytes) ?? 'utf-8').toLowerCase();
  if (!['utf-8', 'utf-16', 'utf-16le', 'utf-16be', ...singleByte].includes(encoding))
    return refused('unsupported', 'The message is in an encoding that is not read here: send UTF-8.');
  try {
    const bare = encoding === 'utf-16' && markOf(bytes) === undefined ? 'utf-16be' : encoding;
    return { kind: 'text', text: new TextDecoder(bare, { fatal: true }).decode(bytes) };
  } catch {
    return refused('malformed', 'The message is not text of the encoding that it says.');
  }
}

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** What the declaration says, which is in ASCII where there is no byte order mark. */
function declared(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1];
}
