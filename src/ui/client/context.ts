import { createContext, useContext } from 'react';
import type { Controller } from './contract.ts';

export const ControllerContext = createContext<Controller | null>(null);

export function useController(): Controller {
  const controller = useContext(ControllerContext);
  if (!controller) throw new Error('useController outside of ControllerContext');
  return controller;
}
