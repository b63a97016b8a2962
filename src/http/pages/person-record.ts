import { html } from 'hono/html';
import { sayDate } from '../../calendar/civil-date.ts';
import { sayInstant } from '../../calendar/london-time.ts';
import type { PersonRecord } from '../../cases/person-record.ts';
import { printedPage, printedTable } from './printed-page.ts';

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
  return printedPage(
    `Record of contact, ${record.urn}`,
    nonce,
    html`
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
      ${printedTable(
        'Changes of what was known of the person',
        ['When', 'Who', 'What'],
        record.changes.map(({ at, by, action, fields }) => [
          sayInstant(at),
          by,
          fields === '' ? action.replaceAll('-', ' ') : fields,
        ]),
      )}
      ${printedTable(
        'Referrals to support',
        ['When', 'To', 'State', 'Replies'],
        record.referrals.map(({ at, agency, state, replies }) => [
          sayInstant(at),
          agency,
          state,
          replies.map((reply) => `${sayInstant(reply.at)}: ${reply.words}`).join('; '),
        ]),
      )}
    `,
  );
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
    ${printedTable(
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
