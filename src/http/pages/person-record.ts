import { html } from 'hono/html';
import { sayDate } from '../../calendar/civil-date.ts';
import { sayInstant } from '../../calendar/london-time.ts';
import type { PersonRecord } from '../../cases/person-record.ts';

type Duty = PersonRecord['duties'][number];

const outcomes: Record<Duty['outcome'], string> = {
  'in-time': 'Done in time',
  late: 'DONE LATE',
  'not-done': 'NOT DONE',
  owed: 'Still to be done',
  stopped: 'Not done: asked not to be told',
  withdrawn: 'No longer owed',
};

/** What was owed to a person and what was done, as a page to print. */
export function personRecordPage(record: PersonRecord, nonce: string) {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Record of contact, ${record.urn}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          body {
            font:
              11pt/1.4 Georgia,
              serif;
            max-width: 60rem;
            margin: 1.5rem auto;
            padding: 0 1rem;
            color: #000;
            background: #fff;
          }
          table {
            border-collapse: collapse;
            width: 100%;
            margin: 0.5rem 0 1rem;
          }
          caption {
            text-align: left;
            font-weight: bold;
          }
          th,
          td {
            text-align: left;
            vertical-align: top;
            padding: 0.2rem 0.5rem 0.2rem 0;
            border-bottom: 1px solid #000;
          }
          @page {
            size: A4;
            margin: 15mm;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>Record of contact: ${record.person.name}</h1>
          <p>
            ${record.person.role === 'victim' ? 'Victim' : 'Witness'} in ${record.urn}. As recorded at
            ${sayInstant(record.at)}. Entitlement under the Victims’ Code:
            ${record.entitlement}${
              record.entitlementBecause.length > 0 ? ` (${record.entitlementBecause.join('; ')})` : ''
            }.
            ${
              record.needsAssessment === null
                ? 'Needs have not been assessed.'
                : `Needs assessed on ${sayDate(record.needsAssessment.on)}.`
            }
          </p>
          ${record.duties.map(dutyPart)}
          ${table(
            'Changes of what was known of the person',
            ['When', 'Who', 'What'],
            record.changes.map(({ at, by, action, fields }) => [
              sayInstant(at),
              by,
              fields === '' ? action.replaceAll('-', ' ') : fields,
            ]),
          )}
          ${table(
            'Referrals to support',
            ['When', 'To', 'State', 'Replies'],
            record.referrals.map(({ at, agency, state, replies }) => [
              sayInstant(at),
              agency,
              state,
              replies.map((reply) => `${sayInstant(reply.at)}: ${reply.words}`).join('; '),
            ]),
          )}
        </main>
      </body>
    </html>`;
}

function dutyPart(duty: Duty) {
  const { because, happenedOn, receivedAt, due, doneOn, why, attempts, messages } = duty;
  const began =
    because === null
      ? ''
      : `${because}${happenedOn === null ? '' : `, ${sayDate(happenedOn)}`}${
          receivedAt === null ? '' : `; the hub heard of it at ${sayInstant(receivedAt)}`
        }.`;
  return html`<section>
    <h2>${duty.title}</h2>
    <p>
      <strong>${outcomes[duty.outcome]}.</strong> ${due === null ? '' : `Due ${sayDate(due)}.`}
      ${doneOn === null ? '' : `Done ${sayDate(doneOn)}.`} ${why === null ? '' : `${why}.`} ${began}
      ${duty.authority}.
    </p>
    ${table(
      'Tries',
      ['When', 'Who', 'How', 'Result', 'Note'],
      [
        ...attempts.map(({ at, by, channel, result, note }) => [
          sayInstant(at),
          by,
          channel,
          result.replaceAll('-', ' '),
          note ?? '',
        ]),
        ...messages.map(({ channel, state, sentAt }) => [
          sentAt === null ? '' : sayInstant(sentAt),
          'the hub',
          channel,
          `message ${state}`,
          '',
        ]),
      ],
    )}
  </section>`;
}

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]) {
  if (rows.length === 0) return html`<p>${caption}: none.</p>`;
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
