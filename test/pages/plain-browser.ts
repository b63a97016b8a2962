import type { TestHub } from '../support/app.ts';
import { createVisitor, type Seen } from '../support/visitor.ts';

/** A page as somebody without scripts has it before them. */
export type Shown = { url: string; status: number; title: string; text: string; html: string };

/** What somebody who is signed in does by links and forms alone. */
export type PlainBrowser = {
  open(path: string): Promise<Shown>;
  /**
   * Fills in a form of the page that is shown and sends it, with all that it holds already; then follows where that
   * leads.
   * @param action where the form sends to, the path alone
   */
  send(action: string, fields?: Record<string, string>): Promise<Shown>;
  /** Sends a form that has a file. */
  upload(action: string, file: { name: string; text: string }): Promise<Shown>;
};

export async function plainBrowser(hub: TestHub, who: string): Promise<PlainBrowser> {
  const visitor = createVisitor();
  let shown = shownOf(hub.url, await visitor.go(`${hub.url}/`));
  const sent = async (action: string, body: URLSearchParams | FormData): Promise<Shown> => {
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    const seen = await visitor.ask(`${hub.url}${action}`, { method: 'POST', headers, body });
    const to = seen.headers.get('Location');
    shown = shownOf(hub.url, to === null ? seen : await visitor.go(new URL(to, seen.url).href));
    return shown;
  };
  const formOf = (action: string): string => {
    const [form] = shown.html.match(new RegExp(`<form[^>]* action="${action}"[^]*?</form>`)) ?? [];
    if (form === undefined) throw new Error(`${shown.url} has no form that sends to ${action}`);
    return form;
  };
  await sent('/demo/session', new URLSearchParams({ staffId: who }));
  return {
    open: async (path) => (shown = shownOf(hub.url, await visitor.go(`${hub.url}${path}`))),
    send: (action, fields = {}) =>
      sent(action, new URLSearchParams({ ...heldBy(formOf(action)), ...fields })),
    upload: (action, { name, text }) => {
      const body = new FormData();
      for (const [field, value] of Object.entries(heldBy(formOf(action)))) body.set(field, value);
      body.set('file', new Blob([text], { type: 'text/csv' }), name);
      return sent(action, body);
    },
  };
}

function shownOf(origin: string, { url, status, text: html }: Seen): Shown {
  const title = decode(/<title>([^]*?)<\/title>/.exec(html)?.[1] ?? '').trim();
  const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? '';
  const text = decode(main.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ');
  return { url: url.replace(origin, ''), status, title, text, html };
}

/** What a form sends without anybody typing: hidden fields, what stands in the others, what is ticked or selected. */
function heldBy(form: string): Record<string, string> {
  const held: Record<string, string> = {};
  const attribute = (tag: string, name: string) => {
    const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
    return found === undefined ? undefined : decode(found);
  };
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const isPicked = !/ type="(radio|checkbox|file)"/.test(tag) || / checked/.test(tag);
    if (name !== undefined && isPicked) held[name] = attribute(tag, 'value') ?? '';
  }
  for (const [, tag = '', inner = ''] of form.matchAll(/<textarea([^>]*)>([^]*?)<\/textarea>/g))
    held[attribute(tag, 'name') ?? ''] = decode(inner);
  for (const [, tag = '', inner = ''] of form.matchAll(/<select([^>]*)>([^]*?)<\/select>/g)) {
    const [option = ''] = inner.match(/<option[^>]* selected[^>]*>/) ?? [];
    held[attribute(tag, 'name') ?? ''] = attribute(option, 'value') ?? '';
  }
  return held;
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
