import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Cuts off a request whose body has not come within a time. Its parser then answers that it ended early. */
export function bodyDeadline(ms: number): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    const timer = setTimeout(() => request.destroy(), ms);
    const clear = (): void => clearTimeout(timer);
    request.once('end', clear).once('close', clear);
    next();
  };
}
