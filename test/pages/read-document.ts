import type { Visit } from '../support/browser.ts';

/** A field of a form, with what it holds; what can be chosen where that is fixed. */
export type SeenField = {
  name: string;
  /** As the browser says: `text`, `textarea`, `select-one`, `hidden`, `radio`, `checkbox`, … */
  type: string;
  value: string;
  isPicked: boolean;
  choices: string[];
};
export type SeenForm = {
  method: 'get' | 'post';
  /** Where it sends to: empty for the address of its page. */
  action: string;
  fields: SeenField[];
  buttons: { name: string; value: string }[];
};
/** What a browser makes of the HTML of an answer, without running it. */
export type SeenDocument = {
  title: string;
  links: string[];
  forms: SeenForm[];
  /** What components it is made of, in what variants, and what plain elements. */
  parts: string[];
  /**
   * What no page of the hub has: elements that are not HTML, scripts without a nonce, attributes that are scripts, what
   * is loaded from or sent to elsewhere, pictures, and what only services on gov.uk may show.
   */
  strange: string[];
};

const read = `(html) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const all = [...page.querySelectorAll('*')];
  const main = page.querySelector('main') ?? page.body;
  const namesOf = (one) => one.classList.length === 0
    ? [one.localName]
    : [...one.classList].map((name) => name.replace(/__[a-z-]*?(?=--|$)/, ''));
  return {
    title: page.title,
    links: [...page.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')),
    forms: [...page.querySelectorAll('form')].map((form) => ({
      method: form.method,
      action: form.getAttribute('action') ?? '',
      fields: [...form.elements].filter(({ name, localName }) => name !== '' && localName !== 'button').map((field) => ({
        name: field.name,
        type: field.type,
        value: field.value,
        isPicked: field.checked === true,
        choices: field.localName === 'select' ? [...field.options].map(({ value }) => value) : [],
      })),
      buttons: [...form.querySelectorAll('button:not([type=button])')].map(({ name, value }) => ({ name, value })),
    })),
    parts: [...new Set([...main.querySelectorAll('*')].flatMap(namesOf))],
    strange: all.flatMap((one) => {
      const attributes = [...one.attributes];
      const loads = one.localName === 'a' ? [] : attributes.filter(({ name }) => /^(src|href|action|formaction|data)$/.test(name));
      return [
        one instanceof HTMLUnknownElement || one.localName.includes('-') || one.localName === 'img',
        one.localName === 'script' && !one.nonce,
        attributes.some(({ name, value }) => /^on|^srcdoc$/.test(name) || /^\\s*javascript:/i.test(value)),
        loads.some(({ value }) => /^([a-z]+:)?\\/\\//i.test(value)),
        /crown|crest|logotype|copyright-logo/i.test(one.getAttribute('class') ?? ''),
        one.localName === 'style' && /GDS Transport|@font-face|@import/i.test(one.textContent),
      ].some(Boolean) ? [one.outerHTML.slice(0, 200)] : [];
    }),
  };
}`;

export const readDocument = (page: Visit['page'], html: string): Promise<SeenDocument> =>
  page.evaluate<SeenDocument>(`(${read})(${JSON.stringify(html)})`);

/**
 * What a form sends when a button is pressed, with a text typed into each field that takes one. Where anything is typed,
 * the first choice is taken of what can be chosen; else nothing is chosen that was not already.
 */
export function filledIn(
  form: SeenForm,
  button: SeenForm['buttons'][number] | undefined,
  typed: (field: SeenField) => string,
): URLSearchParams {
  const sent = new URLSearchParams();
  const picked = new Set(form.fields.filter(({ isPicked }) => isPicked).map(({ name }) => name));
  for (const field of form.fields) {
    const { name, type, value, isPicked, choices } = field;
    if (type === 'radio' || type === 'checkbox') {
      const isFirst = typed(field) !== '' && !picked.has(name);
      if (isPicked || isFirst) sent.append(name, value);
      picked.add(name);
    } else if (type === 'hidden') sent.append(name, name === 'key' ? crypto.randomUUID() : value);
    else if (choices.length > 0)
      sent.append(name, typed(field) === '' ? value : (choices.find(Boolean) ?? ''));
    else if (type !== 'file') sent.append(name, typed(field));
  }
  if (button !== undefined && button.name !== '') sent.append(button.name, button.value);
  return sent;
}
