/** What a mail server reports of one of the hub's messages (RFC 3464). */
export type BounceReport = {
  /** The hub's id of the message. */
  messageId: string;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** The enhanced status code (RFC 3463), such as `5.1.1`. */
  status: string;
  /** When it happened, in milliseconds since 1970, where the report says so. */
  happenedMs: number | null;
};

type Part = { headers: Map<string, string>; body: string };

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

/** The gravest comes first: a report may be about several recipients, and a message of the hub has one. */
const gravest = (action: BounceReport['action']) => actions.indexOf(action);

/**
 * Reads a delivery status notification as it was received: the fields of its `message/delivery-status` part, and the id
 * of the message from its envelope id or from the headers that were sent back. Nothing else of it is looked at.
 * @param raw the message; octets beyond ASCII may be read in any way, since nothing that counts has any
 * @returns null where it is no such notification, or is of no message of the hub
 */
export function readBounce(raw: string): BounceReport | null {
  const report = readPart(raw.replace(/\r\n?/g, '\n'));
  const type = report.headers.get('content-type') ?? '';
  const boundary = /\bboundary=(?:"([^"\n]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
  if (!/^multipart\/report\b/i.test(type) || boundary === null) return null;
  const parts = partsOf(report.body, boundary[1] ?? boundary[2] ?? '');
  const [ofMessage, ...ofRecipients] = fieldsOf(
    parts.find((part) => typeOf(part).endsWith('delivery-status')),
  );
  if (ofMessage === undefined) return null;
  const returned = parts.find((part) => returnedTypes.includes(typeOf(part)));
  const sent = returned === undefined ? undefined : readPart(returned.body).headers.get('message-id');
  const messageId = idIn(ofMessage.get('original-envelope-id')) ?? idIn(sent);
  const [first] = ofRecipients
    .flatMap((fields) => {
      const action = actions.find((one) => one === fields.get('action')?.toLowerCase());
      return action === undefined ? [] : [{ action, fields }];
    })
    .sort((a, b) => gravest(a.action) - gravest(b.action));
  if (messageId === null || first === undefined) return null;
  const { action, fields } = first;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0];
  const happenedMs = Date.parse(fields.get('last-attempt-date') ?? report.headers.get('date') ?? '');
  return {
    messageId,
    action,
    status: status ?? 'no status',
    happenedMs: isPlausible(happenedMs) ? happenedMs : null,
  };
}

/** Whoever wrote the date: in this century. Also false for what is no date. */
const isPlausible = (ms: number) => ms > Date.UTC(2000, 0, 1) && ms < Date.UTC(2100, 0, 1);

const returnedTypes = [
  ...['message/rfc822', 'text/rfc822-headers', 'text/rfc822', 'message/global', 'message/global-headers'],
];

const typeOf = ({ headers }: Part) =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** The hub's messages are named by ids of the hub: `<id@host>`, and the id alone as envelope id. */
function idIn(text: string | undefined): string | null {
  return (
    /(?:^|[<\s;])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@|$)/i
      .exec(text ?? '')?.[1]
      ?.toLowerCase() ?? null
  );
}

function readPart(text: string): Part {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = readFields(head);
  return { headers, body: decode(end < 0 ? '' : text.slice(end).replace(/^\n{1,2}/, ''), headers) };
}

/** Lines that begin with a blank go on from the line before (RFC 5322, 2.2.3). The first of a name counts. */
function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function partsOf(body: string, boundary: string): Part[] {
  const [, ...pieces] = `\n${body}`.split(`\n--${boundary}`);
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => readPart(piece.slice(piece.indexOf('\n') + 1)));
}

/** Groups of fields with a blank line between: those of the message, then those of each recipient. */
function fieldsOf(part: Part | undefined): Map<string, string>[] {
  return (part?.body ?? '')
    .split(/\n[ \t]*\n/)
    .filter((group) => group.trim() !== '')
    .map((group) => readFields(group.trim()));
}

function decode(body: string, headers: ReadonlyMap<string, string>): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('latin1').replace(/\r\n?/g, '\n');
  if (encoding !== 'quoted-printable') return body;
  return body
    .replace(/=[ \t]*\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\r\n?/g, '\n');
}
