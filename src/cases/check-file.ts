import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import { desiredRequests, materialsOnFile } from '../materials/checklist.ts';
import { defectKey } from '../materials/follow-requests.ts';
import { readFileCheck, type FileCheckBody } from '../materials/read-file-check.ts';
import { readRequests, type RequestRow } from '../materials/store.ts';
import { invalid, type Failure } from '../platform/failure.ts';
import { foldCase } from './fold.ts';
import { recordOwnEvent, type Recorded } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';
import { readEvents } from './store.ts';

/**
 * Accepts a file, or rejects it: each defect becomes a request to the officer, or opens the one again that was made
 * for it before. The caller holds the lock on the case.
 * @returns what was recorded, with the requests of the defects in their order; `invalid` where the check contradicts
 * the file
 */
export async function checkFile(
  tx: Transaction,
  row: CaseRow,
  body: FileCheckBody,
  recording: Recording,
): Promise<(Recorded & { asked: RequestRow[] }) | Failure> {
  const state = foldCase(await readEvents(tx, row.id));
  const computed = computeDeadlines(state, recording.rules, recording.calendar);
  const requests = desiredRequests(state, recording.calendar, computed);
  const read = readFileCheck(body, requests, materialsOnFile(state, requests, computed));
  if (read.kind === 'errors') return invalid(read.errors);
  const { now } = recording;
  const event = { type: 'file-checked', on: civilDateOf(now), at: now, data: read.data } as const;
  const recorded = await recordOwnEvent(tx, row, event, recording);
  const after = await readRequests(tx, row.id);
  const keys = (read.data.defects ?? []).map((defect, i) => defectKey(recorded.event.id, defect, i));
  return { ...recorded, asked: keys.flatMap((key) => after.find((request) => request.key === key) ?? []) };
}
