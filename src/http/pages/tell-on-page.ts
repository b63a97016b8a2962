import type { MiddlewareHandler } from 'hono';
import type { Env } from '../app-context.ts';
import { errorPage } from './page-route.ts';

const programs = /^\/(api|health|metrics|openapi|docs|demo|admin\/queues)(\/|\.|$)/;

/** Makes a page of the problem details that a request was answered with, for a person who looked for a page. */
export const tellOnPage: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  const isForPerson = c.req.header('Accept')?.includes('text/html') === true && !programs.test(c.req.path);
  if (!isForPerson || c.res.headers.get('Content-Type')?.includes('problem+json') !== true) return;
  const { title, detail } = (await c.res.clone().json()) as { title: string; detail: string };
  c.res = await errorPage(c, c.res.status, title, detail);
};
