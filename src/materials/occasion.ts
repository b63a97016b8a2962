import type { CivilDate } from '../calendar/civil-date.ts';

/**
 * The asking that stands: of this officer, by this day, for this defect, after so many rejections. No step of the
 * ladder is sent twice in it; a later day, another officer and what was sent and will not do are asked for anew.
 */
export function occasionOf(request: { dueOn: CivilDate; officer: string; rejections: number }): string {
  return `${request.dueOn} ${request.officer} ${request.rejections}`;
}

/** `occasionOf` in SQL, over `material_requests r`. */
export const occasionInSql = `(r.due_on::text || ' ' || r.officer || ' ' || r.rejections::text)`;
