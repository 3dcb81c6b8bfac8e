import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels, type DesktopBridge, type ShellAsk } from '../../shared/protocol/desktop';

const waiting: ShellAsk[] = [];
let listen = (ask: ShellAsk): void => void waiting.push(ask);

const bridge: DesktopBridge = {
  shell: 'electron',
  pickFolder: () => ipcRenderer.invoke(channels.pickFolder),
  pickFiles: (from) => ipcRenderer.invoke(channels.pickFiles, from),
  pathOf: (file) => webUtils.getPathForFile(file as File),
  offer: (offer) => ipcRenderer.send(channels.offer, offer),
  onAsk: (listener) => {
    listen = listener;
    for (const ask of waiting.splice(0)) listener(ask);
  },
};
contextBridge.exposeInMainWorld('teal', bridge);

ipcRenderer.on(channels.ask, (_event, ask: ShellAsk) => listen(ask));

// The window says when it listens; only then is its port asked for, so that no message is lost.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === channels.ready) ipcRenderer.send(channels.ready);
});

ipcRenderer.on(channels.port, (event) => window.postMessage(channels.port, '*', [...event.ports]));
ipcRenderer.on(channels.lost, () => window.postMessage(channels.lost, '*'));
