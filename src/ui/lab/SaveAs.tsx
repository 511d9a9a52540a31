/** What was measured, as a file of the format that is chosen; the worker writes it. */
import { problemOf, type Problem } from '../../base/result.ts';
import { isStale } from '../client/pane.ts';
import { save } from '../shared/save.ts';

interface Props<Format extends string> {
  readonly label: string;
  readonly formats: readonly Format[];
  readonly file: (format: Format) => Promise<Parameters<typeof save>[0]>;
  readonly failed: (problem: Problem) => void;
}

export function SaveAs<Format extends string>({ label, formats, file, failed }: Props<Format>) {
  const chosen = async (format: Format) => {
    try {
      save(await file(format));
    } catch (error) {
      if (!isStale(error)) failed(problemOf(error));
    }
  };
  return (
    <select className="field" aria-label={label} value="" onChange={({ target }) => void chosen(target.value as Format)}>
      <option value="" disabled>
        Export…
      </option>
      {formats.map((format) => (
        <option key={format} value={format}>
          {format.toUpperCase()}
        </option>
      ))}
    </select>
  );
}
