/** The part of busboy that is used: it has no types of its own. */
declare module 'busboy' {
  import type { IncomingHttpHeaders } from 'node:http';
  import type { Readable, Writable } from 'node:stream';

  interface BusboyLimits {
    readonly fieldSize?: number;
    readonly fields?: number;
    readonly files?: number;
    readonly parts?: number;
  }

  interface Busboy extends Writable {
    on(event: 'file', listener: (name: string | undefined, stream: Readable) => void): this;
    on(
      event: 'field',
      listener: (
        name: string | undefined,
        value: string,
        info: { readonly valueTruncated: boolean },
      ) => void,
    ): this;
    on(event: 'partsLimit' | 'filesLimit' | 'fieldsLimit' | 'drain', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  function busboy(options: {
    readonly headers: IncomingHttpHeaders;
    readonly limits?: BusboyLimits;
    readonly defParamCharset?: string;
  }): Busboy;
  export = busboy;
}
