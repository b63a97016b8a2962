import type { FieldError } from '../platform/failure.ts';
import { defectCodes } from './defect-list.ts';
import type { DesiredRequest } from './desired-request.ts';
import type { FileCheckData } from './follow-requests.ts';
import { sayMaterial } from './material-types.ts';

/** A file check as it is sent: materials by their types, codes of the list. */
export type FileCheckBody = {
  result: 'accepted' | 'rejected';
  of?: 'first' | 'upgrade' | undefined;
  accepted: readonly string[];
  defects: readonly { material: string; code: string; note?: string | undefined }[];
};

const usual = new Map(defectCodes.map(({ code, usually }) => [code, usually]));

/**
 * Reads a file check against the file: which file was checked, and which request each defect opens again. The same
 * defect of the same material is the same request as before. Pure.
 * @param requests those of the case so far
 * @param onFile what the file's standards name, and what was asked for
 * @returns the data of the event, or everything that contradicts the file, each naming its field
 */
export function readFileCheck(
  body: FileCheckBody,
  requests: readonly DesiredRequest[],
  onFile: ReadonlySet<string>,
): { kind: 'check'; data: FileCheckData } | { kind: 'errors'; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const problem = (path: string, message: string) => errors.push({ path, message });
  const { result, accepted, defects } = body;
  const isRejected = result === 'rejected';
  if (isRejected && defects.length === 0) problem('defects', 'is needed: say what is wrong with the file');
  if (!isRejected && defects.length > 0) problem('defects', 'is given, but the file is accepted');
  if (!isRejected && accepted.length > 0) problem('accepted', 'is given, but the whole file is accepted');
  const upgrade = requests.filter(({ key, state }) => key.startsWith('upgrade:') && state !== 'withdrawn');
  if (body.of === 'upgrade' && upgrade.length === 0)
    problem('of', 'is the upgrade file, which nobody has asked for in this case');
  const absent = (material: string) =>
    `(${sayMaterial(material)}) is not on this file: its standards do not name it and nobody has asked for it. Ask for it instead`;
  defects.forEach(({ material, code }, i) => {
    if (!onFile.has(material) && !(usual.get(code) ?? []).includes(material))
      problem(`defects.${i}.material`, absent(material));
    if (defects.findIndex((other) => other.material === material && other.code === code) < i)
      problem(`defects.${i}`, 'is there already: say all that is wrong with a material in one note');
  });
  accepted.forEach((material, i) => {
    if (!onFile.has(material)) problem(`accepted.${i}`, absent(material));
    if (defects.some((defect) => defect.material === material))
      problem(`accepted.${i}`, 'is rejected in the same check');
  });
  if (errors.length > 0) return { kind: 'errors', errors };
  const firstIsOpen = requests.some(({ key, state }) => key.startsWith('file:') && state === 'outstanding');
  return {
    kind: 'check',
    data: {
      result,
      of: body.of ?? (upgrade.length > 0 && !firstIsOpen ? 'upgrade' : 'first'),
      ...(accepted.length === 0 ? {} : { accepted }),
      defects: defects.map(({ material, code, note }) => {
        const before = requests.find(
          (request) =>
            request.material === material && request.defectCode === code && request.state !== 'withdrawn',
        );
        return {
          ...{ material, code },
          ...(note === undefined ? {} : { note }),
          ...(before === undefined ? {} : { request: before.key }),
        };
      }),
    },
  };
}
