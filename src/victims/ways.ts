import type { ContactChannel, PersonDetails, SafeContact } from '../../db/schema/person-details.ts';

/** What is known of how a person may be reached. */
export type Reachable = {
  contact: { phone?: string; email?: string; address?: string };
  preferred: ContactChannel | 'none';
  safeContact: SafeContact | null;
  details: PersonDetails | null;
};

/** Whom to speak to: the person, or whoever is contacted instead of them. */
export function speakTo({ contact, details }: Pick<Reachable, 'contact' | 'details'>): {
  contact: Reachable['contact'];
  instead: NonNullable<PersonDetails['representative']> | null;
} {
  const representative = details?.representative;
  return representative?.instead === true
    ? { contact: representative.contact, instead: representative }
    : { contact, instead: null };
}

/**
 * The ways by which a person may be reached, in the order in which they are tried: what they prefer, then the phone,
 * then messages, then a letter. A message only where the person agreed; nothing that they refused, and nothing written
 * where that is not safe. Pure.
 */
export function waysToReach(person: Reachable): ContactChannel[] {
  const { contact, instead } = speakTo(person);
  const { agreed = [], refused = [] } = person.details ?? {};
  const mayWrite = person.safeContact?.doNotMessage !== true;
  // Whoever agreed to messages agreed for themselves, not for somebody else's mailbox.
  const mayMessage = (way: 'sms' | 'email') => mayWrite && instead === null && agreed.includes(way);
  const possible: Record<ContactChannel, boolean> = {
    phone: contact.phone !== undefined,
    sms: isMobile(contact.phone ?? '') && mayMessage('sms'),
    email: contact.email !== undefined && mayMessage('email'),
    letter: contact.address !== undefined && mayWrite,
    'in-person': false,
  };
  const order: ContactChannel[] = ['phone', 'sms', 'email', 'letter'];
  const { preferred } = person;
  const first = order.filter((way) => way === preferred);
  return [...first, ...order.filter((way) => way !== preferred)].filter(
    (way) => possible[way] && !refused.includes(way),
  );
}

/**
 * Whether a number is of a mobile telephone of the United Kingdom (Ofcom: 071 to 075 and 077 to 079). Of a number from
 * abroad it cannot be told: in doubt no text is sent. Pure.
 */
export function isMobile(phone: string): boolean {
  const digits = phone.replace(/[^\d+]/g, '').replace(/^(\+|00)44(0?)/, '0');
  return /^07[1-57-9]\d{8}$/.test(digits);
}

/**
 * A person with what keeps them safe in any of their cases: the later start, the earlier end, every note, and nothing
 * that any case forbids. Pure.
 * @param others the same human being in other cases
 */
export function safestOf(person: Reachable, others: readonly Reachable[]): Reachable {
  if (others.length === 0) return person;
  const all = [person, ...others];
  const rules = all.flatMap(({ safeContact }) => safeContact ?? []);
  const refused = [...new Set(all.flatMap(({ details }) => details?.refused ?? []))];
  const opens = rules.flatMap(({ notBefore }) => notBefore ?? []).sort();
  const closes = rules.flatMap(({ notAfter }) => notAfter ?? []).sort();
  const isSilent = all.some(({ preferred }) => preferred === 'none');
  return {
    ...person,
    preferred: isSilent ? 'none' : person.preferred,
    details: { ...person.details, refused },
    safeContact:
      rules.length === 0
        ? null
        : {
            note: [...new Set(rules.map(({ note }) => note))].join(' / '),
            ...(opens.length > 0 ? { notBefore: opens.at(-1) ?? '' } : {}),
            ...(closes.length > 0 ? { notAfter: closes[0] ?? '' } : {}),
            ...(rules.some(({ noVoicemail }) => noVoicemail) ? { noVoicemail: true } : {}),
            ...(rules.some(({ doNotMessage }) => doNotMessage) ? { doNotMessage: true } : {}),
            ...firstCodeWord(rules.map(({ codeWord }) => codeWord)),
          },
  };
}

function firstCodeWord(words: readonly (string | undefined)[]): { codeWord?: string } {
  const word = words.find((one) => one !== undefined);
  return word === undefined ? {} : { codeWord: word };
}
