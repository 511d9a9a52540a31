/**
 * The keyboard is never lost. What it is at may go away under it: a row is deleted, a panel closed, a button has nothing left to do. Browsers
 * then put the focus on the page itself, and Tab begins anew; here it goes to what stands in the same place, or as near to it as there is.
 */

const TABBABLE =
  'button:enabled, input:enabled:not([type="hidden"]), select:enabled, textarea:enabled, a[href], summary, [tabindex]:not([tabindex="-1"])';
/** Outside of these there is nothing near: it is the window as a whole. */
const MOST_LEVELS = 12;

/** A place around what has the focus, and where in it that is, among what the keyboard can go to. */
interface Around {
  readonly place: Element;
  readonly index: number;
}

const canTake = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
const stopsIn = (place: Element): HTMLElement[] => [...place.querySelectorAll<HTMLElement>(TABBABLE)].filter(canTake);

function surroundings(element: Element): Around[] {
  const found: Around[] = [];
  for (let place = element.parentElement; place && found.length < MOST_LEVELS; place = place.parentElement) {
    if (place === document.body || place.classList.contains('window')) break;
    const stops = [...place.querySelectorAll(TABBABLE)];
    found.push({ place, index: Math.max(0, stops.indexOf(element)) });
  }
  return found;
}

/** Whoever opens and closes this panel. */
function openerOf(around: readonly Around[]): HTMLElement | null {
  for (const [part, name] of [
    ['place-left', 'Left panel'],
    ['place-right', 'Inspector'],
    ['place-dock', 'Dock'],
  ] as const)
    if (around.some(({ place }) => place.classList.contains(part)))
      return document.querySelector<HTMLElement>(`header button[aria-label="${name}"]`);
  return null;
}

function nearest(around: readonly Around[]): HTMLElement | null {
  for (const { place, index } of around) {
    if (!place.isConnected) continue;
    // Another view of the dock: its tab says which one.
    if (place.classList.contains('dock-panel')) return document.querySelector<HTMLElement>('.dock-tab[aria-selected="true"]');
    const stops = stopsIn(place);
    const next = stops[Math.min(index, stops.length - 1)];
    if (next) return next;
  }
  return openerOf(around) ?? document.querySelector<HTMLElement>('[aria-label="Time"]');
}

export function keepFocus(): void {
  let last: { readonly element: Element; readonly around: readonly Around[] } | null = null;
  let looking = false;
  const isGone = (element: Element): boolean =>
    !element.isConnected || element.matches(':disabled') || !element.checkVisibility({ visibilityProperty: true });

  const look = () => {
    looking = false;
    const at = document.activeElement;
    if (!last || (at && at !== document.body && at !== last.element) || !isGone(last.element)) return;
    const { around } = last;
    last = null;
    nearest(around)?.focus();
  };
  const later = () => {
    if (!looking && last && isGone(last.element)) {
      looking = true;
      // Whoever took it away may know better where to go on.
      requestAnimationFrame(look);
    }
  };
  addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) last = { element: target, around: surroundings(target) };
  });
  addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null) return;
    // Left on purpose, by a click beside everything: then it is not missed.
    queueMicrotask(() => {
      if (last && !isGone(last.element) && document.hasFocus() && document.activeElement === document.body) last = null;
    });
  });
  new MutationObserver(later).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden'],
  });
}
