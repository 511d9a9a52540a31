/** Small programs that clients run, by the id that a scenario names them by. A new one is a file and a line here. */
import type { Module } from '../module.ts';
import { chatStatesHabit } from '../modules/xep0085.ts';
import { receiptsHabit } from '../modules/xep0184.ts';
import { echo } from './echo.ts';
import { eventingHabits } from './eventing.ts';
import { teaMaker } from './tea-maker.ts';

export const AGENTS: readonly Module[] = [echo, receiptsHabit, chatStatesHabit, ...eventingHabits, teaMaker];
