import type { Chat } from '../chat/chat.ts';
import { discoveryAnswer, type Knowledge } from '../discover/answer.ts';
import type { RepairResult } from '../feed/repairs.ts';
import type { LocalNetwork } from '../local-network.ts';
import { type Asked, readAsked } from './asked.ts';
import type { Dropped, Gate } from './gate.ts';
import { allowedBytes, isDiscovery, type Source } from './source.ts';

/** What became of a datagram, and what goes back to its source. */
export type Taken = {
  readonly outcome:
    | 'answered'
    | 'said'
    | 'refused'
    | RepairResult['outcome']
    | Dropped
    | Extract<Asked, { asks: 'nothing' }>['reason']
    /** Not even the shortest answer is as short as the request. */
    | 'too-short'
    /** The bus was never reached, or is away. */
    | 'unavailable';
  readonly answers: readonly Buffer[];
};

export type TakeOptions = {
  readonly gate: Gate;
  readonly local: () => LocalNetwork;
  readonly knowledge: () => Knowledge | undefined;
  /** Left out where chat by datagram is off. */
  readonly chat?: Chat;
  readonly repair: (
    repair: Extract<Asked, { asks: 'repair' }>['repair'],
    source: Source,
  ) => Promise<RepairResult>;
};

const nothing = (outcome: Taken['outcome']): Taken => ({ outcome, answers: [] });

/** Decides what becomes of a datagram: see this service's README for the rules. */
export const createTake = ({ gate, local, knowledge, chat, repair }: TakeOptions) => {
  const discover = (bytes: number, source: Source): Taken => {
    const known = knowledge();
    if (known === undefined) return nothing('unavailable');
    const answer = discoveryAnswer(known, allowedBytes(source, bytes));
    return answer === undefined ? nothing('too-short') : { outcome: 'answered', answers: [answer] };
  };

  const act = async (asked: Asked, datagram: Uint8Array, source: Source): Promise<Taken> => {
    switch (asked.asks) {
      case 'nothing':
        return nothing(asked.reason);
      case 'discover':
        return discover(datagram.length, source);
      case 'repair':
        return repair(asked.repair, source);
      case 'say': {
        // Two servers that took each other's answers for speech would never end talking.
        if (chat === undefined || isDiscovery(source, local())) return nothing('unknown-type');
        const { outcome, answer } = await chat(asked.saying, datagram, source);
        return { outcome, answers: [answer ?? []].flat() };
      }
    }
  };

  return async (datagram: Uint8Array, source: Source): Promise<Taken> => {
    const asked = readAsked(datagram);
    if (asked.asks === 'nothing') return nothing(asked.reason);
    const refusal = gate.refusal(source);
    if (refusal !== undefined) return nothing(refusal);
    const taken = await act(asked, datagram, source);
    const bytes = taken.answers.reduce((sum, it) => sum + it.length, 0);
    // What was said is said, even if there is no room to confirm it.
    if (bytes === 0 || gate.spend(bytes)) return taken;
    return { outcome: taken.outcome === 'said' ? 'said' : 'all-rationed', answers: [] };
  };
};
