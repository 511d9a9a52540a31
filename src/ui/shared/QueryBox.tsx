/** A line for an expression: with what can follow at the caret, and what is wrong underlined where it is wrong. A combobox (ARIA 1.2). */
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { complete, type Completion } from '../../base/query/complete.ts';
import { parseQuery } from '../../base/query/parser.ts';
import { VOCABULARY } from '../../protocol/vocabulary.ts';
import { NOWHERE, optionId, OptionList, placeAt, STEPS, stepped } from './OptionList.tsx';
import './query-box.css';

export interface BoxFault {
  readonly at: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string | undefined;
}
interface Props {
  readonly label: string;
  readonly placeholder?: string;
  /** What holds now: the line begins with it, and goes back to it. */
  readonly value: string;
  /** Values of a field in the open scene. */
  readonly values: (field: string) => readonly string[];
  /** Earlier expressions, offered while the line is empty. */
  readonly recent?: readonly string[];
  /** What the source says of `value`. */
  readonly refused?: BoxFault | undefined;
  /** A sound expression, or none, as it is being written. */
  readonly onChange?: (text: string) => void;
  /** The person settled on it. */
  readonly onCommit: (text: string) => void;
  /** The keyboard leaves a sound expression. */
  readonly onLeave?: (text: string) => void;
  /** Escape, with nothing left here to close or to take back: the keyboard goes on elsewhere. */
  readonly onEscape?: () => void;
  /** More than before: the keyboard is to go here. */
  readonly summons?: number;
  /** Beside the line. */
  readonly children?: ReactNode;
  /** Empty is no expression. */
  readonly needed?: boolean;
}

const NONE: readonly string[] = [];

const faultOf = (text: string): BoxFault | undefined => {
  if (text.trim() === '') return undefined;
  const parsed = parseQuery(text, VOCABULARY);
  return parsed.ok ? undefined : parsed.fault;
};

export function QueryBox({
  label,
  placeholder,
  value,
  values,
  recent = NONE,
  refused,
  onChange,
  onCommit,
  onLeave,
  onEscape,
  summons = 0,
  children,
  needed,
}: Props) {
  const id = useId();
  const list = `${id}-list`;
  const input = useRef<HTMLInputElement>(null);
  const under = useRef<HTMLSpanElement>(null);
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const [open, setOpen] = useState(false);
  const [caret, setCaret] = useState(0);
  /** The option that the keys are at; -1 while they are in the line. */
  const [at, setAt] = useState(-1);
  const [placed, setPlaced] = useState(NOWHERE);
  const moveTo = useRef<number | null>(null);

  // Changed from elsewhere: a link, "hide like this", clear.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  useEffect(() => {
    if (summons === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [summons]);
  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    input.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  });

  const fault = faultOf(text) ?? (text.trim() === value.trim() ? refused : undefined);
  const empty = text.trim() === '';
  const completions = open ? complete(text, caret, VOCABULARY, values) : undefined;
  const past: readonly Completion[] = open && empty ? recent.map((insert) => ({ label: insert, insert, help: 'recent' })) : [];
  const options = [...past, ...(completions?.options ?? [])];
  const isListed = open && options.length > 0;

  const place = () => input.current && setPlaced(placeAt(input.current));
  const show = () => {
    place();
    setOpen(true);
    setAt(-1);
    setCaret(input.current?.selectionStart ?? 0);
  };
  const wrote = (next: string) => {
    setText(next);
    const clean = next.trim();
    if (!faultOf(next) && (clean !== '' || !needed)) {
      setShown(clean);
      onChange?.(clean);
    }
  };
  const accept = (option: Completion) => {
    const from = past.includes(option) ? 0 : (completions?.from ?? 0);
    const to = past.includes(option) ? text.length : (completions?.to ?? 0);
    const space = /[(]$/.test(option.insert) || past.includes(option) ? '' : ' ';
    const next = text.slice(0, from) + option.insert + (text.slice(to).startsWith(' ') ? '' : space) + text.slice(to);
    const end = from + option.insert.length + (text.slice(to).startsWith(' ') ? 1 : space.length);
    moveTo.current = end;
    wrote(next);
    setCaret(end);
    setAt(-1);
    if (past.includes(option)) setOpen(false);
  };
  const keyed = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    const chosen = isListed ? options[at] : undefined;
    if (by !== undefined) {
      if (!isListed) show();
      else setAt(stepped(at, by, options.length));
    } else if (event.key === ' ' && event.ctrlKey) show();
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) accept(chosen);
    else if (event.key === 'Enter') {
      setOpen(false);
      if (!fault && !(needed && empty)) onCommit(text.trim());
    } else if (event.key === 'Escape') {
      if (isListed) setOpen(false);
      else if (text !== value) setText(value);
      else {
        onEscape?.();
        // What is around may close now.
        return;
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="query-box">
      <div className="query-line" data-wrong={fault ? true : undefined}>
        <span ref={under} className="query-under" aria-hidden="true">
          {fault && (
            <>
              {text.slice(0, fault.at)}
              <u>{text.slice(fault.at, Math.max(fault.end, fault.at + 1)) || '\u00a0'}</u>
            </>
          )}
        </span>
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={isListed}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={isListed && at >= 0 ? optionId(list, at) : undefined}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault && !isListed ? `${id}-fault` : undefined}
          className="mono"
          value={text}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={({ target }) => {
            wrote(target.value);
            place();
            setOpen(true);
            setAt(-1);
            setCaret(target.selectionStart ?? target.value.length);
          }}
          onClick={show}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onScroll={({ currentTarget }) => under.current && (under.current.style.translate = `${-currentTarget.scrollLeft}px`)}
          onBlur={() => {
            setOpen(false);
            if (!fault && text.trim() !== '') onLeave?.(text.trim());
          }}
          onKeyDown={keyed}
        />
        {children}
      </div>
      {fault && !isListed && (
        <p id={`${id}-fault`} className="query-fault" role="alert">
          <b>{fault.at + 1}</b> {fault.message} {fault.hint && <span className="muted">{fault.hint}</span>}
          {value !== '' && text.trim() !== value && (
            <span className="query-holds muted">
              Until then <code>{value}</code> holds.
            </span>
          )}
        </p>
      )}
      <OptionList
        id={list}
        label={`${label}: what can follow`}
        open={isListed}
        at={at}
        placed={placed}
        width={Math.max(300, Math.min(560, placed.width))}
        accept={(index) => {
          const option = options[index];
          if (option) accept(option);
        }}
        options={options.map((option) => ({
          key: `${option.help === 'recent' ? 'r' : 'o'}${option.insert}`,
          content: (
            <>
              <code>{option.label}</code>
              <span className="muted">{option.help}</span>
            </>
          ),
        }))}
      />
    </div>
  );
}
