/** One of many, or any text with suggestions: a line that finds what has the words typed into it. A combobox with a list (ARIA 1.2). For a few, a select is enough. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { NOWHERE, optionId, OptionList, placeAt, STEPS, stepped } from './OptionList.tsx';

/** More choices than this are looked for by typing. */
export const MANY = 12;
/** More than this are not read through: the rest is counted. */
const MOST_LISTED = 100;

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Why it cannot be chosen now. */
  readonly refused?: string | undefined;
}
interface Props {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Choice[];
  /** Any text will do; else only what is listed. */
  readonly free: boolean;
  readonly onChange: (value: string) => void;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-required'?: boolean;
}

/** Those that have all the words somewhere, those that begin with the text first. */
function found(options: readonly Choice[], text: string): readonly Choice[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = ({ value, label }: Choice): boolean => words.every((word) => `${label} ${value}`.toLowerCase().includes(word));
  const begins = ({ label }: Choice): boolean => label.toLowerCase().startsWith(text.trim().toLowerCase());
  return options.filter(has).toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}

export function Combobox({ id, label, value, options, free, onChange, ...described }: Props) {
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const chosen = options.find((o) => o.value === value);
  const shown = free ? value : (chosen?.label ?? value);
  /** What is being typed; `null`: the line says what is chosen. */
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [placed, setPlaced] = useState(NOWHERE);

  const matching = found(options, typed ?? '');
  const listed = matching.slice(0, MOST_LISTED);
  const more = matching.length - listed.length;
  const isOpen = open && (listed.length > 0 || !free);

  // The panel that it stands in may be scrolled under it.
  useEffect(() => {
    if (!isOpen) return undefined;
    const follow = () => input.current && setPlaced(placeAt(input.current));
    addEventListener('scroll', follow, true);
    addEventListener('resize', follow);
    return () => {
      removeEventListener('scroll', follow, true);
      removeEventListener('resize', follow);
    };
  }, [isOpen]);

  const show = () => {
    if (input.current) setPlaced(placeAt(input.current));
    setOpen(true);
    // What is chosen is where one begins, as long as nothing is looked for.
    setAt(typed === null ? listed.findIndex((o) => o.value === value) : -1);
  };
  const close = () => {
    setOpen(false);
    setTyped(null);
    setAt(-1);
  };
  const accept = (index: number) => {
    const option = listed[index];
    if (!option || option.refused !== undefined) return;
    onChange(option.value);
    close();
  };
  const keyed = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by !== undefined) {
      if (!isOpen) show();
      else if (event.altKey && event.key === 'ArrowUp') close();
      else setAt(stepped(at, by, listed.length));
    } else if (event.key === 'Enter' && isOpen && (at >= 0 || !free)) {
      // What is looked for and is the only one found is meant.
      const only = typed !== null && listed.length === 1 ? 0 : -1;
      accept(at >= 0 ? at : only);
    } else if (event.key === 'Escape' && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span className="combobox">
      <input
        {...described}
        ref={input}
        id={id}
        className="field"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && at >= 0 ? optionId(list, at) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={typed !== null && !free ? shown : undefined}
        value={typed ?? shown}
        onChange={({ target }) => {
          setTyped(target.value);
          if (free) onChange(target.value);
          setPlaced(placeAt(target));
          setOpen(true);
          setAt(free ? -1 : 0);
        }}
        onClick={show}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onBlur={close}
        onKeyDown={keyed}
      />
      <span className="combobox-mark" aria-hidden="true" />
      <OptionList
        id={list}
        label={label}
        open={isOpen}
        at={at}
        placed={placed}
        width={Math.max(240, placed.width)}
        accept={accept}
        options={listed.map((o) => ({
          key: o.value,
          disabled: o.refused !== undefined,
          content: (
            <>
              <span className="option-name">{o.label}</span>
              {o.refused !== undefined && <span className="muted">{o.refused}</span>}
            </>
          ),
        }))}
      >
        {(more > 0 || listed.length === 0) && (
          <li role="presentation" className="option-more muted">
            {listed.length === 0 ? 'None has these words.' : `${more.toLocaleString('en')} more: type a part of the name.`}
          </li>
        )}
      </OptionList>
      <output className="sr-only">{isOpen && typed !== null && `${matching.length} of ${options.length}`}</output>
    </span>
  );
}
