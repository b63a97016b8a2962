type How = {
  newline?: string;
  encoding?: string;
  report?: string;
  returned?: string | null;
  boundary?: string;
  quote?: string;
  envelopeId?: string;
  fold?: boolean;
  action?: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  status?: string;
  date?: string;
  /** Fields of a second recipient. */
  also?: string;
};

/** A delivery status notification as mail servers write them (RFC 3464), of a message of the hub. */
export function bounceOf(messageId: string, how: How = {}): string {
  const { newline = '\r\n', boundary = '26F5D.1781506980/mx.force.invalid', quote = '"' } = how;
  const { report = 'message/delivery-status', returned = 'message/rfc822', date } = how;
  const fields = [
    'Reporting-MTA: dns; mx.force.invalid',
    ...(how.envelopeId === undefined ? [] : [`Original-Envelope-Id: ${how.envelopeId}`]),
    '',
    'Final-Recipient: rfc822; pc1001@force.invalid',
    `Action: ${how.action ?? 'failed'}`,
    `Status: ${how.status ?? '5.1.1'}`,
    'Diagnostic-Code: smtp; 550 5.1.1 <pc1001@force.invalid>: user unknown',
    `Last-Attempt-Date: ${date ?? 'Mon, 15 Jun 2026 08:03:00 +0100'}`,
    ...(how.also === undefined ? [] : ['', 'Final-Recipient: rfc822; other@force.invalid', how.also]),
    '',
  ].join('\r\n');
  const lines = [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.force.invalid',
    'Subject: Undelivered Mail Returned to Sender',
    'Date: Mon, 15 Jun 2026 08:04:00 +0100',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;${how.fold ? '\r\n\t' : ' '}boundary=${quote}${boundary}${quote}`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I’m sorry to have to inform you that your message could not be delivered.',
    '',
    `--${boundary}`,
    `Content-Type: ${report}`,
    ...(how.encoding === undefined ? [] : [`Content-Transfer-Encoding: ${how.encoding}`]),
    '',
    encode(fields, how.encoding),
    ...(returned === null
      ? []
      : [
          `--${boundary}`,
          `Content-Type: ${returned}`,
          '',
          'From: hub@prosecution-hub.invalid',
          `Message-ID: <${messageId}@prosecution-hub.invalid>`,
          'Subject: The Prosecution Hub needs 1 item from you',
          '',
          '',
        ]),
    `--${boundary}--`,
    '',
  ];
  return lines.join('\r\n').replaceAll('\r\n', newline);
}

function encode(text: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
  if (encoding === 'quoted-printable')
    return text.replaceAll('Action', '=41ction').replaceAll('Status: ', 'Status=\r\n: ');
  return text;
}
