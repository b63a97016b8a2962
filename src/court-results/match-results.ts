import type { CaseState } from '../deadlines/case-state.ts';
import type { CaseSitting } from './case-results.ts';
import type { Choices, Doubt } from './doubts.ts';
import type { Sitting } from './fold-results.ts';
import { matchDefendants, matchOffences, type KnownPerson, type SpokenPerson } from './match-to-case.ts';

/** Who and what in the results is who and what in the case, by defendant and by offence. */
export type Matched = {
  sittings: CaseSitting[];
  /** The defendant of the case, by the id of the person of the message. */
  defendants: ReadonlyMap<string, string>;
  /** The charge, by that id and the key of the offence. */
  offences: ReadonlyMap<string, string>;
  doubts: Doubt[];
};

/** The results of a case with its own defendants and charges; what nobody can match is for a person. Pure. */
export function matchResults(
  sittings: readonly Sitting[],
  spoken: readonly SpokenPerson[],
  known: readonly KnownPerson[],
  state: CaseState,
  choices: Choices,
): Matched {
  const doubts: Doubt[] = [];
  const defendants = new Map<string, string>();
  const offences = new Map<string, string>();
  const people = matchDefendants(spoken, known);
  for (const [ref, match] of people) {
    if (match.kind === 'match') {
      defendants.set(ref, match.id);
      continue;
    }
    const last = sittings.findLast((sitting) => sitting.defendants.some((one) => one.ref === ref));
    const source = `unknown-defendant:${ref}@${last?.key}`;
    if (last !== undefined && !choices.has(source))
      doubts.push({
        kind: 'unknown-defendant',
        source,
        facts: { why: match.why, hearingOn: last.on, court: last.court, defendant: ref },
      });
  }
  for (const [ref, defendantId] of defendants) {
    const charges = state.defendants.find(({ id }) => id === defendantId)?.offences ?? [];
    const said = new Map(
      sittings.flatMap((sitting) =>
        sitting.defendants
          .filter((one) => one.ref === ref)
          .flatMap((one) =>
            one.offences.map((offence) => [
              chargeKey(offence),
              { ...offence, key: chargeKey(offence), sitting },
            ]),
          ),
      ),
    );
    const asked = [...said.values()].sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
    const linked = new Map(
      asked.flatMap(({ key }) => {
        const made = [...choices].findLast(
          ([source, { choice }]) =>
            (choice === 'link' || choice === 'add') && source.startsWith(`unknown-offence:${ref}:${key}@`),
        )?.[1];
        // A charge that has been taken back since is nobody’s: somebody is asked again.
        const isCharge = made !== undefined && 'to' in made && charges.some(({ id }) => id === made.to);
        return isCharge ? [[key, made.to] as const] : [];
      }),
    );
    const taken = [...linked.values()];
    const found = matchOffences(
      asked.filter(({ key }) => !linked.has(key)),
      charges.filter(({ id }) => !taken.includes(id)),
      charges,
    );
    for (const { key, sitting, sequence, code, committedOn } of asked) {
      const match = found.get(key);
      const id = linked.get(key) ?? (match?.kind === 'match' ? match.id : undefined);
      const source = `unknown-offence:${ref}:${key}@${sitting.key}`;
      if (id !== undefined) offences.set(`${ref} ${key}`, id);
      else if (match?.kind === 'none' && choices.get(source)?.choice !== 'reject')
        doubts.push({
          kind: 'unknown-offence',
          source,
          facts: {
            why: match.why,
            ...{ hearingOn: sitting.on, court: sitting.court, defendant: ref, sequence, offence: code },
            ...{ defendantId, committedOn, firstOn: firstNamed(sittings, ref, key) ?? sitting.on },
          },
          ...(choices.has(source) ? { isAgain: true as const } : {}),
        });
    }
  }
  return {
    sittings: sittings.map((sitting) => ofCase(sitting, defendants, offences)),
    defendants,
    offences,
    doubts,
  };
}

function firstNamed(sittings: readonly Sitting[], ref: string, key: string): string | undefined {
  return sittings.find(({ defendants }) =>
    defendants.some((one) => one.ref === ref && one.offences.some((offence) => chargeKey(offence) === key)),
  )?.on;
}

/** The same number with another code is another offence: a charge that was amended. */
export function chargeKey({ key, code }: { key: string; code: string }): string {
  return `${key} ${code}`;
}

function ofCase(
  sitting: Sitting,
  defendants: ReadonlyMap<string, string>,
  offences: ReadonlyMap<string, string>,
): CaseSitting {
  return {
    ...sitting,
    defendants: sitting.defendants.flatMap(({ ref, bail, offences: said }) => {
      const defendantId = defendants.get(ref);
      if (defendantId === undefined) return [];
      const charges = said.flatMap((offence) => {
        const offenceId = offences.get(`${ref} ${chargeKey(offence)}`);
        return offenceId === undefined ? [] : [{ ...offence, offenceId }];
      });
      return [{ ref, bail, defendantId, offences: charges }];
    }),
  };
}
