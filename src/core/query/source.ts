/** What an expression is asked of: a journal with the stage it plays on, and the row that is looked at now. */
import type { Element } from '../../base/xml/element.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import type { NoteContext } from '../causality/notes/finder.ts';
import { What, type Journal } from '../kernel/journal.ts';
import type { MessageView, Stage } from '../kernel/model.ts';

export interface Source {
  readonly journal: Journal;
  readonly stage: Stage;
  readonly unit: TimeUnit;
  /** What the list says of the event. */
  readonly summary: (ordinal: number) => string;
  /** The row of a message as the stage reads it. */
  readonly view: (id: number) => MessageView;
  /** Gossip: the message brought its receiver only what it had. */
  readonly isKnown: (id: number) => boolean;
  /** What finders of notes read: worked out when somebody asks. */
  readonly notes: () => NoteContext;
  /** In this event the network itself may have changed: links cut or healed. */
  readonly isChange: (ordinal: number) => boolean;
}

/** The row that is looked at. One is made for an expression and moved along, so that a million rows allocate nothing. */
export class Place {
  ordinal = 0;
  what: number = What.nothing;
  /** Where it happens. */
  entity = -1;
  /** The message that it is about; -1 for none. */
  message = -1;
  isArrival = false;
  /** The run is over, and nothing more happens up to this tick; undefined while an event is looked at. */
  quietUntil: number | undefined = undefined;
  readonly source: Source;
  private read = -1;
  private made: Element | undefined;

  constructor(source: Source) {
    this.source = source;
  }
  /** The event; 0 is the beginning of the run. */
  at(ordinal: number): void {
    const { events } = this.source.journal;
    this.ordinal = ordinal;
    this.what = ordinal === 0 ? What.nothing : events.what.get(ordinal - 1);
    this.entity = ordinal === 0 ? -1 : events.entity.get(ordinal - 1);
    this.isArrival = ordinal > 0 && this.what === What.arrival;
    this.message = ordinal === 0 || this.what === What.timer ? -1 : Math.max(-1, events.subject.get(ordinal - 1));
  }
  /** An event is looked at, and not what is before or behind all of them. */
  get isEvent(): boolean {
    return this.ordinal > 0 && this.quietUntil === undefined;
  }
  /** The message as if it arrived now, in the run as it is after the event. */
  arriving(message: number, ordinal: number): void {
    this.at(ordinal);
    this.what = What.arrival;
    this.isArrival = true;
    this.message = message;
    this.entity = this.source.journal.messages.to.get(message);
  }
  /** The stanza of the message: kept with the row, or made once. */
  get stanza(): Element | undefined {
    if (this.message < 0) return undefined;
    if (this.read !== this.message) {
      this.read = this.message;
      this.made = this.source.journal.stanzas.get(this.message) ?? this.source.stage.stanzaOf(this.source.view(this.message));
    }
    return this.made;
  }
}

export type Test = () => boolean;
