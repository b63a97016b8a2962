import { z } from 'zod';

/** `?q=`: what someone typed; nothing typed finds nothing. */
export function searchField(example: string) {
  return z.string().trim().max(200).default('').meta({ example });
}
