import { addedFiles } from './added-files.ts';
import { standardOn, type FileStandard, type StandardId } from './file-standard.ts';
import { firstFiles } from './first-file.ts';
import { trafficFiles } from './traffic.ts';

/** Every version of every file standard. */
export const fileStandards: readonly FileStandard[] = [...firstFiles, ...trafficFiles, ...addedFiles];

/** The version of a standard by which a file goes that was received, or asked for, on a day. */
export function standardFor(id: StandardId, day: string): FileStandard {
  const found = standardOn(fileStandards, id, day);
  if (!found) throw new Error(`there is no file standard ${id}`);
  return found;
}

/** A version of a standard, for what was asked under it; undefined where there is none. */
export function findStandard(id: string, version: number): FileStandard | undefined {
  return fileStandards.find((one) => one.id === id && one.version === version);
}
