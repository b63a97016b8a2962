import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { arrived, open, startStage, type Stage } from '../webhooks/stage.ts';
import { plainBrowser } from './plain-browser.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(async () => {
  await stage.clear();
  await stage.close();
});

const list = '/admin/webhooks';

test('a system is told from the pages: made with a secret that is shown once, tested, paused, sent again, changed, taken away', async () => {
  const page = await plainBrowser(stage.hub, 'admin-1');
  expect((await page.open('/admin')).html).toContain(`href="${list}"`);
  expect((await page.open(list)).text).toContain('No system is told yet');
  await page.open(`${list}/new`);
  const refused = await page.send(`${list}/new`, { description: 'Record <system>', url: 'https://' });
  expect([refused.status, refused.title]).toEqual([
    422,
    expect.stringMatching(/^Error: Tell another system/),
  ]);
  expect(refused.html).toContain('Record &lt;system&gt;');
  expect(refused.html).toContain('href="#tells-case-created"');
  const receiver = await stage.receiver();
  receiver.answer({ status: 500 });
  const made = await page.send(`${list}/new`, { url: receiver.url, 'tells-case-created': 'true' });
  const secret = /whsec_[\w+/=]+/.exec(made.text)?.[0] ?? '';
  expect(secret).not.toBe('');
  expect(made.url).toMatch(/^\/admin\/webhooks\/[\w-]{36}$/);
  const href = made.url;
  const again = await page.open(href);
  expect(again.text).not.toContain('whsec_');
  expect(again.text).toContain('A case is created');

  expect((await page.send(`${href}/ping`)).text).toContain('A test is on its way');
  const [first] = await arrived(receiver, 1);
  expect(first && open({ secret }, first).type).toBe('ping');
  const failed = await waitFor('the test to be given up', async () => {
    const shown = await page.open(`${href}?state=failed`);
    return shown.text.includes('A test Given up') && shown;
  });
  expect(failed.text).toContain('HTTP 500');
  receiver.answer({ status: 204 });
  const retry =
    /action="(\/admin\/webhooks\/[\w-]+\/deliveries\/[\w-]+\/retry)"/.exec(failed.html)?.[1] ?? '';
  expect((await page.send(retry)).text).toContain('It is sent again');
  await waitFor('it to arrive', async () =>
    (await page.open(`${href}?state=delivered`)).text.includes('A test Delivered'),
  );

  expect((await page.send(`${href}/pause`)).text).toMatch(/It is paused.*Paused/);
  expect((await page.send(`${href}/pause`)).text).toMatch(/It goes on.*Told/);
  const renewed = await page.send(`${href}/secret`);
  expect(renewed.text).toContain('whsec_');
  expect(renewed.text).not.toContain(secret);

  const form = await page.open(`${href}/change`);
  expect(form.html).toContain('value="Record &lt;system&gt;"');
  const saved = await page.send(`${href}/change`, {
    'tells-deadline-moved': 'true',
    restrictedCases: 'true',
  });
  expect(saved.text).toMatch(/It is saved.*A case is created; A deadline moves/);
  expect(saved.text).toContain('Told of too');
  await page.open(`${href}/remove`);
  expect((await page.send(`${href}/remove`)).text).toMatch(/It is taken away.*No system is told yet/);
});

test('a form that was overtaken by another administrator says so, keeps what was typed, and can be sent again', async () => {
  const receiver = await stage.receiver();
  const made = await stage.make(receiver);
  const page = await plainBrowser(stage.hub, 'admin-1');
  const href = `${list}/${made.id}`;
  await page.open(`${href}/change`);
  await stage.change(made, { paused: true });
  const stale = await page.send(`${href}/change`, { description: 'Mine' });
  expect([stale.status, stale.title]).toEqual([412, expect.stringMatching(/^Error: /)]);
  expect(stale.html).toContain('value="Mine"');
  expect((await page.send(`${href}/change`)).text).toMatch(/Mine.*Paused/);
});

test('nobody but administrators sees them', async () => {
  const page = await plainBrowser(stage.hub, 'sr-1');
  for (const path of ['', '/new']) expect((await page.open(`${list}${path}`)).status).toBe(403);
});
