import pg from 'pg';

/**
 * Reads rows in PostgreSQL's binary COPY format. As a query result node-postgres would get bytea as hexadecimal text: twice the
 * bytes, and strings to be taken apart. `statement` has no parameters (COPY takes none); `onRow` gets the fields of one row,
 * which are valid only during the call. Meant for columns without null.
 * https://www.postgresql.org/docs/current/sql-copy.html, section Binary Format
 */
export async function copyOut(
  client: pg.ClientBase,
  statement: string,
  onRow: (fields: readonly Buffer[]) => void,
): Promise<void> {
  const query = new CopyOut(`COPY (${statement}) TO STDOUT (FORMAT binary)`, onRow);
  await new Promise<void>((resolve, reject) => {
    query.on('end', () => resolve());
    query.on('error', reject);
    client.query(query);
  });
  if (query.failure !== null) throw query.failure;
}

/** "PGCOPY", then what tells that the bytes came through unchanged; then flags and the length of an extension. */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER_BYTES = SIGNATURE.length + 8;
const END_OF_ROWS = -1;

/** A query that hands on the data that node-postgres' own throws away. */
class CopyOut extends pg.Query {
  failure: Error | null = null;
  #isFirst = true;

  constructor(
    text: string,
    private readonly onRow: (fields: readonly Buffer[]) => void,
  ) {
    super(text);
  }

  /** Called by the driver with one row (frontend/backend protocol, "COPY Operations"), the first behind the header. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // An exception here would come out of the socket and end the process.
    try {
      if (this.failure === null) this.#read(chunk);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  #read(chunk: Buffer): void {
    let at = 0;
    if (this.#isFirst) {
      if (!chunk.subarray(0, SIGNATURE.length).equals(SIGNATURE))
        throw new Error('Not a binary COPY');
      at = HEADER_BYTES;
      this.#isFirst = false;
    }
    if (at === chunk.length) return;
    const count = chunk.readInt16BE(at);
    if (count === END_OF_ROWS) return;
    at += 2;
    const fields: Buffer[] = [];
    for (let i = 0; i < count; i++) {
      const length = chunk.readInt32BE(at);
      if (length < 0) throw new Error('Unexpected null in a binary COPY');
      at += 4;
      fields.push(chunk.subarray(at, at + length));
      at += length;
    }
    this.onRow(fields);
  }
}
