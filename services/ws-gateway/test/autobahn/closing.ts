import { type Case, echo } from './case.ts';
import { close, more, ping, text } from './client-frame.ts';

const hello = 'Hello World!';
const invalid = Buffer.from('cebae1bdb9cf83cebcceb5eda080656469746564', 'hex');

/** The close frame is answered by one with its code. */
const answered = { answers: [], failsWith: 1000 } as const;
const wrong = { answers: [], failsWith: 1002 } as const;

const validCodes = [
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011],
  ...[3000, 3999, 4000, 4999],
];
const invalidCodes = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];

/** 7: the closing handshake. */
export const closingCases: readonly Case[] = [
  { id: '7.1.1', about: 'a message, then close', sends: [text(hello)], answers: [echo(hello)] },
  { id: '7.1.2', about: 'two close frames', sends: [close(1000), close(1000)], ...answered },
  { id: '7.1.3', about: 'a ping after close', sends: [close(1000), ping()], ...answered },
  { id: '7.1.4', about: 'text after close', sends: [close(1000), text(hello)], ...answered },
  {
    ...{ id: '7.1.5', about: 'close between two fragments' },
    sends: [text('fragment1', false), close(1000), more('fragment2', true)],
    ...answered,
  },
  {
    ...{ id: '7.1.6', about: '256 KiB, which is over the limit, then text, close and a ping' },
    sends: [text('BAsd7&jh23'.repeat(26_215).slice(0, 262_144)), text(hello), close(1000), ping()],
    ...{ answers: [], failsWith: 1009 },
  },
  {
    ...{ id: '7.3.1', about: 'close without a code' },
    ...{ sends: [{ opcode: 8 }], answers: [], failsWith: 1005 },
  },
  {
    ...{ id: '7.3.2', about: 'close with half a code' },
    ...{ sends: [{ opcode: 8, payload: 'a' }], ...wrong },
  },
  { id: '7.3.3', about: 'close with a code', sends: [close(1000)], ...answered },
  { id: '7.3.4', about: 'close with a reason', sends: [close(1000, hello)], ...answered },
  {
    ...{ id: '7.3.5', about: 'close with a reason of 123 bytes' },
    ...{ sends: [close(1000, '*'.repeat(123))], ...answered },
  },
  {
    ...{ id: '7.3.6', about: 'close with a reason of 124 bytes' },
    ...{ sends: [close(1000, '*'.repeat(124))], ...wrong },
  },
  {
    ...{ id: '7.5.1', about: 'close with a reason that is not UTF-8' },
    ...{ sends: [close(1000, invalid)], answers: [], failsWith: 1007 },
  },
  ...validCodes.map((code, index) => ({
    ...{ id: `7.7.${index + 1}`, about: `close with ${code}` },
    ...{ sends: [close(code)], answers: [], failsWith: code },
  })),
  ...invalidCodes.map((code, index) => ({
    ...{ id: `7.9.${index + 1}`, about: `close with ${code}` },
    ...{ sends: [close(code)], ...wrong },
  })),
  { id: '7.13.1', about: 'close with 5000', sends: [close(5000)], ...wrong },
  { id: '7.13.2', about: 'close with 65535', sends: [close(65_535)], ...wrong },
];
