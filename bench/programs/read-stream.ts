import { get } from 'node:http';

/** Reads an address to its end, again and again until it is ended, and keeps nothing: a reader as fast as can be. Prints `reading` when bytes come. */
const [address = ''] = process.argv.slice(2);
let isTold = false;
for (;;) {
  await new Promise<void>((resolve, reject) => {
    get(address, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode ?? 0}`));
      response.once('data', () => {
        if (!isTold) process.stdout.write('reading\n');
        isTold = true;
      });
      response.once('end', resolve).resume();
    }).once('error', reject);
  });
}
