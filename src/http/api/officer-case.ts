import { html } from 'hono/html';
import type { CivilDate } from '../../calendar/civil-date.ts';
import type { HolidayCalendar } from '../../calendar/holiday-calendar.ts';
import type { Endangered } from '../../chasers/asked-items.ts';
import type { AskedRequest } from '../../chasers/officer-reply.ts';
import { sayDueBy, sayEndangered } from '../../chasers/say-items.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { occasionOf } from '../../materials/occasion.ts';
import { readForm, textOf } from './officer-form.ts';

/** What is asked for of one case, and what would suffer without it. */
export type CaseGroup = { urn: string; endangered: Endangered; items: readonly AskedRequest[] };

/** An error, with the field of the form that it is about. */
export type Placed = { field: string | undefined; about: string; message: string };

type Around = {
  today: CivilDate;
  calendar: HolidayCalendar;
  fields: Record<string, unknown>;
  placed: readonly Placed[];
  /** So little is asked for that nothing is folded away. */
  isShort: boolean;
};

/** What is asked for of a case: one button for all of it, and each item to be unfolded and answered by itself. */
export function caseGroup({ urn, endangered, items }: CaseGroup, around: Around) {
  const dangers = sayEndangered(endangered, around.today, around.calendar);
  const left = items.filter(isLeft);
  return html`<section aria-labelledby="case-${urn}">
    <h2 id="case-${urn}">${urn}</h2>
    ${dangers.map((words) => html`<p class="danger">${capital(words)}.</p>`)}
    ${
      left.length > 0
        ? html`<button type="submit" class="all" name="all" value="${urn}">
            I have sent ${left.length > 1 ? 'all of this' : 'this'}<span class="unseen"> of ${urn}</span>
          </button>`
        : ''
    }
    ${items.map((one) => item(one, around))}
  </section>`;
}

/** Whether "all of this" takes it in: not what is another's or cannot be had, as was said before. */
const isLeft = ({ request }: AskedRequest) => request.answer === null || request.answer === 'late';
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const choices = [
  ['sent', 'I have sent it'],
  ['late', 'It will be late'],
  ['not-mine', 'It is not mine'],
  ['cannot', 'I cannot get it'],
] as const;

const said = new Map<string, string>(choices);

/** An item, unfolded where an answer was chosen or is wrong. */
function item(one: AskedRequest, { fields, placed, today, isShort }: Around) {
  const { request, urn } = one;
  const { id } = request;
  const chosen = readForm(fields).items.find(({ requestId }) => requestId === id)?.['answer'];
  const value = (name: string) => textOf(fields, `${name}-${id}`) ?? '';
  const wrong = (name: string) => placed.find(({ field }) => field === `${name}-${id}`);
  const error = (name: string) => {
    const found = wrong(name);
    return found
      ? html`<span class="error" id="error-${name}-${id}"
          ><strong>Error:</strong> ${found.about} ${found.message}</span
        >`
      : '';
  };
  const described = (name: string) =>
    wrong(name) ? html`aria-invalid="true" aria-describedby="error-${name}-${id}"` : '';
  const isOpen = isShort || chosen !== undefined || placed.some(({ field }) => field?.endsWith(id));
  return html`<details ${isOpen ? html`open` : ''}>
    <summary>
      <strong>${sayMaterial(request.material)}</strong>, ${sayDueBy(request.dueOn, today)}
      ${request.answer === null ? '' : html`<span class="answered">You answered: ${said.get(request.answer)}</span>`}
    </summary>
    <fieldset id="answer-${id}" tabindex="-1">
      <legend class="unseen">${urn}: ${sayMaterial(request.material)}</legend>
      <input type="hidden" name="asking-${id}" value="${occasionOf(request)}" />
      ${isLeft(one) ? html`<input type="hidden" name="of-${id}" value="${urn}" />` : ''}
      <p>Why: ${request.why}.</p>
      ${request.note === null ? '' : html`<p>The caseworker writes: ${request.note}</p>`} ${error('answer')}
      ${choices.map(
        ([choice, words]) =>
          html`<label class="choice">
            <input
              type="radio"
              name="answer-${id}"
              value="${choice}"
              ${chosen === choice ? html`checked` : ''}
            /><span>${words}</span>
          </label>`,
      )}
      <div class="more late">
        <label for="until-${id}">It will come by</label>
        ${error('until')}
        <input
          type="date"
          id="until-${id}"
          name="until-${id}"
          value="${value('until')}"
          ${described('until')}
        />
      </div>
      <div class="more not-mine">
        <label for="whose-${id}">Collar number of whoever has it, if you know</label>
        ${error('whose')}
        <input
          type="text"
          id="whose-${id}"
          name="whose-${id}"
          value="${value('whose')}"
          maxlength="20"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          ${described('whose')}
        />
      </div>
      <div class="more late not-mine cannot">
        <label for="reason-${id}">Why, or where to look. No names of victims or witnesses</label>
        ${error('reason')}
        <textarea id="reason-${id}" name="reason-${id}" maxlength="500" rows="3" ${described('reason')}>
${value('reason')}</textarea>
      </div>
      <button type="submit" class="one">Send<span class="unseen"> this answer</span></button>
    </fieldset>
  </details>`;
}
