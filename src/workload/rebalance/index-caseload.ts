import type { Caseload, CaseloadWork } from './caseload.ts';

/** Where everything of a caseload stands, by the places of people and cases in it. */
export type CaseloadIndex = {
  places: ReadonlyMap<string, number>;
  /** The place of each case's caseworker; -1 for somebody who is not in the caseload. */
  ownerOf: Int32Array;
  /** Of each case the work that is its caseworker's. */
  own: readonly (CaseloadWork | undefined)[];
  /** Minutes of each person, and how many cases they have. */
  loads: Float64Array;
  counts: Int32Array;
};

/** One walk over the cases and one over the work: each id is looked up once, since there are tens of thousands. Pure. */
export function indexCaseload({ people, cases, work }: Caseload): CaseloadIndex {
  const seats = new Map(people.map(({ id }, i) => [id, i]));
  const places = new Map<string, number>();
  const ownerOf = new Int32Array(cases.length);
  const counts = new Int32Array(people.length);
  cases.forEach(({ id, owner }, j) => {
    places.set(id, j);
    const i = seats.get(owner) ?? -1;
    ownerOf[j] = i;
    if (i >= 0) counts[i]! += 1;
  });
  const own = new Array<CaseloadWork | undefined>(cases.length).fill(undefined);
  const loads = new Float64Array(people.length);
  work.forEach((one) => {
    const { caseId, assignee, minutes } = one;
    const j = caseId === null ? undefined : places.get(caseId);
    const isOwn = j !== undefined && cases[j]?.owner === assignee;
    if (isOwn) own[j] = one;
    const i = isOwn ? (ownerOf[j] ?? -1) : (seats.get(assignee) ?? -1);
    if (i >= 0) loads[i]! += minutes;
  });
  return { places, ownerOf, own, loads, counts };
}
