/** Small programs that clients run, by the id that a scenario names them by. A new one is a file and a line here. */
import type { Module } from '../module.ts';
import { echo } from './echo.ts';

export const AGENTS: readonly Module[] = [echo];
