const metadataOf = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** The requests of the tus protocol, one by one. */
export const tusClient = (url: string, query = '', own: Readonly<Record<string, string>> = {}) => {
  const ask = (path: string, method: string, headers: object, body: RequestInit['body'] = null) =>
    fetch(url + path, {
      ...{ method, body },
      headers: { 'tus-resumable': '1.0.0', ...own, ...headers },
    } as RequestInit);
  return {
    begin: (bytes: number, fields: Readonly<Record<string, string>>) =>
      ask(`/files${query}`, 'POST', {
        'upload-length': `${bytes}`,
        'upload-metadata': metadataOf(fields),
      }),
    patch: (path: string, offset: number, body: RequestInit['body']) =>
      ask(
        path,
        'PATCH',
        { 'upload-offset': `${offset}`, 'content-type': 'application/offset+octet-stream' },
        body,
      ),
    head: (path: string) => ask(path, 'HEAD', {}),
  };
};
export type Tus = ReturnType<typeof tusClient>;
