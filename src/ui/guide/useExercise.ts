/** A scene that is an exercise brings its text along, and takes it away again. */
import { useEffect, useRef } from 'react';
import { useView } from '../state/store.ts';
import { exerciseOf } from './documents.ts';

export function useExercise(): void {
  const scenario = useView((s) => s.scene?.scenario);
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    const [own, had] = [exerciseOf(scenario), exerciseOf(before.current)];
    before.current = scenario;
    const { guide, guideAsked } = useView.getState();
    if (own && guide === null) guideAsked('exercises');
    else if (!own && had && guide === 'exercises') guideAsked(null);
  }, [scenario]);
}
