import { cleanText, terminalText } from '@partyline/protocol';

const NAME_CODE_POINTS = 120;

/** A name that is shown and downloaded as: of a path its last part, on one line, never hidden, never empty. */
export const fileName = (given: string): string => {
  const last = terminalText(cleanText(given)).split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\t\n"<>:|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  const points = [...plain];
  if (points.length === 0) return 'file';
  if (points.length <= NAME_CODE_POINTS) return plain;
  const [, ending = ''] = /(\.[A-Za-z0-9]{1,10})$/.exec(plain) ?? [];
  return points.slice(0, NAME_CODE_POINTS - ending.length).join('') + ending;
};

/** `Content-Disposition` with a name in any script (RFC 6266, RFC 8187). */
export const disposition = (how: 'inline' | 'attachment', name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};
