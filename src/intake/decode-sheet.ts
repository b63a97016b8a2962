import { invalid, type Failure } from '../platform/failure.ts';

/** The most that a file may have. */
export const mostFileBytes = 5_242_880;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * The text of a file: by its byte order mark, else UTF-8, else Windows-1252, in which spreadsheets on Windows save
 * what they do not save as UTF-8. Pure.
 */
export function decodeSheet(bytes: Uint8Array): { text: string; encoding: Encoding } | Failure {
  if (bytes.byteLength > mostFileBytes)
    return { kind: 'too-large', detail: `The file may have ${mostFileBytes} bytes.` };
  // A workbook is a ZIP archive, or, of old, a compound file.
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return notText('This is a workbook: save the sheet as CSV (UTF-8) and send that.');
  const encoding = markOf(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  const text = encoding === 'windows-1252' ? decodeWindows(bytes) : new TextDecoder(encoding).decode(bytes);
  return text.includes('\u0000') ? notText('The file is not text.') : { text, encoding };
}

function notText(detail: string): Failure {
  return invalid([{ path: '', message: 'is not a CSV file' }], detail);
}

function markOf(bytes: Uint8Array): Encoding | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The letters 80 to 9F of Windows-1252, by the Encoding Standard; Node 20 decodes them as those of Latin-1. */
const windowsLetters = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'];

function decodeWindows(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (letter) => windowsLetters[letter.charCodeAt(0) - 0x80] ?? letter);
}
