import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** What Nest tells about its own start: every module, route and resolver. */
const CHATTY = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'GraphQLModule',
  'NestApplication',
]);

/** Nest's logger, writing to ours. */
export class NestLogger implements LoggerService {
  constructor(private readonly log_: Log) {}

  log(message: unknown, ...details: unknown[]): void {
    const { context } = read(details);
    this.log_[context !== undefined && CHATTY.has(context) ? 'debug' : 'info'](
      { context },
      textOf(message),
    );
  }

  error(message: unknown, ...details: unknown[]): void {
    const { context, stack } = read(details);
    this.log_.error({ context, stack }, textOf(message));
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.log_.warn({ context: read(details).context }, textOf(message));
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.log_.debug({ context: read(details).context }, textOf(message));
  }

  verbose(message: unknown, ...details: unknown[]): void {
    this.log_.trace({ context: read(details).context }, textOf(message));
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.log_.fatal({ context: read(details).context }, textOf(message));
  }
}

/** Nest passes the context last, and before it a stack when there is one. */
function read(details: readonly unknown[]): {
  context: string | undefined;
  stack: string | undefined;
} {
  const texts = details.filter((detail) => typeof detail === 'string');
  return { context: texts.at(-1), stack: texts.find((text) => text.includes('\n    at ')) };
}

function textOf(message: unknown): string {
  return message instanceof Error ? (message.stack ?? message.message) : String(message);
}
