import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { journeyTimeout } from './camera.ts';
import { startSite, type Tour } from './invented-site.ts';
import { showWithoutScripts, showWithScripts } from './show-again.ts';
import { pageRoutes, Walker, type Outcome, type State } from './walk-site.ts';

/** What answers with HTML and is no page of this hub, or is looked at elsewhere; and why. */
const elsewhere: Record<string, string> = {
  '/docs': 'the page of Swagger UI, which test/http looks at',
  '/admin/queues': 'the page of Bull Board, which test/http looks at',
  '/queue/news': 'a number for the script of My queue',
  '/queue/live': 'a stream for the script of My queue',
  '/sign-in': 'leads to the start page in the demo; test/pages/sign-in looks at it with an identity provider',
};

let hub: TestHub;
let browser: TestBrowser;
let tours: Tour[];
let routes: string[];
let walkers: Walker[] = [];

const walkAll = async (): Promise<Walker[]> => {
  const reader = await browser.visit();
  const trail = { kinds: new Map<string, number>(), sent: new Set<string>() };
  const all: Walker[] = [];
  for (const { who, starts } of tours) {
    const walker = new Walker(hub, reader.page, routes, who, trail);
    if (who !== '') await walker.signIn();
    await walker.walk(starts);
    all.push(walker);
  }
  return all;
};

beforeAll(async () => {
  ({ hub, tours } = await startSite());
  // An officer's page is no page of somebody who is signed in, and has no address that could be described.
  routes = [...(await pageRoutes(hub)), '/r/{token}'].filter(
    (route) => !route.startsWith('/assets/') && !(route in elsewhere),
  );
  if (!hasBrowser) return;
  browser = await startBrowser(hub.url);
  walkers = await walkAll();
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

/** What each page is made of, in as few of its states as show all of it; those that refuse something by themselves. */
function kindsOf(states: readonly State[]): State[] {
  const shown = new Map<string, Set<string>>();
  return states
    .toSorted((one, other) => other.document.parts.length - one.document.parts.length)
    .filter(({ route, status, document: { parts } }) => {
      const kind = `${route} ${status}`;
      const known = shown.get(kind) ?? new Set();
      const isNew = !shown.has(kind) || parts.some((part) => !known.has(part));
      shown.set(kind, new Set([...known, ...parts]));
      return isNew;
    });
}

describe.each(browsers)('every page, in %s', () => {
  test('links lead to every page of the hub, and no page breaks', () => {
    const seen = walkers.flatMap(({ states }) => states);
    const reached = new Set(seen.map(({ route }) => route));
    const missing = routes.filter((route) => !reached.has(route));
    expect(missing, 'test/pages/invented-site.ts needs an address that leads there').toEqual([]);
    expect(seen.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test(
    'every page and every form that is sent with nothing in it has no fault by axe-core, with and without scripts, on a phone and at a desk; nothing is refused by its policy, or comes from elsewhere',
    async () => {
      for (const walker of walkers)
        for (const state of kindsOf(walker.states)) await walker.send(state, 'with nothing in it', () => '');
      const states = kindsOf(walkers.flatMap((walker) => walker.states));
      expect(states.filter(({ by, status }) => by !== 'a link' && status === 422).length).toBeGreaterThan(10);
      expect(states.flatMap(({ document }) => document.strange)).toEqual([]);
      const [plain, scripted] = [await showWithoutScripts(browser, hub), await showWithScripts(browser, hub)];
      const found: string[] = [];
      const looked = new Set<string>();
      for (const state of states) {
        const note = (how: string, faults: readonly string[]) =>
          void found.push(...faults.map((fault) => `${state.address} (${state.by}), ${how}: ${fault}`));
        await plain.show(state);
        note('on a phone without scripts', await plain.visit.faults());
        // What scripts make of a page is the same in each of its states.
        if (looked.has(state.route)) continue;
        looked.add(state.route);
        await scripted.show(state);
        note('at a desk', [...(await scripted.visit.faults()), ...scripted.visit.trouble.splice(0)]);
      }
      expect([...found, ...plain.visit.trouble]).toEqual([]);
    },
    journeyTimeout,
  );

  const hostile = fc
    .tuple(fc.constantFrom('"', "'", '</textarea>', '-->', '{{', '', '&lt;'), fc.string({ unit: 'grapheme' }))
    .map(([before, after]) => `${before}><kwiz onload=alert(1)>${after.replaceAll(/\p{C}/gu, '').trim()}`);

  test(
    'nothing that is typed into any field of any form ever becomes markup, and what is refused is kept as it was typed',
    async () => {
      const [text = ''] = fc.sample(hostile, 1);
      const outcomes: Outcome[] = [];
      let kept = 0;
      for (const walker of walkers)
        for (const state of kindsOf(walker.states.filter(({ by }) => by === 'a link')))
          outcomes.push(...(await walker.send(state, 'with markup in it', () => text)));
      for (const { form, sent, state } of outcomes) {
        const where = `${state.by} of ${state.who}, with ${text}`;
        expect(state.status, where).toBeLessThan(500);
        expect(state.document.strange, where).toEqual([]);
        if (state.status !== 422) continue;
        const typed = form.fields.filter(({ name }) => sent.get(name) === text).map(({ name }) => name);
        const shown = state.document.forms
          .flatMap(({ fields }) => fields)
          .filter(({ name }) => typed.includes(name));
        kept += shown.length;
        expect(
          shown.filter(({ value }) => value !== text),
          where,
        ).toEqual([]);
      }
      expect(kept).toBeGreaterThan(50);
      const after = (await walkAll()).flatMap(({ states }) => states);
      expect(after.flatMap(({ document }) => document.strange)).toEqual([]);
      expect(after.filter(({ status }) => status >= 500)).toEqual([]);
      expect(
        after.filter(({ html }) => html.includes('&lt;kwiz')).length,
        'it is shown as text',
      ).toBeGreaterThan(5);
    },
    journeyTimeout,
  );
});
