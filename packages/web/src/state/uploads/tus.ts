/** What became of a request. */
export type Answer =
  /** `sent`: so much of the file is there. */
  | { readonly is: 'there'; readonly sent: number }
  /** The file is there, and was told. */
  | { readonly is: 'told' }
  /** The upload is not known: it has to begin anew. */
  | { readonly is: 'unknown' }
  /** The ticket is none any more. */
  | { readonly is: 'unauthorized' }
  /** It broke off, or the server is busy: trying again helps, after `afterMs` if it said when. */
  | { readonly is: 'broken'; readonly afterMs?: number }
  | { readonly is: 'refused'; readonly message: string };

/** An upload that was begun. */
export type Begun = { readonly is: 'begun'; readonly path: string };

/** The requests of the tus protocol (https://tus.io/protocols/resumable-upload) that a page needs. */
export type Tus = {
  begin(file: File, ticket: string, signal: AbortSignal): Promise<Begun | Answer>;
  /** How much of it is there. */
  find(path: string, ticket: string, signal: AbortSignal): Promise<Answer>;
  /** Sends a file from an offset on. */
  send(
    path: string,
    rest: { readonly file: File; readonly offset: number },
    ticket: string,
    how: { readonly signal: AbortSignal; readonly onSent: (sent: number) => void },
  ): Promise<Answer>;
  /** Gives an upload up. */
  forget(path: string, ticket: string): void;
};

const FILES = '/files';

type Request = {
  readonly method: string;
  readonly path: string;
  readonly ticket: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob;
  readonly signal?: AbortSignal;
  readonly onSent?: (bytes: number) => void;
};

/** XMLHttpRequest, since `fetch` doesn't tell how much of a body has gone. */
const ask = ({ method, path, ticket, headers, body, signal, onSent }: Request) =>
  new Promise<XMLHttpRequest>((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    const all = {
      'tus-resumable': '1.0.0',
      accept: 'text/plain',
      authorization: `Bearer ${ticket}`,
      ...headers,
    };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    if (onSent) request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onloadend = () => resolve(request);
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    if (signal?.aborted) resolve(request);
    else request.send(body ?? null);
  });

const SECOND_MS = 1_000;

/** What a status says that is no success. */
const failure = (request: XMLHttpRequest): Answer => {
  const { status, responseText } = request;
  const after = Number(status === 0 ? null : request.getResponseHeader('retry-after'));
  const isPassing = [0, 409, 429, 502, 503, 504].includes(status);
  if (isPassing) return { is: 'broken', ...(after > 0 && { afterMs: after * SECOND_MS }) };
  if (status === 401) return { is: 'unauthorized' };
  if (status === 404 || status === 410) return { is: 'unknown' };
  return { is: 'refused', message: responseText.trim() || `${status}` };
};

/** Where an upload stands after a request that went well. */
const standing = (request: XMLHttpRequest): Answer =>
  request.getResponseHeader('content-location') === null
    ? { is: 'there', sent: Number(request.getResponseHeader('upload-offset')) }
    : { is: 'told' };

const isOk = ({ status }: XMLHttpRequest): boolean => status >= 200 && status < 300;

const base64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)));

export const browserTus: Tus = {
  async begin({ name, size }, ticket, signal) {
    const headers = {
      'upload-length': `${size}`,
      'upload-metadata': `filename ${base64(name)}`,
    };
    const request = await ask({ method: 'POST', path: FILES, ticket, headers, signal });
    const path = isOk(request) ? request.getResponseHeader('location') : null;
    return path === null ? failure(request) : { is: 'begun', path };
  },
  async find(path, ticket, signal) {
    const request = await ask({ method: 'HEAD', path, ticket, signal });
    return isOk(request) ? standing(request) : failure(request);
  },
  async send(path, { file, offset }, ticket, { signal, onSent }) {
    const request = await ask({
      ...{ method: 'PATCH', path, ticket, signal, body: file.slice(offset) },
      headers: {
        'upload-offset': `${offset}`,
        'content-type': 'application/offset+octet-stream',
      },
      onSent: (bytes) => onSent(offset + bytes),
    });
    return isOk(request) ? standing(request) : failure(request);
  },
  forget: (path, ticket) => void ask({ method: 'DELETE', path, ticket }),
};
