/**
 * Transcendental functions that give the same bits in every engine: engines' own differ in the last one (4–10 % of inputs
 * between Node 20 and Chromium), and then in every event after it. These are computed by plain arithmetic.
 */
export { default as ln } from '@stdlib/math-base-special-ln';
export { default as exp } from '@stdlib/math-base-special-exp';
export { default as pow } from '@stdlib/math-base-special-pow';
export { default as cos } from '@stdlib/math-base-special-cos';
export { default as log10 } from '@stdlib/math-base-special-log10';
export { default as log1p } from '@stdlib/math-base-special-log1p';
