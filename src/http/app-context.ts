import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Queue } from 'bullmq';
import type { Context as HonoContext } from 'hono';
import type { Registry } from 'prom-client';
import type { StaffRole } from '../../db/schema/people.ts';
import type { Failure } from '../platform/failure.ts';
import type { Hub } from '../platform/hub.ts';
import type { Instant } from '../platform/clock.ts';
import type { DemoIssuer } from '../staff/demo-issuer.ts';
import type { Staff } from '../staff/store.ts';
import type { TokenVerifier } from '../staff/tokens.ts';
import type { PullerRow } from '../tasks/puller.ts';

export type { Staff, StaffRole };

/** What a request carries from the middleware to its handler. */
export type Env = {
  Bindings: {
    /** Aborted when the server takes no new requests, so that what would never end ends. */
    closing?: AbortSignal;
  };
  Variables: {
    hub: Hub;
    verifyToken: TokenVerifier;
    requestId: string;
    /** Only on routes that are not for anyone: read it with `staffOf`. */
    staff: Staff;
    /** Where they asked for their own work: what giving work to them goes by. */
    asksForWork: { id: string; row: PullerRow } | undefined;
    /** The pattern of the route, such as `/api/cases/:urn`: what logs and metrics may name. */
    routeName: string;
  };
};

export type Context = HonoContext<Env>;
export type Api = OpenAPIHono<Env>;

/** A module of routes: it adds its own to the application. */
export type Routes = (app: Api, parts: AppParts) => void;

/**
 * Moves the hub's clock to a later instant, carrying out on the way all that falls due, in order of time. Answers when
 * that is done, with the new time.
 */
export type MoveClock = (to: Instant) => Promise<{ now: Instant } | Failure>;

/** What only the demo has. */
export type DemoParts = { issuer: DemoIssuer; moveClock: MoveClock };

/** What the application is built from. */
export type AppParts = {
  hub: Hub;
  verifyToken: TokenVerifier;
  /** Only where `hub.config.mode` is 'demo'. */
  demo?: DemoParts;
  /** The queues that an administrator may look into. */
  queues?: readonly Queue[];
  /** Where the figures of `/metrics` are kept; the registry of the process where none is handed in. */
  metrics?: Registry;
  /** Whether Redis answers, where there is one. */
  isRedisUp?: () => Promise<boolean>;
  /** Further modules of routes, after the application's own. */
  extra?: readonly Routes[];
};
