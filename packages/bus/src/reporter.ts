import type { InstanceReport } from '@partyline/protocol';
import type { Sleep } from './backoff.ts';
import type { Reply } from './http.ts';
import type { Log } from './log.ts';

/** How often an instance tells how it is. */
export const REPORT_MS = 2_000;

export type ReporterOptions = {
  readonly report: () => InstanceReport;
  readonly send: (report: InstanceReport, signal: AbortSignal) => Promise<Reply<unknown>>;
  readonly sleep: Sleep;
  readonly log: Log;
};

/** Tells chat-core how the instance is, while its stream is there. One that is lost is made up for by the next. */
export class Reporter {
  readonly #options: ReporterOptions;
  #telling = new AbortController();

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** The stream began; maybe another one than before. */
  begin(): void {
    this.end();
    this.#telling = new AbortController();
    void this.#tell(this.#telling.signal);
  }

  /** The stream is no more. */
  end(): void {
    this.#telling.abort();
  }

  async #tell(signal: AbortSignal): Promise<void> {
    const { report, send, sleep, log } = this.#options;
    while (!signal.aborted) {
      const reply = await send(report(), signal);
      if (reply.type === 'refused')
        log.debug({ problem: reply.problem }, 'a report of this instance was refused');
      await sleep(REPORT_MS, signal);
    }
  }
}
