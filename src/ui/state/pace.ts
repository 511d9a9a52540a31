/** How fast displayed time runs. */

/** At the maximum all that is computed so far passes in so many seconds: as fast as it is computed, and never as one jump to the end. */
const SECONDS = 2;

/** In ticks a second. @param speed as chosen; Infinity: the maximum @param computed the last tick that is known */
export const paceOf = (speed: number, computed: number): number => (speed === Infinity ? Math.max(1, computed) / SECONDS : speed);
