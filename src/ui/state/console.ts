/** What is being written in XML consoles, by client: a closed console and another selection forget nothing of it. */
import { create } from 'zustand';

interface ConsoleState {
  readonly open: boolean;
  /** By address of the client. */
  readonly texts: Readonly<Record<string, string>>;
  /** More than 0: the keyboard is to go to the text. */
  readonly summons: number;
}
export const useConsole = create<ConsoleState>()(() => ({ open: false, texts: {}, summons: 0 }));

export const wrote = (jid: string, text: string): void => useConsole.setState(({ texts }) => ({ texts: { ...texts, [jid]: text } }));
