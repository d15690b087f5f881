import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The scripts that socket.io serves to pages. */
const scripts = ['socket.io.js', 'socket.io.min.js', 'socket.io.esm.min.js'];
const names: ReadonlySet<string> = new Set(scripts.flatMap((it) => [it, `${it}.map`]));

type ClientFile = { readonly type: string; readonly plain: Buffer; readonly zipped: Buffer };

const takesGzip = ({ headers }: IncomingMessage): boolean =>
  /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));

/** Serves the client of the installed `socket.io`, as its own server does. */
export class ClientFiles {
  readonly #folder: string;
  readonly #etag: string;
  readonly #files = new Map<string, Promise<ClientFile>>();

  constructor() {
    const require = createRequire(import.meta.url);
    const about = require.resolve('socket.io/package.json');
    this.#folder = join(dirname(about), 'client-dist');
    this.#etag = `"${require(about).version}"`;
  }

  has(name: string): boolean {
    return names.has(name);
  }

  async serve(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = {
      ETag: this.#etag,
      'Cache-Control': 'public, max-age=0',
      // Pages elsewhere load it, as a module, too; which may connect is another matter.
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Access-Control-Allow-Origin': '*',
      Vary: 'Accept-Encoding',
    };
    if (request.headers['if-none-match'] === this.#etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const { type, plain, zipped } = await this.#file(name);
    const isZipped = takesGzip(request);
    const body = isZipped ? zipped : plain;
    response.writeHead(200, {
      ...headers,
      'Content-Type': type,
      'Content-Length': body.length,
      ...(isZipped && { 'Content-Encoding': 'gzip' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  #file(name: string): Promise<ClientFile> {
    const file = this.#files.get(name) ?? this.#read(name);
    this.#files.set(name, file);
    return file;
  }

  async #read(name: string): Promise<ClientFile> {
    const plain = await readFile(join(this.#folder, name));
    const type = name.endsWith('.map') ? 'application/json' : 'text/javascript';
    return { type: `${type}; charset=utf-8`, plain, zipped: await promisify(gzip)(plain) };
  }
}
