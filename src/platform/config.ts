import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

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
  /** The base of absolute links, without a slash at the end; until the port is known, see `withBoundPort`. */
  publicUrl: string;
  /** Whether PUBLIC_URL was given rather than made from host and port. */
  publicUrlIsGiven: boolean;
  messageFrom: string;
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
    PUBLIC_URL: baseUrl.optional(),
    MESSAGE_FROM: z.email('must be an email address').default('hub@prosecution-hub.invalid'),
    LINK_SECRET: z.string().min(shortestSecret, `must have at least ${shortestSecret} characters`).optional(),
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
    publicUrl: value.PUBLIC_URL ?? urlAt(value.HOST, value.PORT),
    publicUrlIsGiven: value.PUBLIC_URL !== undefined,
    messageFrom: value.MESSAGE_FROM,
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

function problemsOfProduction(given: Environment): string[] {
  const missing = ['OIDC_ISSUER', 'LINK_SECRET', 'PUBLIC_URL', 'SMTP_URL'].filter(
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

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0
    ? host.toLowerCase() === 'localhost'
    : loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
