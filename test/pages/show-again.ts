import type { TestBrowser, Visit } from '../support/browser.ts';
import type { TestHub } from '../support/app.ts';
import type { State } from './walk-site.ts';

/** Shows answers that were given before, by their own headers, without asking the hub for them again. */
export type ShowAgain = { show(state: State): Promise<void>; visit: Visit };

/** As a browser shows them at a desk that runs the hub's scripts. */
export async function showWithScripts(browser: TestBrowser, hub: TestHub): Promise<ShowAgain> {
  const visit = await browser.visit();
  const { page } = visit;
  let shown: State | undefined;
  const assets = new Map<string, Promise<{ body: string; type: string }>>();
  const assetOf = async (path: string) => {
    const { text: body, headers } = await hub.anyone.get(path);
    return { body, type: headers.get('Content-Type') ?? '' };
  };
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (shown !== undefined && route.request().isNavigationRequest()) {
      const { status, headers, html } = shown;
      const policy = headers.get('Content-Security-Policy') ?? '';
      const kept = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
      return route.fulfill({ status, headers: kept, body: html });
    }
    if (pathname === '/queue/live') return route.fulfill({ status: 204 });
    if (pathname === '/queue/news') return route.fulfill({ json: { count: 0 } });
    const asset = assets.get(pathname) ?? assetOf(pathname);
    assets.set(pathname, asset);
    const { body, type } = await asset;
    return route.fulfill({ body, contentType: type });
  });
  return {
    visit,
    show: async (state) => {
      shown = state;
      await page.goto(`${hub.url}${state.address}`);
    },
  };
}

/**
 * As a browser shows them on a phone that runs no scripts: what stands in the HTML is put into one document as it is, with its
 * style sheet, and nothing of it is run. axe-core, which is a script, can look at that.
 */
export async function showWithoutScripts(browser: TestBrowser, hub: TestHub): Promise<ShowAgain> {
  const visit = await browser.visit({ width: 360 });
  const { page } = visit;
  const { text } = await hub.anyone.get('/', { headers: { Accept: 'text/html' } });
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
  const frame = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Nothing yet</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="${style}"></head><body></body></html>`;
  await page.route(`${hub.url}/frame`, (route) => route.fulfill({ contentType: 'text/html', body: frame }));
  await page.goto('/frame');
  return {
    visit,
    show: async ({ html }) => {
      await page.evaluate(`((html) => {
        const given = new DOMParser().parseFromString(html, 'text/html');
        const copy = (from, to) => {
          for (const { name } of [...to.attributes]) to.removeAttribute(name);
          for (const { name, value } of from.attributes) to.setAttribute(name, value);
        };
        copy(given.documentElement, document.documentElement);
        copy(given.body, document.body);
        document.title = given.title;
        document.querySelector('link').disabled = given.querySelector('link[rel=stylesheet]') === null;
        for (const style of document.head.querySelectorAll('style')) style.remove();
        for (const style of given.head.querySelectorAll('style')) document.head.append(style.cloneNode(true));
        document.body.innerHTML = given.body.innerHTML;
        scrollTo(0, 0);
      })(${JSON.stringify(html)})`);
    },
  };
}
