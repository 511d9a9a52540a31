/** The link to what is on show: in the address bar, and in the clipboard where the page may write there. */
import { useView } from '../state/store.ts';

export async function share(link: string): Promise<void> {
  const { said, dialogAsked } = useView.getState();
  history.replaceState(null, '', `#${link}`);
  try {
    await navigator.clipboard.writeText(location.href);
    const { file } = useView.getState();
    said(file === null ? 'Link copied.' : `Link copied. It does not carry the file “${file}” itself: send that along.`);
  } catch {
    dialogAsked('share');
  }
}
