import { ClientError, PortolanClient } from '@portolan/client';
import { InputError } from '../command-error.js';
import type { ServerAccess } from './server-options.js';

/**
 * Asks a server something, within the time that it may take.
 * @throws InputError when it does not answer, or refuses: nothing is decided then.
 */
export async function askServer<Result>(
  { url, token, timeoutSeconds }: ServerAccess,
  ask: (client: PortolanClient, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    return await ask(new PortolanClient(url, token), signal);
  } catch (error) {
    if (error instanceof ClientError) throw new InputError(error.message);
    if (signal.aborted)
      throw new InputError(`${url.href} was not done within ${timeoutSeconds} s (--timeout)`);
    throw error;
  }
}
