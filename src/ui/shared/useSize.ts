/** How large an element is, followed. */
import { useEffect, useRef, useState } from 'react';

export function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 480, height: 240 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const look = () => setSize({ width: Math.max(240, element.clientWidth), height: Math.max(140, element.clientHeight) });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, size };
}
