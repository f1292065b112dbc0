import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListingPart } from '@portolan/live';
import { afterEach, describe, expect, it } from 'vitest';
import { ImportError } from './import-error.js';
import { type MakeListing, sendListing, type UploadAnswer } from './send-listing.js';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const FILE: ListingPart = { type: 'FILE', path: 'a.json', content: Buffer.from('{}') };
const NEVER = new AbortController().signal;

/** A listing of one file, and then of whatever `more` does. */
function listing(more: (signal: AbortSignal) => Promise<unknown>): MakeListing {
  return async function* (signal) {
    yield FILE;
    await more(signal);
  };
}

/** Waits for ever, as for an API server that does not answer. */
function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

async function send(
  take: RequestListener,
  list: MakeListing,
  { signal = NEVER, onSent = () => undefined }: { signal?: AbortSignal; onSent?: () => void } = {},
): Promise<UploadAnswer> {
  server = createServer(take).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = httpRequest({ host: '127.0.0.1', port, method: 'POST' });
  return sendListing(request, list, signal, onSent);
}

describe('sendListing', () => {
  it('gives the answer to what was sent', async () => {
    let isSent = false;
    const answer = await send(
      (request, response) => {
        request.resume().once('end', () => response.writeHead(202).end('{"a":1}'));
      },
      listing(() => Promise.resolve()),
      { onSent: () => (isSent = true) },
    );
    expect(answer).toEqual({ status: 202, body: { a: 1 } });
    expect(isSent).toBe(true);
  });

  it('stops listing when the server has its say before', async () => {
    const answer = await send((request, response) => {
      request.once('data', () => response.writeHead(404).end('no JSON'));
    }, listing(hang));
    expect(answer).toEqual({ status: 404, body: null });
  });

  it('says when the server goes away', async () => {
    const sending = send((request) => {
      request.once('data', () => request.destroy());
    }, listing(hang));
    await expect(sending).rejects.toBeInstanceOf(ImportError);
    await expect(sending).rejects.toThrow(/ECONNRESET/);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('lost')), 'lost'],
    ['is stopped', hang, 'enough'],
  ])('leaves the body without its end when the listing %s', async (_, more, message) => {
    const stop = new AbortController();
    const ends: string[] = [];
    let see: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (see = resolve));
    const sending = send(
      (request) => {
        see();
        request.resume();
        request.once('end', () => ends.push('end')).once('error', () => ends.push('error'));
      },
      listing(async (signal) => {
        await seen;
        setTimeout(() => stop.abort(new Error('enough')));
        await more(signal);
      }),
      { signal: stop.signal },
    );
    await expect(sending).rejects.toThrow(message);
    await expect.poll(() => ends).toEqual(['error']);
  });
});
