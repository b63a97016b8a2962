import { z } from 'zod';
import { defectCodes } from './defect-list.ts';

export { defectCodes, type DefectCode } from './defect-list.ts';

const byName = new Map<string, string>();
for (const defect of defectCodes) {
  byName.set(defect.code, defect.code);
  byName.set(fold(defect.title), defect.code);
  byName.set(fold(`${defect.group} - ${defect.title}`), defect.code);
}
const byCode = new Map(defectCodes.map((defect) => [defect.code, defect]));

/** The words of a code; a code that is not in the list says itself. */
export function sayDefect(code: string): string {
  return byCode.get(code)?.title ?? code;
}

/** "it was rejected: a statement is missing...; what the witness saw can be proved only by it": for the officer. */
export function explainDefect(code: string | undefined): string {
  const defect = byCode.get(code ?? '');
  if (defect === undefined) return code === undefined ? 'it was rejected' : `it was rejected: ${code}`;
  return `it was rejected: ${defect.wrong}; ${defect.needed}`;
}

/** A defect code, or the reason in the words of the list; becomes the code. */
export const defectCodeField = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .transform((text, context) => {
    const code = byName.get(text) ?? byName.get(fold(text));
    if (code === undefined) {
      context.addIssue({ code: 'custom', message: 'is not a defect code or reason that is known here' });
      return z.NEVER;
    }
    return code;
  })
  .meta({ example: 'triage-no-mg3' });

function fold(text: string): string {
  return text.toLowerCase().replaceAll('\u2019', "'").replace(/\s+/g, ' ').trim();
}
