import { z } from 'zod';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import { findActiveStaff } from '../../staff/store.ts';
import type { Context, DemoParts, Routes } from '../app-context.ts';
import { isFromElsewhere } from '../authenticate.ts';
import { defineRoute, jsonAnswer, jsonBody } from '../define-route.ts';
import { homeOf } from '../pages/navigation.ts';
import { problem } from '../problem.ts';
import { openSession } from '../session-cookie.ts';

const nobody = invalidField('staffId', 'is nobody who works here');

const signInBody = z.strictObject({ staffId: z.string().min(1).max(64).meta({ example: 'cw-1' }) });

const tokensRoute = defineRoute({
  method: 'post',
  path: '/demo/tokens',
  access: 'anyone',
  tags: ['Demo'],
  summary: 'A token for one of the demo’s people, good for 12 hours',
  request: { body: jsonBody(signInBody) },
  responses: { 200: jsonAnswer('A signed JSON Web Token', z.strictObject({ token: z.string() })) },
});

const sessionRoute = defineRoute({
  method: 'post',
  path: '/demo/session',
  access: 'anyone',
  tags: ['Demo'],
  summary: 'Signs a browser in as one of the demo’s people, by a session with a cookie',
  request: {
    body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: signInBody } } },
  },
  responses: { 303: { description: 'Signed in: on to that person’s first page' } },
});

/** `POST /demo/tokens` and `POST /demo/session` */
export const demoTokens: Routes = (app, parts) => {
  const { issuer } = parts.demo as DemoParts;

  app.openapi(tokensRoute, async (c) => {
    const token = await tokenFor(c, issuer, c.req.valid('json').staffId);
    return isFailure(token) ? problem(c, token) : c.json({ token }, 200);
  });

  app.openapi(sessionRoute, async (c) => {
    if (isFromElsewhere(c))
      return problem(c, { kind: 'not-allowed', detail: 'A page of another site may not do this.' });
    const staff = await findActiveStaff(c.get('hub').db, c.req.valid('form').staffId);
    if (!staff) return problem(c, nobody);
    await openSession(c, staff.id);
    return c.redirect(homeOf(staff.role), 303);
  });
};

async function tokenFor(c: Context, issuer: DemoParts['issuer'], staffId: string): Promise<string | Failure> {
  const staff = await findActiveStaff(c.get('hub').db, staffId);
  return staff ? issuer.issue(staff.id) : nobody;
}
