import type { CivilDate } from '../calendar/civil-date.ts';

/** A defendant of a message, and of the case. */
export type SpokenPerson = { ref: string; name: string; dateOfBirth: string; linkedTo: string | null };
export type KnownPerson = { id: string; name: string; dateOfBirth: CivilDate | null };

/** Whom or what is meant, or why nobody can tell. */
export type Match = { kind: 'match'; id: string } | { kind: 'none'; why: string };

/**
 * Which defendants of a case the people of its messages are: by name and date of birth. A date of birth that differs
 * is another person; a name alone is enough only where one side has no date of birth and no other is like it. A
 * middle name that one side leaves out makes no difference; a different forename or surname does. Pure.
 */
export function matchDefendants(
  spoken: readonly SpokenPerson[],
  known: readonly KnownPerson[],
): Map<string, Match> {
  return new Map(
    spoken.map((person): [string, Match] => {
      if (person.linkedTo !== null) return [person.ref, { kind: 'match', id: person.linkedTo }];
      const alike = known.filter((one) => isSame(person, one));
      const [only, ...others] = alike;
      if (only !== undefined && others.length === 0) return [person.ref, { kind: 'match', id: only.id }];
      const why =
        alike.length > 1
          ? 'More than one defendant of the case has this name.'
          : 'No defendant of the case has this name and date of birth.';
      return [person.ref, { kind: 'none', why }];
    }),
  );
}

function isSame(spoken: SpokenPerson, known: KnownPerson): boolean {
  const isBorn = spoken.dateOfBirth !== '' && known.dateOfBirth !== null;
  if (isBorn && spoken.dateOfBirth !== known.dateOfBirth) return false;
  const a = wordsOf(spoken.name);
  const b = wordsOf(known.name);
  if (a.join(' ') === b.join(' ')) return a.length > 0;
  // Without two dates of birth a name must be the same in full.
  return isBorn && a.length > 1 && b.length > 1 && a[0] === b[0] && a.at(-1) === b.at(-1);
}

const titles = ['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'master'];

function wordsOf(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’`.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length > 1 && titles.includes(words[0] ?? '') ? words.slice(1) : words;
}

export type SpokenOffence = { key: string; sequence: string; code: string; committedOn: string };
export type KnownOffence = { id: string; code: string; committedOn: CivilDate };

/**
 * Which charges of a defendant the offences of messages are: the code at the same place, else the code and the day,
 * else a code that both have once. A charge is one offence of the messages at most. Pure.
 * @param free the charges that a person has given to no offence
 * @param known the defendant’s charges in their order
 */
export function matchOffences(
  spoken: readonly SpokenOffence[],
  free: readonly KnownOffence[],
  known: readonly KnownOffence[] = free,
): Map<string, Match> {
  const found = new Map<string, string>();
  const place = new Map(known.map(({ id }, i) => [id, i + 1]));
  const isAt = (one: SpokenOffence, charge: KnownOffence) => place.get(charge.id) === Number(one.sequence);
  const isDay = (one: SpokenOffence, charge: KnownOffence) =>
    one.committedOn === '' || one.committedOn === charge.committedOn;
  const pass = (fits: (one: SpokenOffence, charge: KnownOffence) => boolean) => {
    const taken = new Set(found.values());
    const left = free.filter(({ id }) => !taken.has(id));
    const open = spoken.filter(({ key }) => !found.has(key));
    for (const one of open) {
      const charges = left.filter((charge) => isCode(one, charge) && fits(one, charge));
      const [charge] = charges;
      if (charge === undefined || charges.length > 1) continue;
      if (open.some((other) => other !== one && isCode(other, charge) && fits(other, charge))) continue;
      found.set(one.key, charge.id);
    }
  };
  pass((one, charge) => isAt(one, charge) && isDay(one, charge));
  pass(isDay);
  pass(isAt);
  pass(() => true);
  return new Map(
    spoken.map(({ key, code }): [string, Match] => {
      const id = found.get(key);
      if (id !== undefined) return [key, { kind: 'match', id }];
      const many = known.some((charge) => isCode({ code }, charge));
      const why = many
        ? `The defendant is charged with ${code}, and which charge is meant cannot be told.`
        : `The defendant is not charged with ${code || 'an offence without a code'} here.`;
      return [key, { kind: 'none', why }];
    }),
  );
}

/** Letters after the seventh character say that it was attempted, aided or conspired: another offence. */
function isCode({ code }: { code: string }, charge: { code: string }): boolean {
  return code !== '' && code === charge.code.toUpperCase();
}
