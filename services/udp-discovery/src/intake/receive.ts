import type { Log, Metrics } from '@partyline/service';
import { metricDefinition } from '../metrics.ts';
import type { Sockets } from '../sockets.ts';
import type { Source } from './source.ts';
import type { Taken } from './take.ts';

/** Takes every datagram that comes from now on, counts what became of it, and answers. */
export const receive = ({
  sockets,
  take,
  seal,
  metrics,
  log,
  onSendError,
}: {
  readonly sockets: Pick<Sockets, 'receive'>;
  readonly take: (datagram: Uint8Array, source: Source) => Promise<Taken>;
  readonly seal: (answer: Buffer) => Buffer;
  readonly metrics: Pick<Metrics, 'counter'>;
  readonly log: Log;
  readonly onSendError: (error: Error) => void;
}): void => {
  const datagrams = metrics.counter(metricDefinition.datagrams);
  sockets.receive((datagram, source, reply) => {
    take(datagram, source).then(
      ({ outcome, answers }) => {
        datagrams.inc({ outcome });
        for (const answer of answers) reply(seal(answer));
      },
      (error: unknown) => {
        datagrams.inc({ outcome: 'unavailable' });
        log.warn({ err: error }, 'a datagram could not be answered');
      },
    );
  }, onSendError);
};
