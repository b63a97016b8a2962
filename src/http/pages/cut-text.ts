/** A text cut at its blanks: what stands before the first, and each blank with what stands behind it. */
export type Cut<Name extends string> = { start: string; parts: readonly { name: Name; then: string }[] };

/**
 * Cuts a text wherever a blank stands, as often as it does.
 * @param markOf how the blank of a name is written in the text
 */
export function cutAt<Name extends string>(
  text: string,
  names: readonly Name[],
  markOf: (name: Name) => string,
): Cut<Name> {
  const marks = new Map(names.map((name) => [markOf(name), name]));
  // Marks are letters, digits and hyphens, so they mean themselves.
  const [start = '', ...rest] = text.split(new RegExp(`(${[...marks.keys()].join('|')})`));
  const parts: { name: Name; then: string }[] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const name = marks.get(rest[i] ?? '');
    if (name !== undefined) parts.push({ name, then: rest[i + 1] ?? '' });
  }
  return { start, parts };
}

/** The text with its blanks filled in. */
export function fill<Name extends string>({ start, parts }: Cut<Name>, words: Record<Name, string>): string {
  return parts.reduce((text, { name, then }) => text + words[name] + then, start);
}
