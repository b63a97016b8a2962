import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Logger, LoggerOptions } from 'pino';
import type { Config } from './config.ts';
import { redact } from './redact.ts';

export type { Logger };

/**
 * A logger that writes one JSON object a line, to standard output unless told otherwise. What is logged beside the
 * message, errors and child loggers included, passes `redact`; the message text does not, so no data belongs in it.
 */
export function createLogger(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: redactFields },
    // The usual serialiser would undo the redaction of errors by copying whatever hangs on them.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(args, method) {
        // An error logged without words would have its own message, unredacted, for the line's message.
        const [first, message] = args as unknown[];
        if (first instanceof Error && message === undefined) method.call(this, { err: first }, 'error');
        else method.apply(this, args);
      },
    },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  const prototype = Object.getPrototypeOf(logger) as { child(fields: object, childOptions?: object): Logger };
  return Object.assign<Logger, object>(logger, {
    // pino formats the fields of the first logger only; children inherit this method.
    child(this: Logger, fields: Record<string, unknown>, childOptions?: object): Logger {
      return prototype.child.call(this, redactFields(fields), childOptions);
    },
  });
}

function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redact(fields) as Record<string, unknown>;
}
