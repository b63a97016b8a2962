import { isTrained } from './assignment-rules.ts';

/** A caseworker as giving out a case sees them, in minutes of the days ahead. */
export type Candidate = {
  id: string;
  isAway: boolean;
  skills: readonly string[];
  capacity: number;
  load: number;
};

/** What a case asks of whoever gets it. Empty lists ask nothing. */
export type Wanted = {
  skills: readonly string[];
  barred: readonly string[];
  /** The only people who may have it. */
  named: readonly string[];
  /** The people who have it while one of them can. */
  to: readonly string[];
};

/**
 * Who gets a case: of those who are here, trained, allowed and without a conflict of interest, the one with the most
 * capacity left; of equals the first by id. Null where there is nobody.
 */
export function chooseCaseworker(candidates: readonly Candidate[], wanted: Wanted): string | null {
  const able = candidates.filter(
    ({ id, isAway, skills }) =>
      !isAway &&
      isTrained(skills, wanted.skills) &&
      !wanted.barred.includes(id) &&
      (wanted.named.length === 0 || wanted.named.includes(id)),
  );
  const asked = able.filter(({ id }) => wanted.to.includes(id));
  const from = asked.length > 0 ? asked : able;
  const left = ({ capacity, load }: Candidate) => capacity - load;
  return [...from].sort((a, b) => left(b) - left(a) || (a.id < b.id ? -1 : 1))[0]?.id ?? null;
}
