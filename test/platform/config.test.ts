import { expect, test } from 'vitest';
import { readConfig, withBoundPort, type Config, type Environment } from '../../src/platform/config.ts';

const secret = 'x'.repeat(32);
const production = {
  DATABASE_URL: 'postgres://hub@db.example/hub',
  OIDC_ISSUER: 'https://sso.example',
  LINK_SECRET: secret,
  PUBLIC_URL: 'https://hub.example',
  SMTP_URL: 'smtp://mail.example',
};

function accepted(environment: Environment): Config {
  const result = readConfig(environment);
  if (result.kind === 'invalid') throw new Error(result.problems.join('; '));
  return result.config;
}

function problems(environment: Environment): string[] {
  const result = readConfig(environment);
  return result.kind === 'invalid' ? result.problems : [];
}

test('an empty environment is the demo on loopback, with every default', () => {
  expect(accepted({})).toEqual({
    mode: 'demo',
    port: 3000,
    host: '127.0.0.1',
    dataDir: './.data',
    oidcAudience: 'prosecution-hub',
    oidcClientId: 'prosecution-hub',
    oidcScope: 'openid',
    publicUrl: 'http://127.0.0.1:3000',
    publicUrlIsGiven: false,
    messageFrom: 'hub@prosecution-hub.invalid',
    logLevel: 'info',
    dbPool: 10,
    workerConcurrency: 4,
    sweepSeconds: 15,
    armSeconds: 60,
    teamsWebhooks: {},
    webhookNetworks: [],
    receiptTokens: {},
    messagesPerMinute: { smtp: 3_000, notify: 3_000, teams: 60 },
  });
});

test('empty and blank variables count as absent', () => {
  expect(accepted({ DATABASE_URL: '', PORT: ' ', LINK_SECRET: '' })).toEqual(accepted({}));
});

test('a complete production environment is accepted as it is', () => {
  const config = accepted({
    ...production,
    HOST: '0.0.0.0',
    PORT: '8080',
    REDIS_URL: 'rediss://r',
    DB_POOL: '20',
  });
  expect(config).toMatchObject({
    mode: 'production',
    host: '0.0.0.0',
    port: 8080,
    redisUrl: 'rediss://r',
    dbPool: 20,
    oidcIssuer: 'https://sso.example',
    linkSecret: secret,
  });
});

test('every problem is reported at once, by the name of its variable', () => {
  const named = problems({
    PORT: '65536',
    HOST: '0.0.0.0',
    REDIS_URL: 'http://redis',
    SMTP_URL: 'mail',
    PUBLIC_URL: 'https://hub.example/?a=b',
    MESSAGE_FROM: 'nobody',
    LINK_SECRET: 'short',
    LOG_LEVEL: 'loud',
    SWEEP_SECONDS: '0',
    ARM_SECONDS: '1.5',
  }).map((problem) => problem.split(' ')[0]);
  expect(named.sort()).toEqual(
    [
      ...['ARM_SECONDS', 'HOST', 'LINK_SECRET', 'LOG_LEVEL', 'MESSAGE_FROM'],
      ...['PORT', 'PUBLIC_URL', 'REDIS_URL', 'SMTP_URL', 'SWEEP_SECONDS'],
    ].sort(),
  );
});

test('no problem repeats a value, which may be a secret', () => {
  const environment = { DATABASE_URL: 'mysql://hub:hunter2@db', LINK_SECRET: 'hunter2', PORT: 'hunter2' };
  expect(problems(environment).join()).not.toContain('hunter2');
});

test.each(['127.0.0.1', '127.255.0.9', '::1', 'localhost'])('the demo may listen on %s', (HOST) => {
  expect(accepted({ HOST }).host).toBe(HOST);
});

test.each(['0.0.0.0', '::', '192.168.1.4', 'hub.example', '128.0.0.1'])(
  'the demo may not listen on %s',
  (HOST) => {
    expect(problems({ HOST })).toEqual([expect.stringMatching(/^HOST .*loopback/)]);
  },
);

test('production needs an issuer of tokens, a key and a base for links, and a way out for messages', () => {
  expect(problems({ DATABASE_URL: production.DATABASE_URL })).toEqual([
    expect.stringMatching(/^OIDC_ISSUER is required/),
    expect.stringMatching(/^LINK_SECRET is required/),
    expect.stringMatching(/^PUBLIC_URL is required/),
    expect.stringMatching(/^SMTP_URL is required/),
  ]);
});

const notifyPair = {
  NOTIFY_API_KEY: 'hub-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0',
  NOTIFY_EMAIL_TEMPLATE: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
};

test('GOV.UK Notify needs its key and its template, and stands in for a mail server', () => {
  const { SMTP_URL: _smtp, ...withoutMail } = production;
  expect(accepted({ ...withoutMail, ...notifyPair }).notify).toEqual({
    url: 'https://api.notifications.service.gov.uk',
    apiKey: notifyPair.NOTIFY_API_KEY,
    emailTemplate: notifyPair.NOTIFY_EMAIL_TEMPLATE,
  });
  for (const name of ['NOTIFY_API_KEY', 'NOTIFY_EMAIL_TEMPLATE'] as const)
    expect(problems({ ...production, [name]: notifyPair[name] })).toEqual([
      expect.stringMatching(/ is needed for GOV\.UK Notify/),
    ]);
  expect(problems({ ...production, ...notifyPair, NOTIFY_API_KEY: 'hunter2' })).toEqual([
    expect.stringMatching(/^NOTIFY_API_KEY must be/),
  ]);
});

test('production refuses to boot with demo features asked for, and the demo does not mind', () => {
  expect(problems({ ...production, DEMO: '1' })).toEqual([expect.stringMatching(/^DEMO is refused/)]);
  expect(problems({ ...production, DEMO_TOKENS: 'yes' })).toEqual([
    expect.stringMatching(/^DEMO_TOKENS is refused/),
  ]);
  expect(problems({ ...production, DEMO: '0' })).toEqual([]);
  expect(problems({ DEMO: '1' })).toEqual([]);
});

test('links follow the port that the system chose, unless their base was given', () => {
  expect(withBoundPort(accepted({ PORT: '0', HOST: '::1' }), 4567).publicUrl).toBe('http://[::1]:4567');
  const given = accepted({ PORT: '0', PUBLIC_URL: 'https://hub.example/path/' });
  expect(withBoundPort(given, 4567)).toMatchObject({ port: 4567, publicUrl: 'https://hub.example/path' });
});

const rolesFromClaims = {
  OIDC_ROLES_CLAIM: 'groups',
  OIDC_ROLES: '{"senior":["hub-seniors"],"caseworker":["hub-caseworkers","hub-new"]}',
};

test('roles from claims are a claim and a mapping, in the order in which the mapping is written', () => {
  expect(accepted({ ...production, ...rolesFromClaims }).oidcRoles).toEqual({
    claim: 'groups',
    roles: [
      { role: 'senior', values: ['hub-seniors'] },
      { role: 'caseworker', values: ['hub-caseworkers', 'hub-new'] },
    ],
  });
});

test.each([
  ['no mapping', { OIDC_ROLES: undefined }, /^OIDC_ROLES_CLAIM is set alone/],
  ['no claim', { OIDC_ROLES_CLAIM: undefined }, /^OIDC_ROLES is set alone/],
  ['no JSON', { OIDC_ROLES: 'hub-seniors=senior' }, /^OIDC_ROLES must be JSON/],
  ['a role that is none', { OIDC_ROLES: '{"owner":["x"]}' }, /^OIDC_ROLES must be JSON/],
  ['no value', { OIDC_ROLES: '{"senior":[]}' }, /^OIDC_ROLES must be JSON/],
  ['no role', { OIDC_ROLES: '{}' }, /^OIDC_ROLES must be JSON/],
  [
    'a value of two roles',
    { OIDC_ROLES: '{"senior":["x"],"auditor":["x"]}' },
    /^OIDC_ROLES gives a value twice/,
  ],
  ['a scope that signs nobody in', { OIDC_SCOPE: 'groups' }, /^OIDC_SCOPE must name openid/],
])('roles from claims with %s are refused', (_what, over, problem) => {
  expect(problems({ ...production, ...rolesFromClaims, ...over })).toEqual([expect.stringMatching(problem)]);
});

test('the demo, whose tokens claim nothing, takes no roles from claims', () => {
  expect(problems(rolesFromClaims)).toHaveLength(2);
});

test('the first administrator is named by their sub and an address', () => {
  const named = accepted({ ...production, FIRST_ADMINISTRATOR: 'ab|12 somebody@force.example' });
  expect(named.firstAdministrator).toEqual({ id: 'ab|12', email: 'somebody@force.example' });
  expect(problems({ ...production, FIRST_ADMINISTRATOR: 'somebody@force.example' })).toEqual([
    expect.stringMatching(/^FIRST_ADMINISTRATOR must be a sub and an e-mail address/),
  ]);
});
