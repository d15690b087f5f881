import { Type } from 'typebox';
import { type CommandType, commands, envelopeOf } from './command.ts';
import { Event } from './event.ts';
import { Hello, HelloAnswer, InstanceInfo } from './instance.ts';
import { EventPage, MemberInfo, PersonInfo, RoomInfo, SearchPage } from './page.ts';
import { Problem } from './problem.ts';
import { Outcome } from './receipt.ts';
import { InstanceReport } from './report.ts';
import { StreamLine } from './stream.ts';

/** The JSON Schema (draft 2020-12) of everything that crosses the bus, for documents. */
export const schemas = {
  Envelope: Type.Union((Object.keys(commands) as CommandType[]).map(envelopeOf)),
  Outcome,
  StreamLine,
  Event,
  EventPage,
  SearchPage,
  Hello,
  HelloAnswer,
  RoomInfo,
  MemberInfo,
  PersonInfo,
  InstanceInfo,
  InstanceReport,
  Problem,
} as const;
