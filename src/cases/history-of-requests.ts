import { isListedMaterial } from '../materials/material-types.ts';
import type { RequestChange, RequestRow } from '../materials/compare-requests.ts';
import type { HistoryEntry } from '../staff/history.ts';

/** What has become of requests, in the order in which it is said. */
export const requestNews = {
  asked: 'asked for',
  askedAgain: 'asked for again',
  moved: 'due on another day',
  handedOver: 'asked of another officer',
  received: 'received',
  notRequired: 'not required',
  withdrawn: 'withdrawn',
} as const;
type News = keyof typeof requestNews;

const closedAs = { received: 'received', 'not-required': 'notRequired', withdrawn: 'withdrawn' } as const;

/**
 * One line of history for all that became of the requests of a case at once; none where nothing did that a person would
 * call news. Ids, dates and codes: a material in a caseworker's own words is left out. Pure.
 */
export function historyOfRequests(
  caseId: string,
  changes: readonly RequestChange[],
  because: Record<string, unknown>,
): HistoryEntry[] {
  const told: Partial<Record<News, Record<string, unknown>[]>> = {};
  for (const change of changes) {
    const news = newsOf(change);
    if (news !== null) (told[news] ??= []).push(lineOf(change.row, change.standing, news));
  }
  if (Object.keys(told).length === 0) return [];
  const detail = { ...told, ...because };
  return [{ action: 'materials-changed', caseId, entity: 'case', entityId: caseId, detail }];
}

function newsOf({ row, standing }: RequestChange): News | null {
  if (row.state !== 'outstanding') return standing?.state === row.state ? null : closedAs[row.state];
  if (standing === null) return row.rejections > 0 ? 'askedAgain' : 'asked';
  if (standing.state !== 'outstanding' || standing.rejections < row.rejections) return 'askedAgain';
  if (standing.officer !== row.officer) return 'handedOver';
  return standing.dueOn === row.dueOn ? null : 'moved';
}

function lineOf(row: RequestRow, standing: RequestRow | null, news: News): Record<string, unknown> {
  const { id, material, dueOn, officer, rejections, defectCode, version } = row;
  return {
    request: id,
    ...(isListedMaterial(material) ? { material } : {}),
    version,
    ...(news === 'asked' || news === 'askedAgain' || news === 'moved' ? { dueOn } : {}),
    ...(news === 'moved' ? { before: standing?.dueOn } : {}),
    ...(news === 'handedOver' ? { officer, before: standing?.officer } : {}),
    ...(news === 'askedAgain' ? { rejections, defectCode } : {}),
  };
}

/** "3 asked for, 1 withdrawn": what a line of history says. */
export function sayRequestNews(detail: Record<string, unknown>): string {
  return (Object.keys(requestNews) as News[])
    .flatMap((news) => {
      const lines = detail[news];
      return Array.isArray(lines) ? [`${lines.length} ${requestNews[news]}`] : [];
    })
    .join(', ');
}
