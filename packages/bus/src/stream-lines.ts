import { LineSplitter, limits, type StreamLine } from '@partyline/protocol';

/** The lines that each chunk of a stream completes; a line that is never completed is not told. */
export async function* streamLines(
  stream: AsyncIterable<Buffer>,
  /** Told why there are no more. What the reader of the lines throws is not caught. */
  onBreak: (cause: unknown) => void,
): AsyncGenerator<readonly StreamLine[]> {
  const splitter = new LineSplitter(limits.busLineBytes);
  try {
    for await (const chunk of stream) {
      const { lines, tooLong } = splitter.push(chunk);
      if (tooLong > 0) throw new Error(`A line has at most ${limits.busLineBytes} bytes`);
      if (lines.length > 0) yield lines.map((line): StreamLine => JSON.parse(line));
    }
    onBreak(new Error('the stream ended'));
  } catch (cause) {
    onBreak(cause);
  }
}
