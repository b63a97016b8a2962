import { parseInstant } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { refused, type CourtMessage, type Refusal, type SpokenCase } from './court-message.ts';
import { readSession } from './read-session.ts';
import { child, children, down, rawTextAt, readTree, textAt, type XmlNode } from './xml-tree.ts';

type Envelope = Pick<CourtMessage, 'source' | 'messageId' | 'sentAt'> & { message: XmlNode };

/**
 * Reads a message of a court: a `ResultedCaseMessage`, bare or in its `DeliverRequest` or `RouteData` envelope, of any
 * version of the schema (elements are known by their names, whatever the prefix; those that are not known here are
 * left in the stored message). Pure.
 * @returns the message, or `refused` with a reason that repeats nothing of it
 */
export function readSpi(text: string): CourtMessage | Refusal {
  const envelope = openEnvelope(text, 0);
  if ('kind' in envelope) return envelope;
  const { message, ...outside } = envelope;
  const sessions = children(message, 'Session');
  const cases: SpokenCase[] = [];
  for (const session of sessions) {
    const read = readSession(session);
    if ('kind' in read) return read;
    cases.push(...read.cases);
  }
  if (cases.length === 0) return refused('invalid', 'The message has no case: Session/Case is needed.');
  return { ...outside, cases };
}

function openEnvelope(text: string, within: number): Envelope | Refusal {
  const tree = readTree(text);
  if (tree.kind === 'refused') return tree;
  const { root } = tree;
  const bare = child(root, 'ResultedCaseMessage');
  if (bare !== undefined) return { source: 'court', messageId: null, sentAt: null, message: bare };
  const request = child(root, 'DeliverRequest');
  if (request !== undefined) return ofDeliverRequest(request);
  const route = child(root, 'RouteData');
  // The content of a route is a document of its own, as text: bare, or in the other envelope.
  if (route !== undefined && within === 0) return ofRouteData(route, within);
  return refused(
    'invalid',
    'The message is no ResultedCaseMessage, neither bare nor in a DeliverRequest or RouteData.',
  );
}

function ofDeliverRequest(request: XmlNode): Envelope | Refusal {
  const message = down(request, 'Message', 'ResultedCaseMessage');
  if (message === undefined) return refused('invalid', 'The DeliverRequest has no ResultedCaseMessage.');
  const origin = down(request, 'MessageMetadata', 'OriginatingSystem') ?? child(request, 'RequestingSystem');
  return {
    source: textAt(origin, 'Name') || 'court',
    messageId: textAt(request, 'MessageIdentifier') || null,
    sentAt: momentOf(textAt(request, 'MessageMetadata', 'CreationDateTime')),
    message,
  };
}

function ofRouteData(route: XmlNode, within: number): Envelope | Refusal {
  const stream = child(route, 'DataStream');
  const content =
    down(stream, 'DataStreamContent', 'ResultedCaseMessage') ??
    down(stream, 'DataStreamContent', 'DeliverRequest', 'Message', 'ResultedCaseMessage');
  const inner =
    content === undefined ? openEnvelope(rawTextAt(stream, 'DataStreamContent'), within + 1) : null;
  if (inner !== null && 'kind' in inner) return inner;
  const message = content ?? inner?.message;
  if (message === undefined) return refused('invalid', 'The RouteData has no ResultedCaseMessage.');
  const dated = momentOf(`${textAt(stream, 'Dated')}T${textAt(stream, 'Timed')}`);
  return {
    source: textAt(stream, 'System') || textAt(route, 'RequestFromSystem', 'SourceID') || 'court',
    messageId: textAt(route, 'RequestFromSystem', 'CorrelationID') || inner?.messageId || null,
    sentAt: inner?.sentAt ?? dated,
    message,
  };
}

function momentOf(text: string): Instant | null {
  const read = parseInstant(text);
  return read.kind === 'instant' ? read.instant : null;
}
