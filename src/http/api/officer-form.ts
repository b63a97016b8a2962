/**
 * The form of an officer's page, as the body of the same answers in JSON. Fields are `answer-<id>`, `asking-<id>`,
 * `until-<id>`, `whose-<id>` and `reason-<id>`; an item without an answer is left alone, and what was filled in for
 * another answer than the one chosen is not sent. The button `all` says of a case that everything has been sent whose
 * `of-<id>` names that case, but for what is answered otherwise.
 */
export function readForm(fields: Record<string, unknown>): { items: Record<string, unknown>[] } {
  const all = textOf(fields, 'all');
  const chosen = named(fields, 'answer-').filter((id) => textOf(fields, `answer-${id}`) !== undefined);
  const sent = named(fields, 'of-').filter(
    (id) => all !== undefined && textOf(fields, `of-${id}`) === all && !chosen.includes(id),
  );
  const items = [...chosen, ...sent].map((id) => {
    const answer = textOf(fields, `answer-${id}`) ?? 'sent';
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

const named = (fields: Record<string, unknown>, prefix: string): string[] =>
  Object.keys(fields).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

/** What was filled in, without the blanks around it; undefined where nothing was. */
export function textOf(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
