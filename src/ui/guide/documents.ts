/** The guides of the page are the files of `docs/`, read as they are: there is no second copy of their text. */
import exercises from '../../../docs/exercises.md?raw';
import { readMarkdown, type Block } from './markdown.ts';

export interface Exercise {
  /** Of the scene that it is about. */
  readonly scenario: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** One under each heading of the second level; its first words name the scene. */
function split(text: string): { readonly before: readonly Block[]; readonly all: readonly Exercise[] } {
  const [before = '', ...sections] = text.split(/^(?=## )/m);
  const all = sections.flatMap((section): Exercise[] => {
    const title = /^## (.*)$/m.exec(section)?.[1] ?? '';
    const scenario = /\*Scene `([^`]+)`/.exec(section)?.[1];
    return scenario === undefined ? [] : [{ scenario, title, blocks: readMarkdown(section).slice(1) }];
  });
  return { before: readMarkdown(before), all };
}

const { before, all } = split(exercises);
/** What is said about all of them. */
export const aboutExercises: readonly Block[] = before.slice(1);
export const EXERCISES: readonly Exercise[] = all;
export const exerciseOf = (scenario: string | undefined): Exercise | undefined => all.find((one) => one.scenario === scenario);
