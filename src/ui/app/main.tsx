import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './palette.css';
import './base.css';
import './legend.css';
import './app.css';
import { createRoot } from 'react-dom/client';
import { followAddress } from '../client/address.ts';
import { ControllerContext } from '../client/context.ts';
import { createController } from '../client/controller.ts';
import { useView } from '../state/store.ts';
import { App } from './App.tsx';
import { keepFocus } from './focus.ts';
import { listenToKeys } from './keyboard.ts';

const applyTheme = () => {
  document.documentElement.dataset['theme'] = useView.getState().theme;
};
applyTheme();
useView.subscribe(applyTheme);

const controller = createController();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ControllerContext value={controller}>
      <App />
    </ControllerContext>,
  );
}
listenToKeys(controller);
keepFocus();
const fragment = location.hash;
void controller.start(fragment).then(() => followAddress(controller));
