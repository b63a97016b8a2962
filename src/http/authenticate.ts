import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Failure } from '../platform/failure.ts';
import { isFailure } from '../platform/failure.ts';
import { roleClaimed } from '../staff/claimed-role.ts';
import { findSession, type InSession } from '../staff/sessions.ts';
import { findActiveStaff } from '../staff/store.ts';
import type { Context, Env, Staff, StaffRole } from './app-context.ts';
import { problem } from './problem.ts';
import { sessionSecret } from './session-cookie.ts';

/** Who may call a route: people of these roles, or anyone without a token. Every route says it. */
export type Access = readonly StaffRole[] | 'anyone';

/** Anyone who is signed in. */
export const everyRole: readonly StaffRole[] = ['caseworker', 'senior', 'administrator', 'auditor', 'feed'];

const declaredAccess = new WeakMap<object, Access>();

/** Lets through people of these roles, and nobody else. */
export function allow(...roles: StaffRole[]): MiddlewareHandler<Env> {
  return allowOr(problem, roles);
}

/** `allow` for a page, which tells of a refusal in its own way. */
export function allowOr(
  refuse: (c: Context, failure: Failure) => Response | Promise<Response>,
  roles: readonly StaffRole[],
  authenticated: (c: Context) => Promise<Staff | Failure> = authenticate,
): MiddlewareHandler<Env> {
  const middleware: MiddlewareHandler<Env> = async (c, next) => {
    const staff = await authenticated(c);
    if (isFailure(staff)) return refuse(c, staff);
    // A refusal is told to somebody: a page offers them what they may do.
    c.set('staff', staff);
    if (!roles.includes(staff.role))
      return refuse(c, { kind: 'not-allowed', detail: `This is not for the role ${staff.role}.` });
    return next();
  };
  declaredAccess.set(middleware, roles);
  return middleware;
}

/** `allow` for what pages ask by themselves: it does not count as using the hub, so it keeps no session alive. */
export function allowQuietly(roles: readonly StaffRole[]): MiddlewareHandler<Env> {
  return allowOr(problem, roles, authenticateQuietly);
}

/** Says that a route is for anyone, signed in or not. */
export function allowAnyone(): MiddlewareHandler<Env> {
  const middleware: MiddlewareHandler<Env> = (_c, next) => next();
  declaredAccess.set(middleware, 'anyone');
  return middleware;
}

/** Who may call what a handler guards; undefined for a handler that says nothing of it. */
export function accessOf(handler: object): Access | undefined {
  return declaredAccess.get(handler);
}

/** Default deny: a route that does not say who may call it cannot be called. */
export const denyUndeclared: MiddlewareHandler<Env> = async (c, next) => {
  const matched = matchedRoutes(c);
  const isRoute = matched.some(({ method }) => method !== 'ALL');
  if (isRoute && !matched.some(({ handler }) => accessOf(handler) !== undefined)) {
    c.get('hub').logger.error({ route: matched.at(-1)?.path }, 'a route does not say who may call it');
    return problem(c, { kind: 'not-allowed', detail: 'Nobody may call this.' });
  }
  return next();
};

/** The person who is signed in, on a route with roles. Throws elsewhere: a bug. */
export function staffOf(c: Context): Staff {
  const staff = c.get('staff') as Staff | undefined;
  if (!staff) throw new Error('the route has nobody signed in');
  return staff;
}

const signInFirst: Failure = {
  kind: 'unauthenticated',
  detail: 'Send a valid token as Authorization: Bearer.',
};

/**
 * Who sent the request: by the bearer header or the session's cookie, from the row of staff as it is now. Their role is
 * that of the token's or the sign-in's claims where roles come from claims.
 */
export function authenticate(c: Context): Promise<Staff | Failure> {
  return identify(c, usually);
}

/** `authenticate`, without counting as using the hub. */
export function authenticateQuietly(c: Context): Promise<Staff | Failure> {
  return identify(c, quietly);
}

/** How somebody is found: by the secret of their session, or by the id that their token names. */
export type Lookup = {
  bySession(c: Context, secret: string): Promise<InSession | null>;
  byId(c: Context, id: string): Promise<Staff | null>;
};
const usually: Lookup = {
  bySession: (c, secret) => findSession(c.get('hub').db, secret),
  byId: (c, id) => findActiveStaff(c.get('hub').db, id),
};
const quietly: Lookup = {
  ...usually,
  bySession: (c, secret) => findSession(c.get('hub').db, secret, { isActivity: false }),
};

/** Who sent what the server is answering now, and by what: a page asks the interface as the same person. */
const identified = new WeakMap<object, { by: string; staff: Staff }>();

/** `authenticate`, finding them in another way. */
export async function identify(c: Context, lookup: Lookup): Promise<Staff | Failure> {
  const incoming = (c.env as { incoming?: object } | undefined)?.incoming;
  const by = JSON.stringify([c.req.header('Authorization'), c.req.header('Cookie')]);
  const known = incoming && identified.get(incoming);
  if (known?.by === by && !isFromElsewhere(c)) return known.staff;
  const staff = await look(c, lookup);
  if (incoming && !isFailure(staff)) identified.set(incoming, { by, staff });
  return staff;
}

async function look(c: Context, lookup: Lookup): Promise<Staff | Failure> {
  const header = c.req.header('Authorization');
  if (header !== undefined) return authenticateToken(c, header, lookup);
  const secret = sessionSecret(c);
  if (secret === undefined || secret.length > longestSecret) return signInFirst;
  if (isFromElsewhere(c)) return { kind: 'not-allowed', detail: 'A page of another site may not do this.' };
  const found = await lookup.bySession(c, secret);
  // Roles that come from claims come with a sign-in: one whose claims give none any more is over.
  return (found && inRole(c, found.person, found.claimed)) ?? signInFirst;
}

/** Somebody in the role that is claimed for them, where roles come from claims; null where that is none. */
export function inRole(
  c: Context,
  person: Staff,
  claimed: readonly string[] | null | undefined,
): Staff | null {
  const { oidcRoles } = c.get('hub').config;
  if (oidcRoles === undefined) return person;
  const role = roleClaimed(oidcRoles, claimed ?? []);
  return role === null ? null : { ...person, role };
}

const longestSecret = 100;

async function authenticateToken(c: Context, header: string, lookup: Lookup): Promise<Staff | Failure> {
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(header)?.[1];
  if (token === undefined) return signInFirst;
  const verified = await c.get('verifyToken')(token);
  if (verified.kind === 'refused') return signInFirst;
  if (verified.kind === 'unavailable') {
    c.get('hub').logger.warn(
      { requestId: c.get('requestId'), why: verified.why },
      'a token could not be checked',
    );
    return { kind: 'unavailable', detail: 'Tokens cannot be checked at the moment.' };
  }
  const person = await lookup.byId(c, verified.staffId);
  if (!person) return signInFirst;
  return (
    inRole(c, person, verified.claimed) ?? {
      kind: 'not-allowed',
      detail: 'The token claims no role that is known here.',
    }
  );
}

/** Browsers send a cookie along by themselves, so a change that comes with one must come from a page of the hub. */
export function isFromElsewhere(c: Context): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return false;
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = c.req.header('Origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('Host');
}
