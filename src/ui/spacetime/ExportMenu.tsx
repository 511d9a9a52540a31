/** The window as a sequence diagram in a file. */
import { problemOf } from '../../base/result.ts';
import type { SequenceFormat } from '../../protocol/diagram.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { save } from '../shared/save.ts';
import { useDiagram } from '../state/diagram.ts';
import { useView, type OpenScene } from '../state/store.ts';
import type { DiagramView } from './DiagramView.ts';
import { lineName } from './lines.ts';
import { Popover } from './Popover.tsx';

const FORMATS: readonly (readonly [SequenceFormat, string])[] = [
  ['svg', 'Picture with its delays (SVG)'],
  ['mermaid', 'Text for Mermaid'],
];

export function ExportMenu({ scene, view }: { readonly scene: OpenScene; readonly view: DiagramView }) {
  const controller = useController();
  const chosen = async (format: SequenceFormat) => {
    const { axis } = useDiagram.getState();
    const { window } = view.sheet;
    const { list, of } = view.lines;
    const args = {
      format,
      axis,
      from: Math.max(0, window.from),
      to: window.to,
      lines: of,
      names: list.map((line) => lineName(scene.entities, line)),
    };
    try {
      save(await controller.ask('sequence', args));
    } catch (error) {
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    }
  };
  return (
    <Popover label="Export" title="This window, with the lines shown, as a sequence diagram">
      {(close) => (
        <>
          {FORMATS.map(([format, title]) => (
            <button
              key={format}
              type="button"
              onClick={() => {
                close();
                void chosen(format);
              }}
            >
              {title}
            </button>
          ))}
          <p className="muted">The window as it is, with the lines that are shown.</p>
        </>
      )}
    </Popover>
  );
}
