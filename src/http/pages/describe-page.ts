import { z } from 'zod';
import type { Api } from '../app-context.ts';
import type { Access } from '../authenticate.ts';

/** Puts a page, or what a form of one does, into the OpenAPI document. */
export function describePage(
  app: Api,
  method: 'get' | 'post',
  path: string,
  access: Access,
  summary: string,
): void {
  app.openAPIRegistry.registerPath({
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    tags: ['Pages'],
    summary,
    ...{ 'x-roles': access === 'anyone' ? ['anyone'] : [...access] },
    responses:
      method === 'get'
        ? { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } }
        : { 303: { description: 'Done: on to the next page' } },
  });
}
