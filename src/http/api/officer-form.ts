/**
 * The form of an officer's page, as the body of the same answers in JSON. Fields are `answer-<id>`, `asking-<id>`,
 * `until-<id>`, `whose-<id>` and `reason-<id>`; an item without an answer is left alone, and what was filled in for
 * another answer than the one chosen is not sent.
 */
export function readForm(fields: Record<string, unknown>): { items: Record<string, unknown>[] } {
  const items = Object.keys(fields)
    .filter((name) => name.startsWith('answer-') && textOf(fields, name) !== undefined)
    .map((name) => {
      const id = name.slice('answer-'.length);
      const answer = textOf(fields, name);
      return {
        requestId: id,
        answer,
        asking: textOf(fields, `asking-${id}`),
        until: answer === 'late' ? textOf(fields, `until-${id}`) : undefined,
        whose: answer === 'not-mine' ? textOf(fields, `whose-${id}`) : undefined,
        reason: answer === 'sent' ? undefined : textOf(fields, `reason-${id}`),
      };
    });
  return { items };
}

/** What was filled in, without the blanks around it; undefined where nothing was. */
export function textOf(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
