import { html } from 'hono/html';
import type { CustodyLog } from '../../cases/custody-log.ts';
import { sayDate } from '../../calendar/civil-date.ts';
import { sayInstant } from '../../calendar/london-time.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { printedPage, printedTable, type Part } from './printed-page.ts';

type Defendant = CustodyLog['defendants'][number];
type Charge = Defendant['charges'][number];
type Limit = Charge['limits'][number];

const day = (on: string | null): string => (on === null ? 'none' : sayDate(on));
const moment = (at: string | null): string => (at === null ? '' : sayInstant(at));

/** The custody-limit log as a page to print: no scripts, nothing that needs colour to be understood. */
export function custodyLogPage(log: CustodyLog, nonce: string) {
  return printedPage(
    `Custody-limit log, ${log.urn}`,
    nonce,
    html`
      <h1>Custody-limit log: ${log.urn}</h1>
      <p>
        As recorded at ${moment(log.at)}. Officer in the case: ${log.officer}. Caseworker:
        ${log.caseworker ?? 'nobody yet'}.
      </p>
      ${log.defendants.map(defendantPart)} ${chasesPart(log)} ${tasksPart(log)}
    `,
  );
}

function defendantPart(defendant: Defendant): Part {
  return html`<section>
    <h2>${defendant.name}</h2>
    ${printedTable(
      'Stays in custody',
      ['From', 'To', 'Recorded'],
      defendant.custody.map(({ from, to, recordedBy, recordedAt, assumed }) => [
        assumed === null ? day(from) : `${day(from)} (${assumed})`,
        to === null ? 'still in custody' : day(to),
        `${recordedBy}, ${moment(recordedAt)}`,
      ]),
      'This defendant has not been in custody.',
    )}
    ${defendant.charges.map(chargePart)}
    ${printedTable(
      'Confirmations by a second person',
      ['When', 'Who', 'Result', 'Figures'],
      defendant.confirmations.map(({ at, by, result, dueOn, figures }) => [
        moment(at),
        by,
        result === 'confirmed' ? `Confirmed: ${day(dueOn)}` : `Differs from ${day(dueOn)}`,
        figures.map(sayFigure).join('; '),
      ]),
      'Nobody has confirmed a limit.',
    )}
  </section>`;
}

function sayFigure(figure: Defendant['confirmations'][number]['figures'][number]): string {
  const said = [figure.method, figure.note].filter((words) => words !== null).join(', ');
  const dueOn = figure.dueOn === null ? 'another day' : day(figure.dueOn);
  return `${figure.by}: ${dueOn}${said === '' ? '' : ` (${said})`}`;
}

function chargePart(charge: Charge): Part {
  return html`<section>
    <h3>${charge.title} (${charge.code})</h3>
    ${charge.limits.length === 0 ? html`<p>No custody time limit has run.</p>` : charge.limits.map(limitPart)}
    ${
      charge.extensions.length === 0
        ? ''
        : printedTable(
            'Extensions',
            ['On', 'Decision', 'Recorded'],
            charge.extensions.map(({ on, decision, until, expiresOn, recordedBy, recordedAt }) => [
              day(on),
              decision === 'granted'
                ? `Extended to ${day(until)}`
                : `Refused: it expires on ${day(expiresOn)}`,
              `${recordedBy}, ${moment(recordedAt)}`,
            ]),
            '',
          )
    }
  </section>`;
}

const states = { pending: 'running', met: 'met', missed: 'EXPIRED', withdrawn: 'no longer running' } as const;

function limitPart(limit: Limit): Part {
  const used = `${limit.daysUsed}${limit.limitDays === null ? '' : ` of ${limit.limitDays}`} days used`;
  return html`<p>
      <strong>${limit.title}: ${day(limit.expiresOn)}</strong> (${states[limit.state]}; ${used}).
      ${limit.endedWhy === null ? '' : `Ended: ${limit.endedWhy}.`} ${limit.authority}.
    </p>
    <ol>
      ${limit.explanation.map((step) => html`<li>${step}</li>`)}
    </ol>
    ${
      limit.warnings.length === 0
        ? ''
        : printedTable(
            'Warnings',
            ['When', 'Step', 'Written to'],
            limit.warnings.map(({ at, step, to }) => [
              moment(at),
              step,
              to.length === 0 ? 'nobody' : to.join(', '),
            ]),
            '',
          )
    }`;
}

function chasesPart({ chases, answers }: CustodyLog): Part {
  return html`<section>
    <h2>How the police were chased</h2>
    ${printedTable(
      'Chasers',
      ['When', 'For', 'To', 'Step', 'Left'],
      chases.map(({ at, material, dueOn, level, recipient, step, sentAt }) => [
        moment(at),
        `${sayMaterial(material)}, due ${day(dueOn)}`,
        `${recipient ?? 'nobody'} (${level})`,
        step,
        moment(sentAt),
      ]),
      'Nobody has been chased.',
    )}
    ${printedTable(
      'Answers and receipts',
      ['When', 'Who', 'What'],
      answers.map(({ at, by, material, what, until, reason }) => [
        moment(at),
        by,
        [
          `${material === null ? 'Material' : sayMaterial(material)}: ${what}`,
          ...(until === null ? [] : [`until ${day(until)}`]),
          ...(reason === null ? [] : [reason]),
        ].join(', '),
      ]),
      'Nothing has been answered.',
    )}
  </section>`;
}

function tasksPart({ tasks }: CustodyLog): Part {
  return html`<section>
    <h2>Tasks</h2>
    ${printedTable(
      'Tasks on the custody time limits',
      ['Made', 'Task', 'State'],
      tasks.map(({ createdAt, title, state, assignee, closedAt, closedBy, outcome }) => [
        moment(createdAt),
        title,
        state === 'open'
          ? `open, ${assignee ?? 'in the pool'}`
          : `${state} (${outcome ?? ''}) by ${closedBy ?? ''}, ${moment(closedAt)}`,
      ]),
      'There have been none.',
    )}
  </section>`;
}
