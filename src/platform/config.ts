import { isIP } from 'node:net';
import { z } from 'zod';
import { isIn, isNetwork, loopback, readNetworks } from './networks.ts';
import { rolesVariable, type RolesFromClaims } from './roles-from-claims.ts';

/** What the environment says, checked. Times are in seconds; an absent optional value is undefined. */
export type Config = {
  /** 'demo' runs embedded Postgres, on loopback only; 'production' uses DATABASE_URL. */
  mode: 'demo' | 'production';
  /** 0 asks the system for any free port. */
  port: number;
  host: string;
  /** As given; a relative path counts from the working folder. */
  dataDir: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  smtpUrl: string | undefined;
  oidcIssuer: string | undefined;
  oidcAudience: string;
  /** The hub as the identity provider knows it, for the sign-in of the pages. */
  oidcClientId: string;
  oidcClientSecret: string | undefined;
  /** What the pages' sign-in asks for, with spaces between. */
  oidcScope: string;
  /** Undefined where the hub's own list of staff says who has which role. */
  oidcRoles: RolesFromClaims | undefined;
  /** Who is added where no administrator works here: their `sub` at the identity provider, and where they get mail. */
  firstAdministrator: { id: string; email: string } | undefined;
  /** The base of absolute links, without a slash at the end; until the port is known, see `withBoundPort`. */
  publicUrl: string;
  /** Whether PUBLIC_URL was given rather than made from host and port. */
  publicUrlIsGiven: boolean;
  messageFrom: string;
  /** E-mail goes by GOV.UK Notify where there is a key, by SMTP otherwise. */
  notify: { url: string; apiKey: string; emailTemplate: string; smsTemplate?: string } | undefined;
  /** The incoming webhook of Microsoft Teams of each team that has one: secrets. */
  teamsWebhooks: { crime?: string; traffic?: string };
  /** Networks of one's own to which webhooks may go. */
  webhookNetworks: string[];
  /** What providers of e-mail say to have their reports taken; without one no report is taken. */
  receiptTokens: { notify: string | undefined; email: string | undefined };
  /** How many messages each provider is sent in a minute, by all workers together. */
  messagesPerMinute: { smtp: number; notify: number; teams: number };
  /** Where the courts' messages are delivered as files; watched where it is set. */
  courtResultsFolder: string | undefined;
  /** The key that signs officers' links; always there in production. */
  linkSecret: string | undefined;
  logLevel: (typeof logLevels)[number];
  /** Connections in the database pool. */
  dbPool: number;
  /** Jobs that a worker runs at once. */
  workerConcurrency: number;
  sweepSeconds: number;
  armSeconds: number;
};

/** The outcome of reading the environment: everything, or everything that is wrong with it. */
export type ConfigResult = { kind: 'ok'; config: Config } | { kind: 'invalid'; problems: string[] };

/** The environment, as `process.env` holds it. */
export type Environment = Record<string, string | undefined>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const shortestSecret = 32;

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message);
}

function urlOf(...schemes: string[]) {
  const isUrl = (text: string) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1));
  return z
    .string()
    .refine(isUrl, `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
}

const baseUrl = urlOf('http', 'https')
  .refine((text) => !/[?#]/.test(text), 'must have no query and no fragment')
  .transform((text) => text.replace(/\/+$/, ''));

const secret = z.string().min(shortestSecret, `must have at least ${shortestSecret} characters`);

const variables = z
  .object({
    PORT: wholeNumber(0, 65_535).prefault('3000'),
    HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string().default('./.data'),
    DATABASE_URL: urlOf('postgres', 'postgresql').optional(),
    REDIS_URL: urlOf('redis', 'rediss').optional(),
    SMTP_URL: urlOf('smtp', 'smtps').optional(),
    OIDC_ISSUER: urlOf('https', 'http').optional(),
    OIDC_AUDIENCE: z.string().default('prosecution-hub'),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_SCOPE: z
      .string()
      .default('openid')
      .refine((text) => text.split(' ').includes('openid'), 'must name openid among its scopes'),
    OIDC_ROLES_CLAIM: z.string().optional(),
    OIDC_ROLES: rolesVariable.optional(),
    FIRST_ADMINISTRATOR: z
      .string()
      .regex(
        /^[A-Za-z0-9][\w.@|-]{0,39} [^\s@]+@[^\s@]+$/,
        'must be a sub and an e-mail address, with a space between',
      )
      .transform((text) => {
        const [id = '', email = ''] = text.split(' ');
        return { id, email };
      })
      .optional(),
    PUBLIC_URL: baseUrl.optional(),
    MESSAGE_FROM: z.email('must be an email address').default('hub@prosecution-hub.invalid'),
    SMTP_PER_MINUTE: wholeNumber(1, 1_000_000).prefault('3000'),
    NOTIFY_API_KEY: z
      .string()
      .regex(/[0-9a-f-]{36}-[0-9a-f-]{36}$/, 'must be an API key of GOV.UK Notify')
      .optional(),
    NOTIFY_EMAIL_TEMPLATE: z.uuid('must be the id of a template of GOV.UK Notify').optional(),
    NOTIFY_SMS_TEMPLATE: z.uuid('must be the id of a template of GOV.UK Notify').optional(),
    NOTIFY_URL: baseUrl.default('https://api.notifications.service.gov.uk'),
    NOTIFY_PER_MINUTE: wholeNumber(1, 1_000_000).prefault('3000'),
    NOTIFY_RECEIPT_TOKEN: secret.optional(),
    EMAIL_RECEIPT_TOKEN: secret.optional(),
    TEAMS_WEBHOOK_CRIME: urlOf('https', 'http').optional(),
    TEAMS_WEBHOOK_TRAFFIC: urlOf('https', 'http').optional(),
    TEAMS_PER_MINUTE: wholeNumber(1, 1_000_000).prefault('60'),
    WEBHOOK_NETWORKS: z
      .string()
      .default('')
      .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ''))
      .refine((all) => all.every(isNetwork), 'must be networks such as 10.20.0.0/16, with commas between'),
    COURT_RESULTS_FOLDER: z.string().optional(),
    LINK_SECRET: secret.optional(),
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
    DB_POOL: wholeNumber(1, 1_000).prefault('10'),
    WORKER_CONCURRENCY: wholeNumber(1, 1_000).prefault('4'),
    SWEEP_SECONDS: wholeNumber(1, 3_600).prefault('15'),
    ARM_SECONDS: wholeNumber(1, 3_600).prefault('60'),
  })
  .loose();

/**
 * Reads the configuration, naming every problem at once. No problem repeats a value, which may be a secret.
 * A variable set to the empty string counts as absent.
 */
export function readConfig(environment: Environment): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const mode = given['DATABASE_URL'] === undefined ? 'demo' : 'production';
  const parsed = variables.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...(mode === 'demo' ? problemsOfDemo(given) : problemsOfProduction(given)),
    ...problemsOfNotify(given),
    ...problemsOfRoles(given),
  ];
  if (!parsed.success || problems.length > 0) return { kind: 'invalid', problems: [...new Set(problems)] };
  const value = parsed.data;
  const config: Config = {
    mode,
    port: value.PORT,
    host: value.HOST,
    dataDir: value.DATA_DIR,
    databaseUrl: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    smtpUrl: value.SMTP_URL,
    oidcIssuer: value.OIDC_ISSUER,
    oidcAudience: value.OIDC_AUDIENCE,
    oidcClientId: value.OIDC_CLIENT_ID ?? value.OIDC_AUDIENCE,
    oidcClientSecret: value.OIDC_CLIENT_SECRET,
    oidcScope: value.OIDC_SCOPE,
    oidcRoles:
      value.OIDC_ROLES_CLAIM === undefined || value.OIDC_ROLES === undefined
        ? undefined
        : { claim: value.OIDC_ROLES_CLAIM, roles: value.OIDC_ROLES },
    firstAdministrator: value.FIRST_ADMINISTRATOR,
    publicUrl: value.PUBLIC_URL ?? urlAt(value.HOST, value.PORT),
    publicUrlIsGiven: value.PUBLIC_URL !== undefined,
    messageFrom: value.MESSAGE_FROM,
    notify:
      value.NOTIFY_API_KEY === undefined || value.NOTIFY_EMAIL_TEMPLATE === undefined
        ? undefined
        : {
            url: value.NOTIFY_URL,
            apiKey: value.NOTIFY_API_KEY,
            emailTemplate: value.NOTIFY_EMAIL_TEMPLATE,
            ...(value.NOTIFY_SMS_TEMPLATE === undefined ? {} : { smsTemplate: value.NOTIFY_SMS_TEMPLATE }),
          },
    teamsWebhooks: {
      ...(value.TEAMS_WEBHOOK_CRIME === undefined ? {} : { crime: value.TEAMS_WEBHOOK_CRIME }),
      ...(value.TEAMS_WEBHOOK_TRAFFIC === undefined ? {} : { traffic: value.TEAMS_WEBHOOK_TRAFFIC }),
    },
    webhookNetworks: value.WEBHOOK_NETWORKS,
    receiptTokens: { notify: value.NOTIFY_RECEIPT_TOKEN, email: value.EMAIL_RECEIPT_TOKEN },
    messagesPerMinute: {
      smtp: value.SMTP_PER_MINUTE,
      notify: value.NOTIFY_PER_MINUTE,
      teams: value.TEAMS_PER_MINUTE,
    },
    courtResultsFolder: value.COURT_RESULTS_FOLDER,
    linkSecret: value.LINK_SECRET,
    logLevel: value.LOG_LEVEL,
    dbPool: value.DB_POOL,
    workerConcurrency: value.WORKER_CONCURRENCY,
    sweepSeconds: value.SWEEP_SECONDS,
    armSeconds: value.ARM_SECONDS,
  };
  return { kind: 'ok', config };
}

/** The configuration once the server listens: with PORT=0 only then are the port and the links' base known. */
export function withBoundPort(config: Config, port: number): Config {
  return {
    ...config,
    port,
    publicUrl: config.publicUrlIsGiven ? config.publicUrl : urlAt(config.host, port),
  };
}

function urlAt(host: string, port: number): string {
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function problemsOfDemo(given: Environment): string[] {
  const host = given['HOST'];
  return host === undefined || isLoopback(host)
    ? []
    : [
        'HOST must be a loopback address (127.0.0.1, ::1 or localhost): without DATABASE_URL this is the demo',
      ];
}

/** A key without a template would quietly send by SMTP. */
function problemsOfNotify(given: Environment): string[] {
  const pair = ['NOTIFY_API_KEY', 'NOTIFY_EMAIL_TEMPLATE'];
  const missing = pair.filter((name) => given[name] === undefined);
  if (missing.length === 2 && given['NOTIFY_SMS_TEMPLATE'] !== undefined)
    return [`NOTIFY_SMS_TEMPLATE needs ${pair.join(' and ')}`];
  return missing.length === 1 ? missing.map((name) => `${name} is needed for GOV.UK Notify: set both`) : [];
}

/** One without the other would quietly leave the roles to the list of staff; the demo's own tokens claim none. */
function problemsOfRoles(given: Environment): string[] {
  const there = ['OIDC_ROLES_CLAIM', 'OIDC_ROLES'].filter((name) => given[name] !== undefined);
  if (there.length === 1)
    return [`${there.join()} is set alone: roles from claims need OIDC_ROLES_CLAIM and OIDC_ROLES`];
  const isDemo = given['DATABASE_URL'] === undefined;
  return there.map((name) => `${name} is for production`).filter(() => isDemo);
}

function problemsOfProduction(given: Environment): string[] {
  const wayOut = given['NOTIFY_API_KEY'] === undefined ? ['SMTP_URL'] : [];
  const missing = ['OIDC_ISSUER', 'LINK_SECRET', 'PUBLIC_URL', ...wayOut].filter(
    (name) => given[name] === undefined,
  );
  const demoVariables = Object.keys(given).filter(
    (name) => /^DEMO(_|$)/.test(name) && !/^(0|false|no|off)$/i.test(given[name] ?? ''),
  );
  return [
    ...missing.map((name) => `${name} is required in production (DATABASE_URL is set)`),
    ...demoVariables.map(
      (name) => `${name} is refused in production: demo features never run beside DATABASE_URL`,
    ),
  ];
}

const loopbackList = readNetworks(loopback);

function isLoopback(host: string): boolean {
  return isIP(host) === 0 ? host.toLowerCase() === 'localhost' : isIn(loopbackList, host);
}
