import { instantAt } from '../../calendar/london-time.ts';
import type { CaseJson } from './case-glance.ts';
import { sayDayOf, sayMoment } from './say.ts';

export type Contact = CaseJson['contacts'][number];
export type Choice = { value: string; text: string; checked: boolean };

/** Whom to tell what, as the task for it shows it. */
export type ContactView = {
  id: string;
  name: string;
  role: string;
  /** Who is spoken to in the person's place. */
  instead: string | null;
  /** What has to be known before anything else; '' where there is nothing. */
  safe: string;
  channels: { label: string; value: string; href: string | null }[];
  entitlement: string;
  /** What to say, all of it in one talk. */
  say: string[];
  next: string | null;
  /** A message by which the hub can ask them to ring; null where none is to be sent now. */
  message: { channel: string; button: string; mustRead: boolean } | null;
  /** Messages that asked them to ring. */
  sent: string[];
  letterHref: string | null;
  attempts: { said: string; note: string | null }[];
  channelChoices: Choice[];
  resultChoices: Choice[];
};

/** Ways to reach somebody. */
export const channelNames: Record<string, string> = {
  phone: 'Phone call',
  'in-person': 'In person',
  email: 'Email',
  sms: 'Text message',
  letter: 'Letter',
};

/** What can come of a try, as whoever made it says. */
export const offeredResults: Record<string, string> = {
  reached: 'I reached them and told them',
  'no-answer': 'No answer',
  'message-left': 'I left a message (they still have to be told)',
  'wrong-number': 'The number is wrong',
  declined: 'They do not want to be told',
};

const resultNames: Record<string, string> = {
  reached: 'reached and told',
  'no-answer': 'no answer',
  'message-left': 'a message was left',
  'wrong-number': 'the number is wrong',
  declined: 'they do not want to be told',
};

/** Sentences one after another, each with its full stop. */
export const saySafe = (lines: readonly string[]): string =>
  lines.map((line) => (/[.!?]$/.test(line.trim()) ? line.trim() : `${line.trim()}.`)).join(' ');

/** The ways to choose from, by value. */
export function choices(names: Record<string, string>, chosen: string | undefined): Choice[] {
  return Object.entries(names).map(([value, text]) => ({ value, text, checked: value === chosen }));
}

/**
 * A contact that is owed, with all that is to be known before anybody tries.
 * @param around.names what the staff are called, by id
 */
export function contactView(
  contact: Contact,
  form: Record<string, string>,
  around: { found: CaseJson; names: ReadonlyMap<string, string> },
): ContactView {
  const { found, names } = around;
  const { person, speakTo, next, readFirst } = contact;
  return {
    id: contact.id,
    name: person.name,
    role: person.role === 'victim' ? 'Victim' : 'Witness',
    instead: speakTo.relation === null ? null : `${speakTo.name}, ${speakTo.relation.replaceAll('-', ' ')}`,
    safe: saySafe(readFirst),
    channels: Object.entries(speakTo.contact).map(([label, value]) => ({
      label: label.charAt(0).toUpperCase() + label.slice(1),
      value: String(value),
      href: label === 'phone' ? `tel:${String(value).replaceAll(/[^\d+]/g, '')}` : null,
    })),
    entitlement: contact.entitlement === 'enhanced' ? 'Enhanced rights' : 'Standard',
    say: wordsFor(contact, found),
    next: next === null ? null : sayNext(next),
    message: messageOf(contact),
    sent: contact.messages.map(({ channel, sentAt, dueAt }) =>
      sentAt === null
        ? `${channelNames[channel] ?? channel}, to leave at ${sayMoment(dueAt)}`
        : `${channelNames[channel] ?? channel}, sent ${sayMoment(sentAt)}`,
    ),
    letterHref: next?.step === 'letter' ? `/api/contacts/${contact.id}/letter` : null,
    attempts: contact.attempts.map(({ at, channel, result, note, by }) => ({
      said: `${sayMoment(at)}: ${channelNames[channel] ?? channel}, ${resultNames[result] ?? result} (${names.get(by) ?? by})`,
      note,
    })),
    channelChoices: choices(channelNames, form['channel'] ?? next?.channel ?? 'phone'),
    resultChoices: choices(offeredResults, form['result']),
  };
}

/** Reasons whose words promise when and where. */
const ofHearings: readonly string[] = ['hearing-date', 'hearing-off', 'give-evidence'];

/** What to say in one talk, with the day, time and place of the hearing where the words are about one. */
export function wordsFor({ id, reason, draft, conversation }: Contact, found: CaseJson): string[] {
  const talk = conversation.length === 0 ? [{ contactId: id, reason, say: draft }] : conversation;
  return talk.map((one) => {
    const hearing = ofHearings.includes(one.reason) ? hearingOf(one, found) : undefined;
    if (hearing === undefined) return one.say;
    const { on, at, courtName } = hearing;
    const when =
      at === null ? `${sayDayOf(on)}, at a time that is not known yet` : sayMoment(instantAt(on, at));
    return `${one.say} The hearing: ${when}, ${courtName}.`;
  });
}

/** The hearing that a contact is about; for evidence the next trial, where it is about no one hearing. */
function hearingOf(
  { contactId, reason }: { contactId: string; reason: string },
  { deadlines, hearings }: CaseJson,
): CaseJson['hearings'][number] | undefined {
  const of = deadlines.find(({ id }) => id === contactId)?.subject.hearingId;
  if (of !== undefined) return hearings.find(({ id }) => id === of);
  if (reason !== 'give-evidence') return undefined;
  return hearings
    .filter(({ type, state }) => type === 'trial' && state === 'listed')
    .toSorted((one, other) => (one.on < other.on ? -1 : 1))[0];
}

/** Offered where a message is the next step, and none is under way. */
function messageOf({ next, safeContact, messages }: Contact): ContactView['message'] {
  const channel = next?.channel ?? '';
  const button = messageButtons[channel];
  const isUnderWay = messages.some(({ state }) => state === 'pending' || state === 'sending');
  return button === undefined || isUnderWay ? null : { channel, button, mustRead: safeContact !== null };
}

const messageButtons: Record<string, string> = {
  email: 'Send an e-mail that asks them to ring',
  sms: 'Send a text message that asks them to ring',
};

function sayNext({ step, at, channel, why }: NonNullable<Contact['next']>): string {
  const what =
    step === 'senior'
      ? 'A senior caseworker decides what to do now'
      : step === 'letter'
        ? 'Send a letter'
        : `Try by ${(channelNames[channel ?? 'phone'] ?? 'phone').toLowerCase()}, not before ${sayMoment(at)}`;
  return saySafe([what, ...why]);
}
