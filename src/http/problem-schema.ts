import { z } from 'zod';
import { failureKinds } from '../platform/failure.ts';

/** Problem details of RFC 9457, as every error of the hub is told. */
export const problemSchema = z
  .strictObject({
    type: z
      .string()
      .meta({ description: `urn:prosecution-hub:problem: and one of ${failureKinds.join(', ')}` }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'The id of the request, as X-Request-Id' }),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({
    id: 'Problem',
    example: {
      type: 'urn:prosecution-hub:problem:invalid',
      title: 'Not valid',
      status: 422,
      detail: 'Some of what was sent cannot be accepted.',
      instance: '5f7f3f3e-0f0f-4c5e-9f39-6a1f3c0e6a52',
      errors: [{ path: 'defendants.0.name', message: 'is needed' }],
    },
  });
