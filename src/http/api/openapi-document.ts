import { z } from 'zod';
import type { Routes } from '../app-context.ts';
import { sessionCookie } from '../session-cookie.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';

const route = defineRoute({
  method: 'get',
  path: '/openapi.json',
  access: 'anyone',
  tags: ['Operations'],
  summary: 'This description, in OpenAPI 3.1',
  responses: { 200: jsonAnswer('An OpenAPI document', z.looseObject({ openapi: z.string() })) },
});

const about = [
  'Deadlines, tasks and chasing for police Prosecution Hubs in England and Wales.',
  'Civil dates are days in London; instants are ISO 8601 with an offset.',
  'Errors are problem details (RFC 9457), whose `instance` is the id of the request.',
  'Whatever makes or sends something takes an Idempotency-Key; whatever changes a version needs If-Match.',
].join('\n\n');

/** `GET /openapi.json`, made once from the schemas that check requests, when every route is known. */
export const openapiDocument: Routes = (app) => {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: `A token of the force’s identity provider; in the demo from POST /demo/tokens. Pages send the cookie of a session instead, ${sessionCookie}.`,
  });
  let document: string | undefined;
  app.openapi(route, (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Prosecution Hub', version: '0.1.0', description: about, license: { name: 'MIT' } },
        servers: [{ url: '/' }],
      }),
    );
    return c.body(document, 200, { 'Content-Type': 'application/json' });
  });
};
