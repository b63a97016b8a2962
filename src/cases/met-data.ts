/** `data` of `deadline-met` and `record-entered`: which deadline, by its identity. */
export function metData(
  deadline: { rule: string; subjectKey: string; clockKey: string },
  note: string | null,
): Record<string, unknown> {
  return {
    rule: deadline.rule,
    subject: deadline.subjectKey,
    clock: deadline.clockKey,
    ...(note === null ? {} : { note }),
  };
}
