import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { FieldError } from '../platform/failure.ts';
import type { Asker } from './answer-periods.ts';

type From = {
  kind: Asker;
  officer?: string | undefined;
  person?: string | undefined;
  defendant?: string | undefined;
  who?: string | undefined;
};
type Checked = { from: From; askedAt: string; dueOn?: string | undefined };

/** Which field of `from` says who it is, by the kind of asker. */
const saysWho: Record<Asker, 'officer' | 'person' | 'defendant' | 'who'> = {
  officer: 'officer',
  victim: 'person',
  witness: 'person',
  defendant: 'defendant',
  agency: 'who',
};

/**
 * Everything in a question that is wrong or contradicts the case, each naming its field, and who asks by the case: the
 * officer in the case and a sole victim, witness or defendant need not be named. Pure.
 */
export function checkQuery(
  { from, askedAt, dueOn }: Checked,
  state: CaseState,
  now: string,
): { errors: FieldError[]; from: Pick<From, 'officer' | 'person' | 'defendant'> } {
  const errors: FieldError[] = [];
  const problem = (path: string, message: string) => errors.push({ path, message });
  if (askedAt > now) problem('askedAt', 'is still to come');
  if (dueOn !== undefined && dueOn < civilDateOf(askedAt)) problem('dueOn', 'is before it was asked');
  const own = saysWho[from.kind];
  for (const field of ['officer', 'person', 'defendant'] as const)
    if (field !== own && from[field] !== undefined) problem(`from.${field}`, `is not for a ${from.kind}`);
  if (from.kind === 'agency') {
    if (from.who === undefined) problem('from.who', 'is needed: which agency');
    return { errors, from: {} };
  }
  if (from.kind === 'officer') return { errors, from: { officer: from.officer ?? state.officer } };
  const given = from.kind === 'defendant' ? from.defendant : from.person;
  const theirs =
    from.kind === 'defendant'
      ? state.defendants.map(({ id }) => id)
      : state.people.filter(({ role }) => role === from.kind).map(({ id }) => id);
  const id = given ?? (theirs.length === 1 ? theirs[0] : undefined);
  if (id === undefined)
    problem(
      `from.${own}`,
      theirs.length === 0 ? `is needed: the case has no ${from.kind}` : 'is needed: which one',
    );
  else if (!theirs.includes(id)) problem(`from.${own}`, `is not a ${from.kind} of this case`);
  return { errors, from: from.kind === 'defendant' ? { defendant: id } : { person: id } };
}
