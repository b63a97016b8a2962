import { canonical } from './canonical.ts';
import type { CourtDefendant, CourtOffence } from './court-message.ts';
import { custodyResults } from './result-codes.ts';

/** What a message says of a defendant apart from the offences. */
export type BailSaid = { status: string; hasConditions: boolean };

export const custodyStatuses = ['C', 'L', 'P', 'S'];

export function bailOf({ bailStatus, hasBailConditions }: CourtDefendant): BailSaid {
  return { status: bailStatus, hasConditions: hasBailConditions };
}

/** Custody if any of them says so: a custody time limit counted for nothing is harmless, one not counted is not. */
export function agreedBail(all: readonly [BailSaid, ...BailSaid[]]): BailSaid {
  const custody = all.map(({ status }) => status).filter((status) => custodyStatuses.includes(status));
  const [first] = all;
  const isAgreed = all.every(({ status }) => status === first.status);
  return {
    status: custody.sort()[0] ?? (isAgreed ? first.status : ''),
    hasConditions: all.every(({ hasConditions }) => hasConditions),
  };
}

/** The fields that are the same in all, the results that are in all, and every result that is a remand in custody. */
export function agreedOffence(all: readonly [CourtOffence, ...CourtOffence[]]): CourtOffence {
  const [first] = all;
  const agreed = (field: 'plea' | 'finding' | 'convictedOn' | 'code' | 'committedOn') =>
    all.every((one) => one[field] === first[field]) ? first[field] : '';
  const inAll = first.results.filter((result) =>
    all.every(({ results }) => results.some((other) => canonical(other) === canonical(result))),
  );
  const remands = all.flatMap(({ results }) =>
    results
      .filter(({ code }) => code !== null && custodyResults.has(code))
      .map((result) => ({ ...result, nextHearing: null })),
  );
  const missing = remands.filter(({ code }) => !inAll.some((result) => result.code === code));
  return {
    sequence: first.sequence,
    code: agreed('code'),
    committedOn: agreed('committedOn'),
    plea: agreed('plea'),
    finding: agreed('finding'),
    convictedOn: agreed('convictedOn'),
    isFinal: all.every(({ isFinal }) => isFinal),
    results: [
      ...inAll,
      ...[...new Map(missing.map((result) => [result.code, { ...result, text: '' }])).values()],
    ],
  };
}
