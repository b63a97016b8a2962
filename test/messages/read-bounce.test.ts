import { expect, test } from 'vitest';
import { readBounce } from '../../src/messages/read-bounce.ts';
import { bounceOf } from './bounces.ts';

const id = '0198f3c2-7a11-7bcd-8e21-5d5b3c1a9f00';
const at = Date.parse('2026-06-15T07:03:00Z');

test('a notification says which message, what became of it, by which code and when', () => {
  expect(readBounce(bounceOf(id))).toEqual({
    messageId: id,
    action: 'failed',
    status: '5.1.1',
    happenedMs: at,
  });
});

test.each([
  ['with lines that end in LF alone', { newline: '\n' }],
  ['with the report in base64', { encoding: 'base64' }],
  ['with the report as quoted-printable', { encoding: 'quoted-printable' }],
  ['that sends back the headers alone', { returned: 'text/rfc822-headers' }],
  ['that is international', { returned: 'message/global-headers', report: 'message/global-delivery-status' }],
  ['with a boundary that is not quoted', { boundary: 'plain-boundary', quote: '' }],
  ['that sends nothing back, but names the envelope', { returned: null, envelopeId: id }],
  ['with a header folded over two lines', { fold: true }],
])('a notification %s is read the same', (_what, how) => {
  expect(readBounce(bounceOf(id, how))).toMatchObject({ messageId: id, action: 'failed', status: '5.1.1' });
});

test.each(['delayed', 'delivered', 'relayed', 'expanded'] as const)(
  'one that says %s is told apart',
  (action) => {
    expect(readBounce(bounceOf(id, { action, status: '4.4.1' }))).toMatchObject({ action, status: '4.4.1' });
  },
);

test('of several recipients the gravest counts, and a date that nobody can mean counts as none', () => {
  const raw = bounceOf(id, {
    also: 'Action: delivered\r\nStatus: 2.0.0',
    date: 'Mon, 15 Jun 99999 08:03:00 +0100',
  });
  expect(readBounce(raw)).toEqual({ messageId: id, action: 'failed', status: '5.1.1', happenedMs: null });
});

test.each([
  ['nothing', ''],
  ['an ordinary message', 'From: a@b.invalid\r\nSubject: hello\r\n\r\nhello'],
  ['an answer from somebody on leave', 'Auto-Submitted: auto-replied\r\n\r\nI am away'],
  ['a report of another kind', bounceOf(id).replace('multipart/report', 'multipart/mixed')],
  ['a report without its fields', bounceOf(id, { report: 'text/plain' })],
  ['a report of somebody else’s message', bounceOf('not-one-of-ours')],
  ['a report that says no action', bounceOf(id, { action: 'wondered' as 'failed' })],
  [
    'boundaries without end',
    `Content-Type: multipart/report; boundary="x"\r\n\r\n${'--x\r\n'.repeat(20_000)}`,
  ],
])('%s is no notification of a message of the hub', (_what, raw) => {
  expect(readBounce(raw)).toBeNull();
});
