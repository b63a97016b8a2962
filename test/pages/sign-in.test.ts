import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/http/create-app.ts';
import { serve } from '../../src/http/serve.ts';
import type { Hub } from '../../src/platform/hub.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, startBrowser } from '../support/browser.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';

const patience = { timeout: 20_000 };
let demo: TestHub;
let provider: TestProvider;
let listening: Awaited<ReturnType<typeof serve>>;
let url: string;

beforeAll(async () => {
  demo = await startTestHub();
  const hub: Hub = { ...demo.hub, config: { ...demo.hub.config, mode: 'production' } };
  const app = createApp({ hub, verifyToken: () => Promise.resolve({ kind: 'refused' }) });
  listening = await serve(app, { host: '127.0.0.1', port: 0, drainLimitMs: 2_000 });
  url = `http://127.0.0.1:${listening.port}`;
  provider = await startProvider({ id: 'prosecution-hub', redirectUri: `${url}/sign-in/callback` });
  Object.assign(hub.config, { oidcIssuer: provider.issuer, publicUrl: url });
});
afterAll(async () => {
  await listening.close();
  await provider.close();
  await demo.close();
});

describe.each(browsers)('with an identity provider, in %s', () => {
  test('a person asks for a page, signs in by OpenID Connect and comes back to it; somebody unknown does not get in', async () => {
    const browser = await startBrowser(url);
    const known = await browser.visit();
    provider.signInAs('cw-1');
    await known.page.goto('/cases');
    expect(await known.page.textContent('h1')).toBe('Sign in');
    expect(await known.faults()).toEqual([]);
    await known.page.click('main a:has-text("Sign in")');
    await expect.poll(() => known.page.url(), patience).toBe(`${url}/cases`);
    expect(await known.page.textContent('h1')).toBe('Cases');
    await known.page.click('text="Your account"');
    expect(await known.page.textContent('main')).toContain('This browser');
    expect(await known.faults()).toEqual([]);
    await known.page.click('button:has-text("Sign out everywhere")');
    expect(await known.page.textContent('h1')).toBe('You are signed out');
    expect(await known.faults()).toEqual([]);
    await known.page.click('text="Sign out of your force’s account too"');
    await expect.poll(() => known.page.url(), patience).toContain(`${provider.issuer}/session/end`);
    await known.close();

    const unknown = await browser.visit();
    provider.signInAs('nobody');
    await unknown.page.goto('/sign-in');
    await unknown.page.click('main a:has-text("Sign in")');
    await expect.poll(() => unknown.page.url(), patience).toContain(`${url}/sign-in/callback`);
    expect(await unknown.page.textContent('h1')).toBe('You are not known here');
    await unknown.page.goto('/queue');
    expect(await unknown.page.textContent('h1')).toBe('Sign in');
    await browser.close();
  });
});

test('a callback that this browser did not ask for, or with another state, signs nobody in', async () => {
  const callback = (Cookie: string) =>
    fetch(`${url}/sign-in/callback?code=stolen&state=other`, { redirect: 'manual', headers: { Cookie } });
  expect((await callback('')).status).toBe(400);
  const start = await fetch(`${url}/sign-in/start?from=//evil.example`, { redirect: 'manual' });
  expect(start.headers.get('Location')).toMatch(/code_challenge_method=S256/);
  const Cookie = (start.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  expect(decodeURIComponent(Cookie)).toContain('"from":"/"');
  const refused = await callback(Cookie);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('Set-Cookie')).not.toMatch(/hub_session=\w/);
});
