import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOG, type Log } from '../logging/log.js';
import { sendHttpError } from './http-errors.js';

/** Everything that controllers and body parsers throw. What resolvers throw goes on to Apollo's formatError. */
@Catch()
export class HttpExceptionFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() !== 'http') return error;
    const http = host.switchToHttp();
    sendHttpError(error, {
      request: http.getRequest<Request>(),
      response: http.getResponse<Response>(),
      log: this.log,
    });
    return undefined;
  }
}
