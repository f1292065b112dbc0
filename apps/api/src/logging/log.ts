import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.js';
import { requestContext } from './request-context.js';

/** Where the server says what it does. */
export type Log = Logger;

/** Injection token of the Log. */
export const LOG = Symbol('LOG');

/** JSON lines; within a request each bears its id. Bodies, queries and headers are never logged. */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const requestId = requestContext.getStore()?.requestId;
        return requestId === undefined ? {} : { requestId };
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
