/** Whether the person asked their system for less motion: travel becomes hops, glides become jumps. */
export const prefersReducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
