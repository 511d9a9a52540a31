/**
 * Nicks that have been registered with a room have to be used there: XEP-0045 1.35.5 §7.10 (end), §7.2.2, §7.6, as Prosody's `enforce_registered_nickname`. Where the
 * scenario asks for it, rooms look at it themselves (`muc/register.ts`, `muc/join.ts`).
 */
import type { Module } from '../module.ts';
import { REGISTERED_NICKS } from './muc/register.ts';

export const registeredNicks: Module = {
  id: REGISTERED_NICKS,
  title: 'Registered nicks in rooms',
  spec: 'XEP-0045',
  version: '1.35.5',
  places: ['muc'],
  optional: true,
  rules: {},
  hooks: [],
};
