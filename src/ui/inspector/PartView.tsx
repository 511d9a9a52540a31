/** One part of an inspection, whatever it is about: nothing here knows a module, a kind of stanza or an algorithm. */
import { useController } from '../client/context.ts';
import type { Cell, Field, Part, Target, TreeNode } from '../../protocol/parts.ts';
import { XmlPart } from './XmlPart.tsx';

interface PartProps<P extends Part = Part> {
  readonly part: P;
  readonly changed: ReadonlySet<string>;
}
type PartOf<T extends Part['type']> = Extract<Part, { type: T }>;

export function PartView({ part, changed }: PartProps) {
  return (
    <section className={`part part-${part.type}`} aria-label={part.title ?? TITLES[part.type]}>
      {part.title && part.type !== 'xml' && <h3>{part.title}</h3>}
      <Body part={part} changed={changed} />
    </section>
  );
}

const TITLES: Readonly<Record<Part['type'], string>> = {
  fields: 'Properties',
  table: 'Table',
  tree: 'Tree',
  form: 'Form',
  xml: 'XML',
  note: 'Explanation',
};

function Body({ part, changed }: PartProps) {
  switch (part.type) {
    case 'xml':
      return <XmlPart part={part} />;
    case 'fields':
      return <Fields part={part} changed={changed} />;
    case 'table':
      return <Table part={part} changed={changed} />;
    case 'tree':
      return <Tree nodes={part.nodes} path={part.key} changed={changed} />;
    case 'form':
      return <Form part={part} changed={changed} />;
    case 'note':
      return (
        <p className="part-note-text">
          {part.text} <cite>{part.source}</cite>
        </p>
      );
  }
}

/** Said to everyone, not in colour alone: a dot, and the word for those who hear. */
function Changed({ when }: { readonly when: boolean }) {
  return when ? (
    <span className="changed" title="Changed with the last move of the cursor">
      <span className="sr-only">changed</span>
    </span>
  ) : null;
}

function Linked({ text, link }: { readonly text: string; readonly link: Target | undefined }) {
  const controller = useController();
  if (!link) return <>{text}</>;
  return (
    <button type="button" className="link" onClick={() => controller.select(link)}>
      {text}
    </button>
  );
}

function Fields({ part, changed }: PartProps<PartOf<'fields'>>) {
  const isRepeated = (field: Field, at: number) => part.fields[at - 1]?.label === field.label;
  return (
    <dl className="fields">
      {part.fields.map((field, at) => (
        <div key={field.key} className="one-field">
          <dt className={isRepeated(field, at) ? 'repeated' : undefined}>{field.label}</dt>
          <dd>
            <span className={field.mono ? 'mono' : undefined}>
              <Linked text={field.value} link={field.link} />
            </span>
            <Changed when={changed.has(`${part.key}/${field.key}`)} />
            {field.help && <small>{field.help}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Table({ part, changed }: PartProps<PartOf<'table'>>) {
  if (part.rows.length === 0) return <p className="muted">{part.empty}</p>;
  return (
    <table className="part-rows">
      <thead>
        <tr>
          {part.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {part.rows.map((row) => (
          <tr key={row.key}>
            {row.cells.map((cell: Cell, at) => (
              <td key={part.columns[at] ?? at}>
                <Linked text={cell.text} link={cell.link} />
                {at === row.cells.length - 1 && <Changed when={changed.has(`${part.key}/${row.key}`)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TreeProps {
  readonly nodes: readonly TreeNode[];
  readonly path: string;
  readonly changed: ReadonlySet<string>;
}

function Tree({ nodes, path, changed }: TreeProps) {
  return (
    <ul className="part-nodes">
      {nodes.map(({ key, label, value, children }) => (
        <li key={key}>
          <span className="muted">{label}</span> {value !== undefined && <span>{value}</span>}
          <Changed when={changed.has(`${path}/${key}`)} />
          {children.length > 0 && <Tree nodes={children} path={`${path}/${key}`} changed={changed} />}
        </li>
      ))}
    </ul>
  );
}

function Form({ part, changed }: PartProps<PartOf<'form'>>) {
  return (
    <dl className="fields">
      {part.fields.map(({ key, label, values }) => (
        <div key={key} className="one-field">
          <dt>{label}</dt>
          <dd>
            {values.length === 0 ? <span className="muted">(empty)</span> : values.join(', ')}
            <Changed when={changed.has(`${part.key}/${key}`)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
