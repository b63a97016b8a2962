import type { Instant } from '../../platform/clock.ts';
import { againstNote } from '../../victims/against-note.ts';
import type { FieldProblem, Form } from './form-field.ts';
import type { Contact } from './task-contact.ts';

type Read = { body: Record<string, unknown> } | { problems: FieldProblem[] };

/**
 * The body that a form says of a try at somebody. What went against that which keeps them safe is recorded with the
 * reason alone: it happened, and whoever reads the record has to see why.
 * @param at when the try was, where the form says; else the hub's own time is
 */
export function attemptBody(
  contact: Pick<Contact, 'safeContact'> | undefined,
  form: Form,
  at: { given: Instant | undefined; now: Instant },
): Read {
  const { channel = '', result = '', note = '', against = '', theyRang } = form;
  const missing = [
    ...(channel === '' ? [{ path: 'channel', message: 'is needed: choose one' }] : []),
    ...(result === '' ? [{ path: 'result', message: 'is needed: choose one' }] : []),
  ];
  if (missing.length > 0) return { problems: missing };
  const made = { channel, result, at: at.given ?? at.now, theyRang: theyRang === 'true' };
  const reasons = againstNote(contact?.safeContact ?? null, made);
  const why = against.trim();
  if (reasons.length > 0 && why === '')
    return {
      problems: [
        {
          path: 'against',
          message: `is needed. ${reasons.join(' ')} If it was done all the same, say why`,
        },
      ],
    };
  const lines = [
    ...(made.theyRang ? ['They got in touch with us.'] : []),
    ...(note.trim() === '' ? [] : [note.trim()]),
    ...(reasons.length === 0 ? [] : [`${reasons.join(' ')} Why it was done all the same: ${why}`]),
  ];
  return {
    body: {
      channel,
      result,
      ...(lines.length === 0 ? {} : { note: lines.join('\n') }),
      ...(at.given === undefined ? {} : { at: at.given }),
    },
  };
}
