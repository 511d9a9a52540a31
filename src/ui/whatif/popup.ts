/** How a small dialog stands beside what it is about, and goes. */
import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

const MARGIN = 8;
/** Beside the pointer, and within the window however much comes to stand in it. */
export function usePlace(box: RefObject<HTMLDialogElement | null>, { x, y }: { readonly x: number; readonly y: number }) {
  const [place, setPlace] = useState({ left: x, top: y });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const fit = () => {
      const left = Math.max(MARGIN, Math.min(x, innerWidth - element.offsetWidth - MARGIN));
      const top = Math.max(MARGIN, Math.min(y, innerHeight - element.offsetHeight - MARGIN));
      setPlace((now) => (now.left === left && now.top === top ? now : { left, top }));
    };
    fit();
    const resized = new ResizeObserver(fit);
    resized.observe(element);
    return () => resized.disconnect();
  }, [box, x, y]);
  return place;
}

/** A press elsewhere or Escape closes it; arrows go along its buttons; the focus returns to where it was. */
export function useDismissal(box: RefObject<HTMLDialogElement | null>, close: () => void): void {
  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>('input, button')?.focus();
    const pressed = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) close();
    };
    // Before the page's own keys: Escape closes this and clears nothing.
    const keyed = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
      const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
      const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
      const by = typing ? undefined : { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === 'Escape') close();
      else if (by !== undefined) buttons[(here + by + buttons.length) % buttons.length]?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('pointerdown', pressed, true);
    addEventListener('keydown', keyed, true);
    return () => {
      removeEventListener('pointerdown', pressed, true);
      removeEventListener('keydown', keyed, true);
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [box, close]);
}
