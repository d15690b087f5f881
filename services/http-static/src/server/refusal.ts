import { type Locale, type Problem, problem, problems, problemText } from '@partyline/protocol';

/** What the first line of a request and its headers may come to. */
export const HEAD_BYTES = 16_384;

type ParseError = Error & { readonly code?: string; readonly reason?: string };

const problemOf = ({ code, reason, message }: ParseError): Problem => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problem('head-too-long', { limit: HEAD_BYTES });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem('request-slow');
    case 'HPE_INVALID_URL':
      return problem('address-bad');
    default:
      return problem('http-bad', { reason: reason ?? message });
  }
};

/**
 * The answer to bytes that the parser of HTTP refuses, before there is a request; it is the last one
 * on its connection (RFC 9112 §9.6). In text, since nobody said what they like.
 */
export const refusal = (error: ParseError, locale: Locale): string => {
  const it = problemOf(error);
  const text = `${problemText(it, locale)}\n`;
  return [
    `HTTP/1.1 ${problems[it.code].status} ${it.code}`,
    ...['Connection: close', 'Content-Type: text/plain; charset=utf-8'],
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...['', text],
  ].join('\r\n');
};
