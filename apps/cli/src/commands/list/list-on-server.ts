import { type AccessOptions, requestAccess } from '@portolan/client';
import { Progress } from '../../output/progress.js';
import { writeStream } from '../../output/write-stream.js';
import { askServer } from '../../server/ask-server.js';
import { findState } from '../../server/find-state.js';
import type { ServerInput } from '../../server/server-input.js';
import type { Terminal } from '../../terminal.js';

/**
 * Has a server list what may pass, and writes it while it comes.
 * @throws InputError when there is no list, or its end is missing.
 */
export async function listOnServer(
  { server, ref, assumeEnforced }: ServerInput,
  { format, groupBy }: Omit<AccessOptions, 'assumeEnforced'>,
  file: string | null,
  terminal: Terminal,
): Promise<void> {
  const progress = new Progress(terminal, false);
  progress.say(`${server.url.host} lists …`);
  try {
    await askServer(server, async (client, signal) => {
      const id = await findState(client, ref, signal);
      const wanted = { format, groupBy, assumeEnforced };
      const pieces = await requestAccess(client, id, wanted, signal);
      if (file === null) progress.end();
      await writeStream(terminal, file, pieces);
    });
  } finally {
    progress.end();
  }
}
